"""The menus and their QActions, made from the table of what can be done."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from fhc_desktop.gui.widgets.icons import icon
from fhc_desktop.gui.window.action_spec import ActionSpec, Scope
from fhc_desktop.gui.window.actions import ACTIONS, MENUS
from fhc_desktop.gui.window.commands import Commands

_BEFORE_THE_PRESETS = "previous_preset"
_BEFORE_THE_RECENT, _LAST_OF_THE_RECENT = "demonstration", "keep_recent"


def actions_of(commands: Commands, window: QWidget, image: QWidget) -> dict[str, QAction]:
    """Return the actions by name; their keys count in the window, or in its image alone."""
    places = {Scope.WINDOW: window, Scope.IMAGE: image}
    return {spec.name: action_of(spec, commands, places[spec.scope]) for spec in ACTIONS}


def fill_menus(
    bar: QMenuBar, actions: dict[str, QAction], *, recent: QMenu, presets: QMenu
) -> None:
    for title, specs in MENUS.items():
        menu = bar.addMenu(title)
        for spec in specs:
            menu.addAction(actions[spec.name])
            if spec.name == _BEFORE_THE_RECENT:
                menu.addMenu(recent)
            if spec.name == _BEFORE_THE_PRESETS:
                menu.addMenu(presets)
            if spec.name == _LAST_OF_THE_RECENT:
                menu.addSeparator()


def action_of(spec: ActionSpec, commands: Commands, place: QWidget) -> QAction:
    """Return the action of one thing that can be done; its keys count where it is placed."""
    action = QAction(spec.text, place)
    if spec.icon:
        action.setIcon(icon(spec.icon))
    if spec.short:
        action.setIconText(spec.short)
    action.setToolTip(spec.tooltip)
    action.setCheckable(spec.is_switch)
    action.setShortcuts([QKeySequence(key) for key in spec.keys])
    action.triggered.connect(lambda: spec.intent(commands))
    if spec.scope is Scope.IMAGE:
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    place.addAction(action)
    return action
