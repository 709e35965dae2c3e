"""Everything that can be done stands in a menu, and is done from there or by its key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar, QWidget

from fhc_desktop.gui.window.actions import ACTIONS, MENUS
from fhc_desktop.gui.window.menus import actions_of, fill_menus
from fhc_desktop.gui.window.sections import Section

pytestmark = pytest.mark.gui


@pytest.fixture
def filled_bar(qtbot):
    window, image, bar = QMainWindow(), QWidget(), QMenuBar()
    recent, presets = QMenu("Open &recent"), QMenu("&Presets")
    for widget in (window, image, bar, recent, presets):
        qtbot.addWidget(widget)
    actions = actions_of(None, window, image)
    fill_menus(bar, actions, recent=recent, presets=presets)
    yield bar, actions, recent, presets
    del window, image


def entries(bar, title):
    (menu,) = [action.menu() for action in bar.actions() if action.text() == title]
    return menu.actions()


@pytest.mark.parametrize("title", MENUS)
def test_that_each_menu_has_its_actions_in_their_order(filled_bar, title):
    bar, actions, *_ = filled_bar

    shown = [one for one in entries(bar, title) if one in actions.values()]

    assert shown == [actions[spec.name] for spec in MENUS[title]]


def test_that_recent_files_stand_behind_the_demonstration(filled_bar):
    bar, actions, recent, _ = filled_bar
    shown = entries(bar, "&File")

    place = shown.index(actions["demonstration"])

    assert shown[place + 1].menu() is recent
    assert shown[place + 2 : place + 4] == [actions["clear_recent"], actions["keep_recent"]]
    assert shown[place + 4].isSeparator()


def test_that_the_presets_stand_behind_the_steps_from_one_to_the_next(filled_bar):
    bar, actions, _, presets = filled_bar
    shown = entries(bar, "&Display")

    assert shown[shown.index(actions["previous_preset"]) + 1].menu() is presets


def test_that_each_action_has_all_its_keys_and_its_tooltip(filled_bar):
    _, actions, *_ = filled_bar

    for spec in ACTIONS:
        action = actions[spec.name]
        assert len(action.shortcuts()) == len(spec.keys), spec.name
        assert action.toolTip() == spec.tooltip
        assert action.isCheckable() is spec.is_switch


def test_that_an_images_key_counts_in_the_image_alone(qtbot, dated):
    before = dated.controller.exam.outline_px
    line = dated.side_panel.summaries[Section.STANDARDS]
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    assert dated.controller.exam.outline_px == before

    dated.image_view.setFocus()
    qtbot.keyClick(dated.image_view, Qt.Key.Key_Delete)

    assert dated.controller.exam.outline_px is None
