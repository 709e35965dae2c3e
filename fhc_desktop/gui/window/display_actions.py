"""What changes how an image is shown, and nothing that is measured."""

from fhc_desktop.domain.image.display import Change
from fhc_desktop.gui.examination.availability import has_image
from fhc_desktop.gui.window.action_spec import ActionSpec, Scope

_LEVELS = 4.0


def _display(name: str, text: str, key: str, change: Change, hint: str = "") -> ActionSpec:
    return ActionSpec(
        name,
        text,
        (key,),
        lambda w: w.display.change(change),
        has_image,
        hint=hint,
        scope=Scope.IMAGE,
    )


DISPLAY_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "next_preset",
        "&Next preset",
        ("W",),
        lambda w: w.display.step_preset(1),
        has_image,
        hint="Show the image with the next window; a drag with the right button sets any other",
        scope=Scope.IMAGE,
    ),
    ActionSpec(
        "previous_preset",
        "Pre&vious preset",
        ("Shift+W",),
        lambda w: w.display.step_preset(-1),
        has_image,
        scope=Scope.IMAGE,
    ),
    _display("brighter", "&Brighter", "Alt+Up", lambda d: d.moved(levels=-_LEVELS)),
    _display("darker", "&Darker", "Alt+Down", lambda d: d.moved(levels=_LEVELS)),
    _display("less_contrast", "&Less contrast", "Alt+Right", lambda d: d.moved(wider=_LEVELS)),
    _display("more_contrast", "&More contrast", "Alt+Left", lambda d: d.moved(wider=-_LEVELS)),
    _display(
        "gamma_up", "&Gamma up", "G", lambda d: d.with_gamma_by(1), "Lighten the middle greys"
    ),
    _display(
        "gamma_down",
        "G&amma down",
        "Shift+G",
        lambda d: d.with_gamma_by(-1),
        "Darken the middle greys",
    ),
    _display(
        "invert",
        "&Invert",
        "I",
        lambda d: d.inverted,
        "Show dark as bright and bright as dark; nothing that is measured changes",
    ),
    ActionSpec(
        "sampling",
        "&Smooth or pixel by pixel",
        ("S",),
        lambda w: w.display.switch_sampling(),
        has_image,
        hint="Let enlarged pixels run into each other, or show each as a square",
        scope=Scope.IMAGE,
    ),
    ActionSpec(
        "reset_display",
        "As in the &file",
        ("O",),
        lambda w: w.display.reset(),
        has_image,
        hint="Take back window, gamma, inversion and smoothing",
        scope=Scope.IMAGE,
    ),
)
