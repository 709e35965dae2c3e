"""A file that does not become an image, and the one place that tames the decoders."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fhc_desktop.domain.errors import FhcError

SMALLEST_SIDE_PX = 16
LARGEST_SIDE_PX = 8192
LARGEST_FRAME_COUNT = 5000
_LONGEST_SHOWN_NAME = 80
_EXPORT_AGAIN = "Export the image again from the scanner, or copy the file again."


IsWanted = Callable[[], bool]
"""Whether somebody still waits for an image: asked while it is read, from any thread."""


class UnreadableImage(FhcError):  # noqa: N818 - what the reader is told, not a fault of ours
    """A file or folder that gives no image to measure."""


class WrittenMeanwhile(UnreadableImage):
    """A file that was written to while it was read: what was read of it is of two files."""


def always() -> bool:
    """Say that an image is wanted, however long it takes."""
    return True


@contextmanager
def foreign_decoder(path: Path, kind: str) -> Iterator[None]:
    """Turn whatever a decoder raises over a damaged file into ``UnreadableImage``.

    Only calls into Pillow and pydicom belong inside, so that our own faults keep their traceback.
    """
    with warnings.catch_warnings():
        # The decoders' warnings quote values from the file, patient data among them.
        warnings.simplefilter("ignore")
        try:
            yield
        except FhcError:
            raise
        except MemoryError as cause:
            raise too_hungry(path) from cause
        except RecursionError as cause:
            raise UnreadableImage(
                f"{shown_name(path)} is damaged or incomplete: its {kind} data are nested deeper "
                "than any scanner nests them.",
                _EXPORT_AGAIN,
            ) from cause
        # Wide on purpose: over mutated files the decoders raise more than ten unrelated classes,
        # from OSError and SyntaxError to struct.error, and a list of them would be wrong after the
        # next release.
        except Exception as cause:
            raise damaged(path, kind) from cause


def damaged(path: Path, kind: str) -> UnreadableImage:
    return UnreadableImage(
        f"{shown_name(path)} is damaged or incomplete: its {kind} data cannot be decoded.",
        _EXPORT_AGAIN,
    )


def incomplete(path: Path, kind: str) -> UnreadableImage:
    return UnreadableImage(
        f"{shown_name(path)} is incomplete: its {kind} data end before its picture does.",
        _EXPORT_AGAIN,
    )


def written_meanwhile(path: Path) -> WrittenMeanwhile:
    return WrittenMeanwhile(
        f"{shown_name(path)} was written to while it was read.",
        "Wait until the scanner, or whatever copies it, has finished, and open it again.",
    )


def no_longer_wanted(path: Path) -> UnreadableImage:
    return UnreadableImage(f"{shown_name(path)} was given up before it was read.", "Open it again.")


def too_hungry(path: Path) -> UnreadableImage:
    return UnreadableImage(
        f"{shown_name(path)} needs more memory to decode than any image to measure.",
        "Export it as an ordinary 8-bit still or cine from the scanner.",
    )


def check_size(path: Path, rows: int, columns: int) -> None:
    """Refuse a size that no ultrasound image has, before anything of that size is allocated."""
    sides = (rows, columns)
    if min(sides) < SMALLEST_SIDE_PX:
        raise UnreadableImage(
            f"{shown_name(path)} is too small to measure: {columns} × {rows} pixels.",
            f"Choose an image of at least {SMALLEST_SIDE_PX} × {SMALLEST_SIDE_PX} pixels.",
        )
    if max(sides) > LARGEST_SIDE_PX:
        raise UnreadableImage(
            f"{shown_name(path)} is too large to open: {columns} × {rows} pixels.",
            f"Choose an image of at most {LARGEST_SIDE_PX} × {LARGEST_SIDE_PX} pixels.",
        )


def check_frame(path: Path, frame: int, frame_count: int) -> None:
    if not 1 <= frame <= frame_count:
        frames = "1 frame" if frame_count == 1 else f"{frame_count} frames"
        raise UnreadableImage(
            f"{shown_name(path)} has no frame {frame}: it has {frames}.",
            "Choose a frame that exists; the first is number 1.",
        )


def shown_name(path: Path) -> str:
    """Return a file's name as it can be printed on any one line: short, no control characters."""
    printable = path.name.encode("utf-8", "replace").decode("utf-8")
    printable = "".join(c if c.isprintable() else "?" for c in printable) or str(path)
    if len(printable) <= _LONGEST_SHOWN_NAME:
        return printable
    half = _LONGEST_SHOWN_NAME // 2 - 1
    return f"{printable[:half]}…{printable[-half:]}"
