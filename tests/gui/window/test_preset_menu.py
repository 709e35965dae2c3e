"""The menu of presets names every window that can be taken, and marks the one in force."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint

from fhc_desktop.domain.image.display import Display, GreyWindow, Preset
from fhc_desktop.gui.image.picture_content import PictureContent
from fhc_desktop.gui.window.preset_menu import PresetMenu
from tests.reporting.examinations import image, proposed

pytestmark = pytest.mark.gui
BONE = Preset("Bone & brain", GreyWindow(90, 120), 2)


@pytest.fixture
def menu(qtbot):
    made = PresetMenu()
    qtbot.addWidget(made)
    return made


def content(window=GreyWindow()):  # noqa: B008 - frozen
    exam = replace(proposed(), image=image(windows=(BONE,)))
    return PictureContent.of(exam, Display(window))


def marked(menu):
    return [action.text().partition("\t")[0] for action in menu.actions() if action.isChecked()]


def test_that_each_preset_is_named_with_its_figures(menu):
    menu.show_content(content())

    texts = [action.text() for action in menu.actions()]
    assert texts[0] == "As in the file\tlevel 128, width 256"
    assert texts[-1] == "Bone && brain\tlevel 90, width 120"
    assert len(texts) == len(content().presets)


def test_that_the_one_in_force_is_marked_and_no_other(menu):
    menu.show_content(content())
    assert marked(menu) == ["As in the file"]

    menu.show_content(content(BONE.window))
    assert marked(menu) == ["Bone && brain"]

    menu.show_content(content(GreyWindow(77, 77)))
    assert marked(menu) == []


def test_that_a_choice_is_told_as_its_window(menu):
    menu.show_content(content())
    chosen = []
    menu.chosen.connect(chosen.append)

    menu.actions()[-1].trigger()
    menu.actions()[1].trigger()

    assert chosen == [BONE.window, content().presets[1].window]


def test_that_without_an_image_that_can_be_changed_there_is_nothing_to_choose(menu):
    assert not menu.isEnabled()
    menu.show_content(content())
    assert menu.isEnabled()
    menu.show_content(replace(content(), is_inert=True))
    assert not menu.isEnabled()
    menu.show_content(None)
    assert not menu.isEnabled()
    assert menu.actions() == []


def test_that_a_long_name_makes_no_long_menu(menu):
    long = replace(BONE, name="B" * 64)
    menu.show_content(replace(content(), presets=(long,)))
    menu.popup(QPoint(0, 0))

    assert menu.width() < 600
