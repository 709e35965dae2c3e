"""The keys that move, grow and turn the outline, by a step that is the same on any screen."""

import math
from collections.abc import Callable
from dataclasses import replace

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.gui.examination.availability import has_outline
from fhc_desktop.gui.window.action_spec import ActionSpec, Scope
from fhc_desktop.gui.window.commands import Commands

_FINE, _COARSE = 1.0, 10.0

Edit = Callable[[Ellipse], Ellipse]


def _nudge(name: str, text: str, keys: tuple[str, ...], edit: Edit) -> ActionSpec:
    def intent(window: Commands) -> None:
        exam = window.controller.exam
        if exam is not None:
            window.controller.nudge_outline(name, _on_screen(exam, edit))

    return ActionSpec(name, text, keys, intent, has_outline, scope=Scope.IMAGE)


def _on_screen(exam: Examination, edit: Edit) -> Edit:
    """Return an edit that is meant for the picture as it looks, whatever its pixels' shape."""
    aspect = exam.image.pixel_aspect
    return lambda outline: edit(outline.scaled(1.0, aspect)).scaled(1.0, 1.0 / aspect)


def _move(dx: float, dy: float) -> Edit:
    return lambda outline: outline.moved(dx, dy)


def _grow(radius: float) -> Edit:
    return lambda outline: outline.grown(radius)


def _turn(degrees: float) -> Edit:
    return lambda outline: replace(outline, angle=outline.angle + math.radians(degrees))


OUTLINE_KEYS: tuple[ActionSpec, ...] = (
    _nudge("left", "Move left", ("Left",), _move(-_FINE, 0)),
    _nudge("right", "Move right", ("Right",), _move(_FINE, 0)),
    _nudge("up", "Move up", ("Up",), _move(0, -_FINE)),
    _nudge("down", "Move down", ("Down",), _move(0, _FINE)),
    _nudge("far_left", "Move left by 10", ("Shift+Left",), _move(-_COARSE, 0)),
    _nudge("far_right", "Move right by 10", ("Shift+Right",), _move(_COARSE, 0)),
    _nudge("far_up", "Move up by 10", ("Shift+Up",), _move(0, -_COARSE)),
    _nudge("far_down", "Move down by 10", ("Shift+Down",), _move(0, _COARSE)),
    _nudge("grow", "Grow", ("+", "="), _grow(_FINE)),
    _nudge("shrink", "Shrink", ("-",), _grow(-_FINE)),
    _nudge("turn_left", "Turn to the left", ("[",), _turn(-_FINE)),
    _nudge("turn_right", "Turn to the right", ("]",), _turn(_FINE)),
)
