"""Everything that can be done, as a table, menu by menu."""

from itertools import chain

from fhc_desktop.gui.examination.availability import (
    always,
    can_accept,
    can_reset,
    has_acceptance,
    has_image,
    has_logged_patient,
    has_manual_scale,
    has_no_outline,
    has_not_logged,
    has_offered_marks,
    has_outline,
    has_several_heads,
    has_unfinished,
    is_accepted,
)
from fhc_desktop.gui.image.tool import Tool
from fhc_desktop.gui.window.action_spec import ActionSpec, Scope
from fhc_desktop.gui.window.clip_keys import CLIP_KEYS
from fhc_desktop.gui.window.display_actions import DISPLAY_ACTIONS
from fhc_desktop.gui.window.help_actions import HELP_ACTIONS
from fhc_desktop.gui.window.outline_keys import OUTLINE_KEYS
from fhc_desktop.gui.window.report_actions import REPORT_ACTIONS
from fhc_desktop.gui.window.restoring import show_restoring
from fhc_desktop.gui.window.sections import Section

_FILE = (
    ActionSpec(
        "open",
        "&Open …",
        ("Ctrl+O",),
        lambda w: w.opening.ask(),
        always,
        "open",
        "Open an image of another patient",
    ),
    ActionSpec(
        "open_folder",
        "Open a &folder or disc …",
        ("Ctrl+D",),
        lambda w: w.opening.ask_place(),
        always,
        hint="List the images of a folder, or of a disc by its DICOMDIR",
    ),
    ActionSpec(
        "open_same",
        "Open for the &same patient …",
        ("Ctrl+Shift+O",),
        lambda w: w.opening.ask_for_same_patient(),
        has_image,
        "",
        "Open another image and keep patient and dating; the pixel size is the new image’s",
    ),
    ActionSpec(
        "open_second_reading",
        "Open for a second readi&ng …",
        (),
        lambda w: w.opening.ask_for_second_reading(),
        always,
        hint="Measure an image afresh, and show nothing of what was measured before",
    ),
    ActionSpec(
        "unfinished",
        "&Unfinished examinations",
        ("Ctrl+U",),
        lambda w: w.unfinished.show(),
        has_unfinished,
        hint="Leave this image and show what was begun and is not in the log",
    ),
    ActionSpec(
        "demonstration",
        "Open the &demonstration scan",
        (),
        lambda w: w.opening.open_demonstration(),
        always,
    ),
    ActionSpec(
        "clear_recent",
        "&Clear recent files",
        (),
        lambda w: w.settings.forget_recent(),
        always,
        hint="Forget which files and places were opened; the images stay where they are",
    ),
    ActionSpec(
        "keep_recent",
        "&Keep recent files",
        (),
        lambda w: w.settings.switch_recent(),
        always,
        hint="Offer again what was opened; without it no path of an image is kept anywhere",
        is_switch=True,
    ),
    ActionSpec(
        "export_deidentified",
        "Export de-&identified …",
        ("Ctrl+Shift+E",),
        lambda w: w.exports.export_deidentified(),
        has_image,
        "",
        "Look at every picture, and save a copy of the file without the patient",
    ),
    ActionSpec("quit", "&Quit", ("Ctrl+Q",), lambda w: w.close(), always),
)

_EXAMINATION = (
    ActionSpec(
        "accept",
        "&Accept",
        ("Return", "Enter"),
        lambda w: w.accept(),
        can_accept,
        "accept",
        "Accept outline, calibration and dating as shown, and log them",
    ),
    ActionSpec(
        "undo", "&Undo", ("Ctrl+Z",), lambda w: w.controller.undo(), lambda s: s.can_undo, "undo"
    ),
    ActionSpec(
        "redo",
        "&Redo",
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        lambda w: w.controller.redo(),
        lambda s: s.can_redo,
        "redo",
    ),
    # No key of its own: no key makes a second reading by accident.
    ActionSpec(
        "second_reading",
        "&Second reading",
        (),
        lambda w: w.controller.set_second_reading(is_wanted=True),
        has_acceptance,
        hint="Measure the accepted image afresh, for a row of its own in the log",
    ),
    ActionSpec(
        "take_mean",
        "&Take into the mean, or out of it",
        ("Ctrl+Shift+M",),
        lambda w: w.averaging.take_or_leave(),
        is_accepted,
        hint="Average accepted pictures of one fetus and day; each keeps its own row in the log",
    ),
    ActionSpec(
        "ruler",
        "Draw ru&ler",
        ("R",),
        lambda w: w.scales.ruler.take(),
        has_image,
        "ruler",
        "Draw a line over a known distance to calibrate the image; R again lays it across",
        Scope.IMAGE,
    ),
    ActionSpec(
        "pixel_size",
        "Type &pixel size …",
        ("P",),
        lambda w: w.scales.ask_pixel_size(),
        has_image,
        "",
        "Type the size of a pixel in millimetres",
        Scope.IMAGE,
    ),
    ActionSpec(
        "depth_marks",
        "Use the depth &marks",
        ("M",),
        lambda w: w.scales.use_depth_marks(),
        has_offered_marks,
        "",
        "Take the scale of the marks that are framed in the image",
        Scope.IMAGE,
    ),
    ActionSpec(
        "file_scale",
        "Use the &file’s calibration",
        (),
        lambda w: w.scales.use_file_calibration(),
        has_manual_scale,
    ),
    ActionSpec(
        "standards",
        "&Growth standards …",
        ("Ctrl+G",),
        lambda w: w.standards.ask(),
        always,
        hint="Choose the growth standard in force, charts by group and local charts",
    ),
)

_OUTLINE = (
    ActionSpec(
        "reset",
        "&Reset to proposal",
        ("Ctrl+R",),
        lambda w: w.controller.reset_to_proposal(),
        can_reset,
        "reset",
        "Take the model’s own outline again",
    ),
    ActionSpec(
        "next_head",
        "&Next head",
        ("N",),
        lambda w: w.controller.take_next_head(),
        has_several_heads,
        "",
        "Outline another of the heads in this image, from left to right",
        Scope.IMAGE,
    ),
    ActionSpec(
        "draw",
        "Dra&w outline",
        ("D",),
        lambda w: w.image_view.set_tool(Tool.DRAW),
        has_no_outline,
        "draw",
        "Drag a box round the head",
        Scope.IMAGE,
    ),
    ActionSpec(
        "delete",
        "&Delete outline",
        ("Delete",),
        lambda w: w.controller.delete_outline(),
        has_outline,
        "delete",
        "Delete the outline to draw it anew",
        Scope.IMAGE,
    ),
    *OUTLINE_KEYS,
)

_VIEW = (
    ActionSpec(
        "fit",
        "&Fit",
        ("0",),
        lambda w: w.image_view.fit(),
        has_image,
        "fit",
        "Show the whole image",
        Scope.IMAGE,
    ),
    ActionSpec(
        "actual",
        "&Actual size",
        ("1",),
        lambda w: w.image_view.show_actual_size(),
        has_image,
        scope=Scope.IMAGE,
    ),
    ActionSpec(
        "zoom_in", "Zoom &in", ("Ctrl++", "Ctrl+="), lambda w: w.image_view.zoom_in(), has_image
    ),
    ActionSpec("zoom_out", "Zoom &out", ("Ctrl+-",), lambda w: w.image_view.zoom_out(), has_image),
    ActionSpec(
        "browser",
        "&Browser",
        ("F8",),
        lambda w: w.browsing.toggle(),
        lambda s: s.has_catalogue,
        hint="Go to the list of images and back",
    ),
    ActionSpec(
        "previous_image",
        "Pre&vious image",
        ("PgUp",),
        lambda w: w.open_next(-1),
        lambda s: s.has_image_before,
        hint="Open the image before this one in the list",
    ),
    ActionSpec(
        "next_image",
        "Ne&xt image",
        ("PgDown",),
        lambda w: w.open_next(1),
        lambda s: s.has_image_after,
        hint="Open the image behind this one in the list",
    ),
    ActionSpec(
        "panel",
        "&Side panel",
        ("F9",),
        lambda w: w.toggle_panel(),
        always,
        "panel",
        "Show or fold away the side panel",
    ),
    ActionSpec(
        "patient",
        "Patient and da&ting",
        (Section.PATIENT.value,),
        lambda w: w.show_section(Section.PATIENT),
        has_image,
        hint="Open patient and dating in the side panel, or fold them away; Esc folds them too",
    ),
    ActionSpec(
        "calibration",
        "Calib&ration",
        (Section.CALIBRATION.value,),
        lambda w: w.show_section(Section.CALIBRATION),
        has_image,
        hint="Open the scale with its source in the side panel, or fold it away",
    ),
    ActionSpec(
        "lens",
        "&Compare standards",
        (Section.STANDARDS.value,),
        lambda w: w.show_section(Section.STANDARDS),
        has_image,
        hint="Show all growth standards side by side; arrows and Space take another one",
    ),
    ActionSpec(
        "deidentified_view",
        "&De-identified view",
        ("Ctrl+Shift+H",),
        lambda w: w.toggle_deidentified_view(),
        always,
        "",
        "Hide the patient from who looks on; what is logged stays as it is",
        is_switch=True,
    ),
)

_LOG = (
    ActionSpec(
        "log", "&Measurement log", ("Ctrl+L",), lambda w: w.log_windows.show_log(), always, "log"
    ),
    ActionSpec(
        "course",
        "&Course of the pregnancy",
        ("Ctrl+Shift+L",),
        lambda w: w.show_course(),
        has_logged_patient,
        hint="Show growth chart and table of all examinations with this patient identifier",
    ),
    ActionSpec(
        "log_again",
        "Log &again",
        ("F5",),
        lambda w: w.logging_again.start(),
        has_not_logged,
        hint="Write the rows of what was accepted and is not logged",
    ),
    ActionSpec(
        "restore_log",
        "&Restore the measurement log …",
        (),
        show_restoring,
        always,
        hint="See whether the log is whole, and put a backup of it in its place",
    ),
)

MENUS: dict[str, tuple[ActionSpec, ...]] = {
    "&File": _FILE,
    "E&xam": _EXAMINATION,  # the whole word would take the patient's room in a narrow row
    "&Outline": _OUTLINE,
    "&View": _VIEW,
    "&Display": DISPLAY_ACTIONS,
    "&Clip": CLIP_KEYS,
    "&Report": REPORT_ACTIONS,
    "&Log": _LOG,
    "&Help": HELP_ACTIONS,
}
ACTIONS: tuple[ActionSpec, ...] = tuple(chain.from_iterable(MENUS.values()))
# What the keyboard can do: each action with its keys.
SHORTCUTS = tuple(
    (spec.text.replace("&", ""), ", ".join(spec.keys)) for spec in ACTIONS if spec.keys
)
