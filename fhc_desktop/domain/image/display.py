"""Display: how a picture's grey levels are shown. What is measured never changes with it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

GREY_LEVELS = 256
# Of a window: beyond these nothing of a picture of 256 levels is left.
LEVELS = (-2048.0, 2304.0)
WIDTHS = (1.0, 4096.0)
GAMMAS = (0.3, 3.0)
GAMMA_STEP = 0.1
_FULL_LEVEL, _FULL_WIDTH = 128.0, 256.0
_BRIGHTEST = GREY_LEVELS - 1
_LEAST_STEPS = 1e-6  # a window of one level parts black from white


@dataclass(frozen=True, slots=True)
class GreyWindow:
    """The part of the grey levels that is spread from black to white, as DICOM counts it.

    ``level`` is its centre, ``width`` how many levels it holds (PS3.3 C.11.2.1.2): 128 and 256
    are the whole of 8 bits.

    Raises:
        ValueError: a number is not finite, or nothing of a picture would be left.
    """

    level: float = _FULL_LEVEL
    width: float = _FULL_WIDTH

    def __post_init__(self) -> None:
        for value, (least, most) in ((self.level, LEVELS), (self.width, WIDTHS)):
            if not least <= value <= most:
                raise ValueError(f"no window of a picture: {self}")

    @classmethod
    def between(cls, lowest: float, highest: float) -> "GreyWindow":
        """Return the window whose lowest level is black and whose highest is white."""
        return cls((lowest + highest + 1) / 2, highest - lowest + 1)

    @property
    def lowest(self) -> float:
        return self.level - 0.5 - (self.width - 1) / 2

    @property
    def highest(self) -> float:
        return self.level - 0.5 + (self.width - 1) / 2

    @property
    def text(self) -> str:
        return f"level {self.level:.0f}, width {self.width:.0f}"

    def moved(self, *, levels: float = 0.0, wider: float = 0.0) -> "GreyWindow":
        """Return it that much higher and wider, as far as a window goes."""
        return GreyWindow(_within(LEVELS, self.level + levels), _within(WIDTHS, self.width + wider))


@dataclass(frozen=True, slots=True)
class Preset:
    """A window with its name; where ``number`` is not 0, the file's window of that number.

    A name out of a file may be anybody's.
    """

    name: str
    window: GreyWindow
    number: int = 0

    @property
    def nameless(self) -> "Preset":
        """The same without what its file calls it."""
        return replace(self, name=file_window_name(self.number)) if self.number else self


@dataclass(frozen=True, slots=True)
class Display:
    """How one picture is shown; as it comes, as its file has it.

    ``gamma`` above 1 lightens what is between black and white. ``is_smooth`` says whether enlarged
    pixels run into each other; None leaves it to the zoom.

    Raises:
        ValueError: the gamma is none to see by.
    """

    window: GreyWindow = GreyWindow()
    gamma: float = 1.0
    is_inverted: bool = False
    is_smooth: bool | None = None

    def __post_init__(self) -> None:
        if not GAMMAS[0] <= self.gamma <= GAMMAS[1]:
            raise ValueError(f"no gamma to see by: {self.gamma}")

    @property
    def changes_greys(self) -> bool:
        """Whether any grey level is shown as another one."""
        return self.grey_text != ""

    @property
    def grey_text(self) -> str:
        """What is shown otherwise than the file has it; empty where no grey level is."""
        window = self.window.text if self.window != GreyWindow() else ""
        gamma = f"gamma {self.gamma:.1f}" if self.gamma != 1.0 else ""
        inverted = "inverted" if self.is_inverted else ""
        return ", ".join(part for part in (window, gamma, inverted) if part)

    @property
    def text(self) -> str:
        """All of it in words, for a record; empty where the picture is shown as it comes."""
        sampling = {None: "", True: "smoothed", False: "pixel by pixel"}[self.is_smooth]
        return ", ".join(part for part in (self.grey_text, sampling) if part)

    @property
    def inverted(self) -> "Display":
        return replace(self, is_inverted=not self.is_inverted)

    def with_window(self, window: GreyWindow) -> "Display":
        return replace(self, window=window)

    def moved(self, *, levels: float = 0.0, wider: float = 0.0) -> "Display":
        return replace(self, window=self.window.moved(levels=levels, wider=wider))

    def sampled(self, *, is_smooth: bool) -> "Display":
        return replace(self, is_smooth=is_smooth)

    def with_gamma_by(self, steps: int) -> "Display":
        # Rounded, so that as many steps back are where they came from.
        gamma = round(self.gamma + steps * GAMMA_STEP, 1)
        return replace(self, gamma=_within(GAMMAS, gamma))

    def table(self) -> NDArray[np.uint8]:
        """Return for each of the 256 grey levels the one that is shown, shape (256,).

        Linear as in PS3.3 C.11.2.1.2, then the gamma, then the inversion.
        """
        window = self.window
        steps = max(window.highest - window.lowest, _LEAST_STEPS)
        shares = np.clip((np.arange(GREY_LEVELS) - window.lowest) / steps, 0.0, 1.0)
        shown = np.rint(_BRIGHTEST * shares ** (1 / self.gamma))
        levels = _BRIGHTEST - shown if self.is_inverted else shown
        return np.asarray(levels, dtype=np.uint8)


Change = Callable[[Display], Display]

FULL_RANGE = Preset("As in the file", GreyWindow())
# Ours, for pictures of 256 levels: what each is for is its name.
_USUAL = (
    FULL_RANGE,
    Preset("Brighter", GreyWindow.between(0, 191)),
    Preset("Faint echoes", GreyWindow.between(0, 95)),
    Preset("More contrast", GreyWindow.between(48, 207)),
    Preset("Bright echoes", GreyWindow.between(96, 255)),
)


def presets_of(of_file: tuple[Preset, ...]) -> tuple[Preset, ...]:
    """Return the windows to choose from: ours, then those of the file."""
    return (*_USUAL, *of_file)


def next_preset(presets: tuple[Preset, ...], window: GreyWindow, step: int) -> Preset:
    """Return the preset that many places from the one with this window.

    A window that is none of them stands before the first.
    """
    places = [number for number, one in enumerate(presets) if one.window == window]
    if not places:
        return presets[0] if step > 0 else presets[-1]
    return presets[(places[0] + step) % len(presets)]


def file_window_name(number: int) -> str:
    """Return what a window of a file is called where the file does not say, or is not to."""
    return f"Window {number} of the file"


def _within(limits: tuple[float, float], value: float) -> float:
    return min(max(value, limits[0]), limits[1])
