"""Everything that can be done, as a table: words, keys, what it means and when it is possible."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from fhc_desktop.domain.examination import Examination, offered_depth_marks
from fhc_desktop.domain.geometry import Ellipse
from fhc_desktop.gui.controller import Screen
from fhc_desktop.gui.image_view import Tool

if TYPE_CHECKING:
    from fhc_desktop.gui.main_window import MainWindow

_FINE, _COARSE = 1.0, 10.0


class Menu(Enum):
    """The menus, in their order."""

    FILE = "&File"
    EXAMINATION = "&Examination"
    OUTLINE = "&Outline"
    VIEW = "&View"
    LOG = "&Log"
    HELP = "&Help"


class Scope(Enum):
    """Where an action's keys count: everywhere, or only while the image has the focus."""

    WINDOW = "window"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing that can be done. The first of the keys is the one that is shown."""

    name: str
    text: str
    keys: tuple[str, ...]
    menu: Menu
    intent: Callable[["MainWindow"], object]
    enabled_when: Callable[[Screen], bool]
    icon: str = ""
    hint: str = ""
    scope: Scope = Scope.WINDOW
    is_switch: bool = False

    @property
    def tooltip(self) -> str:
        """What it does, with its key."""
        words = self.hint or self.text.replace("&", "").removesuffix(" …")
        return f"{words}  ({self.keys[0]})" if self.keys else words


def _always(screen: Screen) -> bool:  # noqa: ARG001 - one of the conditions
    return True


def _has_image(screen: Screen) -> bool:
    return screen.exam is not None


def _has_outline(screen: Screen) -> bool:
    return screen.exam is not None and screen.exam.outline_px is not None


def _has_no_outline(screen: Screen) -> bool:
    return screen.exam is not None and screen.exam.outline_px is None


def _can_reset(screen: Screen) -> bool:
    exam = screen.exam
    if exam is None or exam.proposal is None:
        return False
    offered = exam.proposal.offered_outline_px
    return offered is not None and exam.outline_px != offered


def _can_accept(screen: Screen) -> bool:
    return _has_outline(screen) and screen.exam is not None and not screen.exam.is_accepted


def _is_accepted(screen: Screen) -> bool:
    return screen.exam is not None and screen.exam.is_accepted


def _has_manual_scale(screen: Screen) -> bool:
    return screen.exam is not None and screen.exam.has_users_scale


def _has_offered_marks(screen: Screen) -> bool:
    return screen.exam is not None and offered_depth_marks(screen.exam) is not None


def _has_frame_before(screen: Screen) -> bool:
    return screen.exam is not None and screen.exam.image.source.frame > 1


def _has_frame_after(screen: Screen) -> bool:
    if screen.exam is None:
        return False
    source = screen.exam.image.source
    return source.frame < source.frame_count


def _has_logged_patient(screen: Screen) -> bool:
    return screen.has_log and screen.exam is not None and bool(screen.exam.patient.identifier)


def _has_catalogue(screen: Screen) -> bool:
    return screen.has_catalogue


def _has_image_before(screen: Screen) -> bool:
    return screen.has_image_before


def _has_image_after(screen: Screen) -> bool:
    return screen.has_image_after


def _on_screen(
    exam: Examination, edit: Callable[[Ellipse], Ellipse]
) -> Callable[[Ellipse], Ellipse]:
    """Return an edit that is meant for the picture as it looks, whatever its pixels' shape."""
    aspect = exam.image.pixel_aspect
    return lambda outline: edit(outline.scaled(1.0, aspect)).scaled(1.0, 1.0 / aspect)


def _nudge(
    name: str, text: str, keys: tuple[str, ...], edit: Callable[[Ellipse], Ellipse]
) -> ActionSpec:
    def intent(window: "MainWindow") -> None:
        exam = window.controller.exam
        if exam is not None:
            window.controller.nudge_outline(name, _on_screen(exam, edit))

    return ActionSpec(name, text, keys, Menu.OUTLINE, intent, _has_outline, scope=Scope.IMAGE)


def _move(dx: float, dy: float) -> Callable[[Ellipse], Ellipse]:
    return lambda outline: outline.moved(dx, dy)


def _grow(radius: float) -> Callable[[Ellipse], Ellipse]:
    return lambda outline: outline.grown(radius)


def _turn(degrees: float) -> Callable[[Ellipse], Ellipse]:
    return lambda outline: replace(outline, angle=outline.angle + math.radians(degrees))


_F, _X, _O, _V = Menu.FILE, Menu.EXAMINATION, Menu.OUTLINE, Menu.VIEW

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "open",
        "&Open …",
        ("Ctrl+O",),
        _F,
        lambda w: w.ask_and_open(),
        _always,
        "open",
        "Open an image of another patient",
    ),
    ActionSpec(
        "open_folder",
        "Open a &folder or disc …",
        ("Ctrl+D",),
        _F,
        lambda w: w.ask_and_browse(),
        _always,
        hint="List the images of a folder, or of a disc by its DICOMDIR",
    ),
    ActionSpec(
        "open_same",
        "Open for the &same patient …",
        ("Ctrl+Shift+O",),
        _F,
        lambda w: w.ask_and_open_for_same_patient(),
        _has_image,
        "",
        "Open another image and keep patient and dating; the pixel size is the new image’s",
    ),
    ActionSpec(
        "demonstration",
        "Open the &demonstration scan",
        (),
        _F,
        lambda w: w.open_demonstration(),
        _always,
    ),
    ActionSpec(
        "export",
        "&Export PDF …",
        ("Ctrl+E",),
        _F,
        lambda w: w.ask_and_export(),
        _is_accepted,
        "export",
        "Save the report of the accepted measurement as PDF",
    ),
    ActionSpec(
        "export_deidentified",
        "Export &de-identified …",
        ("Ctrl+Shift+E",),
        _F,
        lambda w: w.export_deidentified(),
        _has_image,
        "",
        "Look at every picture, and save a copy of the file without the patient",
    ),
    ActionSpec("quit", "&Quit", ("Ctrl+Q",), _F, lambda w: w.close(), _always),
    ActionSpec(
        "accept",
        "&Accept",
        ("Return", "Enter"),
        _X,
        lambda w: w.accept(),
        _can_accept,
        "accept",
        "Accept outline, calibration and dating as shown, and log them",
    ),
    ActionSpec(
        "undo",
        "&Undo",
        ("Ctrl+Z",),
        _X,
        lambda w: w.controller.undo(),
        lambda s: s.can_undo,
        "undo",
    ),
    ActionSpec(
        "redo",
        "&Redo",
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        _X,
        lambda w: w.controller.redo(),
        lambda s: s.can_redo,
        "redo",
    ),
    ActionSpec(
        "ruler",
        "Draw &ruler",
        ("R",),
        _X,
        lambda w: w.image_view.set_tool(Tool.RULER),
        _has_image,
        "ruler",
        "Draw a line over a known distance to calibrate the image",
        Scope.IMAGE,
    ),
    ActionSpec(
        "pixel_size",
        "Type &pixel size …",
        ("P",),
        _X,
        lambda w: w.ask_pixel_size(),
        _has_image,
        "",
        "Type the size of a pixel in millimetres",
        Scope.IMAGE,
    ),
    ActionSpec(
        "depth_marks",
        "Use the depth &marks",
        ("M",),
        _X,
        lambda w: w.controller.use_depth_marks(),
        _has_offered_marks,
        "",
        "Take the scale of the marks that are framed in the image",
        Scope.IMAGE,
    ),
    ActionSpec(
        "file_scale",
        "Use the &file’s calibration",
        (),
        _X,
        lambda w: w.controller.use_file_calibration(),
        _has_manual_scale,
    ),
    ActionSpec(
        "standards",
        "&Growth standards …",
        ("Ctrl+G",),
        _X,
        lambda w: w.standards.ask(),
        _always,
        hint="Choose the growth standard in force, charts by group and local charts",
    ),
    ActionSpec(
        "reset",
        "&Reset to proposal",
        ("Ctrl+R",),
        _O,
        lambda w: w.controller.reset_to_proposal(),
        _can_reset,
        "reset",
        "Take the model’s own outline again",
    ),
    ActionSpec(
        "draw",
        "Dra&w outline",
        ("D",),
        _O,
        lambda w: w.image_view.set_tool(Tool.DRAW),
        _has_no_outline,
        "draw",
        "Drag a box round the head",
        Scope.IMAGE,
    ),
    ActionSpec(
        "delete",
        "&Delete outline",
        ("Delete",),
        _O,
        lambda w: w.controller.delete_outline(),
        _has_outline,
        "delete",
        "Delete the outline to draw it anew",
        Scope.IMAGE,
    ),
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
    ActionSpec(
        "fit",
        "&Fit",
        ("0",),
        _V,
        lambda w: w.image_view.fit(),
        _has_image,
        "fit",
        "Show the whole image",
        Scope.IMAGE,
    ),
    ActionSpec(
        "actual",
        "&Actual size",
        ("1",),
        _V,
        lambda w: w.image_view.show_actual_size(),
        _has_image,
        scope=Scope.IMAGE,
    ),
    ActionSpec(
        "zoom_in",
        "Zoom &in",
        ("Ctrl++", "Ctrl+="),
        _V,
        lambda w: w.image_view.zoom_in(),
        _has_image,
    ),
    ActionSpec(
        "zoom_out", "Zoom &out", ("Ctrl+-",), _V, lambda w: w.image_view.zoom_out(), _has_image
    ),
    ActionSpec(
        "previous_frame",
        "&Previous frame",
        (",",),
        _V,
        lambda w: w.frame_bar.step(-1),
        _has_frame_before,
        scope=Scope.IMAGE,
    ),
    ActionSpec(
        "next_frame",
        "&Next frame",
        (".",),
        _V,
        lambda w: w.frame_bar.step(1),
        _has_frame_after,
        scope=Scope.IMAGE,
    ),
    ActionSpec(
        "browser",
        "&Browser",
        ("F8",),
        _V,
        lambda w: w.browsing.toggle(),
        _has_catalogue,
        hint="Go to the list of images and back",
    ),
    ActionSpec(
        "previous_image",
        "Pre&vious image",
        ("PgUp",),
        _V,
        lambda w: w.open_next(-1),
        _has_image_before,
        hint="Open the image before this one in the list",
    ),
    ActionSpec(
        "next_image",
        "Ne&xt image",
        ("PgDown",),
        _V,
        lambda w: w.open_next(1),
        _has_image_after,
        hint="Open the image behind this one in the list",
    ),
    ActionSpec(
        "panel",
        "&Side panel",
        ("F9",),
        _V,
        lambda w: w.toggle_panel(),
        _always,
        "panel",
        "Show or fold away the side panel",
    ),
    ActionSpec(
        "lens",
        "&Compare standards",
        ("F7",),
        _V,
        lambda w: w.show_lens(),
        _has_image,
        hint="Show all growth standards side by side; arrows and Space take another one",
    ),
    ActionSpec(
        "deidentified_view",
        "&De-identified view",
        ("Ctrl+Shift+H",),
        _V,
        lambda w: w.toggle_deidentified_view(),
        _always,
        "",
        "Hide the patient from who looks on; what is logged stays as it is",
        is_switch=True,
    ),
    ActionSpec(
        "log",
        "&Measurement log",
        ("Ctrl+L",),
        Menu.LOG,
        lambda w: w.show_log(),
        _always,
        "log",
    ),
    ActionSpec(
        "course",
        "&Course of the pregnancy",
        ("Ctrl+Shift+L",),
        Menu.LOG,
        lambda w: w.show_course(),
        _has_logged_patient,
        hint="Show growth chart and table of all examinations with this patient identifier",
    ),
    ActionSpec("keys", "&Keyboard", ("F1",), Menu.HELP, lambda w: w.show_keys(), _always),
    ActionSpec("about", "&About FHC Desktop", (), Menu.HELP, lambda w: w.show_about(), _always),
)
