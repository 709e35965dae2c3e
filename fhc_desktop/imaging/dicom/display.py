"""A frame's stored values become the picture that the file wants shown, if it leaves one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, zip_longest
from typing import Any

import numpy as np

from fhc_desktop.domain.image.display import GreyWindow, Preset, file_window_name
from fhc_desktop.imaging.dicom.element import optional
from fhc_desktop.imaging.dicom.lookup_table import LookupTable, NoTable, read_lookup_table
from fhc_desktop.imaging.dicom.stored_values import StoredValues
from fhc_desktop.imaging.pixels.display_settings import keeps_picture, lost_levels
from fhc_desktop.imaging.pixels.grayscale import BIT_DEPTHS, Pixels, to_8_bits_from

# Scanners write one or two; a file with thousands would take minutes.
_MOST_WINDOWS = 4
_LONGEST_NAME = 64  # of an LO
_FUNCTIONS = ("LINEAR", "LINEAR_EXACT", "SIGMOID")
_SHAPES = {"MONOCHROME1": "INVERSE", "MONOCHROME2": "IDENTITY"}


@dataclass(frozen=True, slots=True, eq=False)
class ShownFrame:
    """A frame in 8 bits, and what was wrong with the settings for its display.

    ``is_stored_shown`` where none of the file's settings is in force. ``windows`` are the file's
    own on the levels of these pixels, where it has several.
    """

    pixels: Pixels
    faults: tuple[str, ...] = ()
    is_stored_shown: bool = False
    windows: tuple[Preset, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ends:
    """The values that a linear window makes black and white."""

    lowest: float
    highest: float


@dataclass(frozen=True, slots=True)
class _Setting:
    """A way from values to grey levels, as the file describes it; ``ends`` if it is linear.

    ``number`` is a window's, from 1, and ``called`` what the file calls it.
    """

    name: str
    applied: Callable[[Pixels], Pixels]
    ends: _Ends | None = None
    number: int = 0
    called: str = ""


@dataclass(frozen=True, slots=True)
class _Unusable:
    """What the file has where a setting should be, as a fault."""

    fault: str


def shown_gray(
    values: StoredValues, dataset: Any, *, photometric: str, is_big_endian: bool
) -> ShownFrame:
    """Return grey by the file's first VOI LUT or window that leaves a picture, else its range."""
    found = _through_settings(values, dataset, is_big_endian=is_big_endian)
    pixels = 255 - found.pixels if photometric == "MONOCHROME1" else found.pixels
    faults = (*found.faults, *_faults_of_shape(dataset, photometric))
    windows = found.windows
    if photometric == "MONOCHROME1":
        windows = tuple(replace(one, window=_turned_round(one.window)) for one in windows)
    return replace(found, pixels=pixels, faults=faults, windows=windows)


def announced_range(values: StoredValues) -> ShownFrame:
    """Return stored values from nought to the highest of their bits, if that leaves a picture.

    Signed values have no black of their own: theirs is the lowest in the frame.
    """
    if values.is_signed or not values.is_range_known:
        return own_range(values, values.faults)
    shown = to_8_bits_from(values.pixels, lowest=0, highest=2**values.bits - 1)
    if keeps_picture(shown, values.pixels):
        return ShownFrame(shown, values.faults, is_stored_shown=True)
    fault = lost_levels("the range of its bits stored", shown, values.pixels)
    return own_range(values, (*values.faults, fault))


def own_range(values: StoredValues, faults: Sequence[str]) -> ShownFrame:
    """Return stored values from nought to the highest of as many bits as the brightest needs."""
    lowest, highest = int(values.pixels.min()), int(values.pixels.max())
    if not values.is_signed:
        depths = sorted({values.bits, *BIT_DEPTHS})
        lowest, highest = 0, next(2**bits - 1 for bits in depths if highest < 2**bits)
    shown = to_8_bits_from(values.pixels, lowest=lowest, highest=highest)
    return ShownFrame(shown, tuple(faults), is_stored_shown=True)


def _through_settings(values: StoredValues, dataset: Any, *, is_big_endian: bool) -> ShownFrame:
    faults, is_set = list(values.faults), False
    modality: Pixels | None = None
    for setting in _settings(dataset, is_big_endian=is_big_endian):
        is_set = True
        if isinstance(setting, _Unusable):
            faults.append(setting.fault)
            continue
        if modality is None:
            modality = _through_modality(
                values.pixels, dataset, faults, is_big_endian=is_big_endian
            )
        shown = setting.applied(modality)
        if keeps_picture(shown, values.pixels):
            return ShownFrame(shown, tuple(faults), windows=_presets(dataset, setting.ends))
        faults.append(lost_levels(setting.name, shown, values.pixels))
    return own_range(values, faults) if is_set else announced_range(values)


def _faults_of_shape(dataset: Any, photometric: str) -> tuple[str, ...]:
    shape = str(optional(lambda: dataset.get("PresentationLUTShape")) or "").strip()
    if shape in {"", _SHAPES[photometric]}:
        return ()
    return ("its presentation shape does not fit its photometric interpretation",)


def _settings(dataset: Any, *, is_big_endian: bool) -> Iterator[_Setting | _Unusable]:
    if optional(lambda: dataset.get("VOILUTSequence")) or _is_damaged(dataset, "VOILUTSequence"):
        table = _table(dataset, "VOILUTSequence", is_big_endian=is_big_endian)
        yield _voi_table(table) if isinstance(table, LookupTable) else table
    yield from _windows(dataset)


def _is_damaged(dataset: Any, keyword: str) -> bool:
    return keyword in dataset and optional(lambda: (dataset.get(keyword),)) is None


def _table(dataset: Any, keyword: str, *, is_big_endian: bool) -> LookupTable | _Unusable:
    name = "its modality lookup table" if keyword.startswith("Modality") else "its VOI lookup table"

    def read() -> LookupTable | _Unusable:
        try:
            return read_lookup_table(dataset.get(keyword)[0], is_big_endian=is_big_endian)
        except NoTable as nothing:
            return _Unusable(f"{name} {nothing}")

    return optional(read) or _Unusable(f"{name} is damaged")


def _voi_table(table: LookupTable) -> _Setting:
    def applied(values: Pixels) -> Pixels:
        looked_up = table.applied(values.astype(np.int64))
        return to_8_bits_from(looked_up, lowest=0, highest=2**table.bits - 1)

    return _Setting("its VOI lookup table", applied)


def _through_modality(
    stored: Pixels, dataset: Any, faults: list[str], *, is_big_endian: bool
) -> Pixels:
    """Return what tables and windows are written for; a fault more where it cannot be told."""
    if optional(lambda: dataset.get("ModalityLUTSequence")):
        table = _table(dataset, "ModalityLUTSequence", is_big_endian=is_big_endian)
        if isinstance(table, LookupTable):
            return table.applied(stored)
        faults.append(table.fault)
        return stored
    slope, intercept = (_numbers(dataset, f"Rescale{part}") for part in ("Slope", "Intercept"))
    if not slope and not intercept:
        return stored
    slope, intercept = slope or (np.nan,), intercept or (np.nan,)
    rescaled = stored.astype(np.float64) * slope[0] + intercept[0]
    if slope[0] == 0 or not np.isfinite(rescaled).all():
        faults.append("its rescale slope and intercept are no numbers to reckon with")
        return stored
    return np.asarray(rescaled)


def _windows(dataset: Any) -> Iterator[_Setting | _Unusable]:
    """Follow PS3.3 C.11.2.1.2 and C.11.2.1.3 for the file's VOI LUT function."""
    centers, widths = (_numbers(dataset, f"Window{part}") for part in ("Center", "Width"))
    if not centers and not widths:
        return
    function = str(optional(lambda: dataset.get("VOILUTFunction")) or "LINEAR").strip()
    if function not in _FUNCTIONS:
        yield _Unusable("its VOI function is unknown, and a window counts as linear")
    # One is the least width that is linear; the others' widths need but be more than nought.
    smallest = np.nextafter(0, 1) if function in _FUNCTIONS[1:] else 1.0
    pairs = zip_longest(centers, widths, fillvalue=np.nan)
    names = optional(lambda: _explanations(dataset)) or []
    for number, (center, width) in enumerate(islice(pairs, _MOST_WINDOWS), start=1):
        if np.isfinite(center) and smallest <= width < np.inf:
            ends = None if function == "SIGMOID" else _ends(function, center, width)
            called = "".join(names[number - 1 : number])
            applied = _window(function, center, width)
            yield _Setting("its window", applied, ends, number, called)
        else:
            yield _Unusable("its window has no usable centre and width")


def _numbers(dataset: Any, keyword: str) -> tuple[float, ...]:
    """Return the numbers of an element, NaN for what is none; nothing where it is empty."""
    if _is_damaged(dataset, keyword):
        return (np.nan,)
    value = dataset.get(keyword)
    if value is None or value == "":
        return ()
    many = value if hasattr(value, "__len__") and not isinstance(value, str) else [value]
    return tuple(_number(one) for one in many)


def _number(written: Any) -> float:
    found = optional(lambda: float(written))
    return np.nan if found is None else found


def _window(function: str, center: float, width: float) -> Callable[[Pixels], Pixels]:
    if function == "SIGMOID":
        return lambda values: _sigmoid(values, center, width)
    ends = _ends(function, center, width)
    return lambda values: to_8_bits_from(values, lowest=ends.lowest, highest=ends.highest)


def _ends(function: str, center: float, width: float) -> _Ends:
    if function == "LINEAR_EXACT":
        return _Ends(center - width / 2, center + width / 2)
    half = max(width - 1, 1e-6) / 2
    return _Ends(center - 0.5 - half, center - 0.5 + half)


def _presets(dataset: Any, shown: _Ends | None) -> tuple[Preset, ...]:
    """Return the file's windows on the levels of what the one with these ends makes of the values.

    Where the file has one window alone there is nothing to choose from. A window that leaves
    nothing of those levels is none to choose.
    """
    found = [one for one in _windows(dataset) if isinstance(one, _Setting)]
    if shown is None or len(found) == 1:
        return ()
    presets = []
    for one in found:
        window = None if one.ends is None else _on_levels(one.ends, shown)
        if window is not None:
            name = one.called or file_window_name(one.number)
            presets.append(Preset(name, window, one.number))
    return tuple(presets)


def _on_levels(ends: _Ends, shown: _Ends) -> GreyWindow | None:
    levels = 255 / (shown.highest - shown.lowest)
    lowest, highest = (levels * (end - shown.lowest) for end in (ends.lowest, ends.highest))
    try:
        return GreyWindow.between(round(lowest, 3), round(highest, 3))
    except ValueError:
        return None


def _turned_round(window: GreyWindow) -> GreyWindow:
    """Return the window on levels that were counted from the other end."""
    return GreyWindow.between(255 - window.highest, 255 - window.lowest)


def _explanations(dataset: Any) -> list[str]:
    """Return what the file calls its windows, one line each."""
    said = dataset.get("WindowCenterWidthExplanation") or ()
    many = [said] if isinstance(said, str) else said
    return [" ".join(str(one).split())[:_LONGEST_NAME] for one in many]


def _sigmoid(values: Pixels, center: float, width: float) -> Pixels:
    exponent = np.clip(-4 * (values.astype(np.float64) - center) / width, -50, 50)
    return to_8_bits_from(1 / (1 + np.exp(exponent)), lowest=0, highest=1)
