"""A path is opened for reading: an ordinary file, or a member of a ZIP archive where it lies."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from fhc_desktop.imaging.files.archive import find_archive, open_archive
from fhc_desktop.imaging.unreadable import UnreadableImage, shown_name

_LARGEST_FILE_BYTES = 2**30


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file that can be an image at all; a pipe or a device would never end.

    Raises:
        UnreadableImage: why it is not opened.
    """
    archive = find_archive(path)
    if archive is not None:
        with open_archive(archive) as contents, contents.opened(path) as member:
            yield member
        return
    with _ordinary(path) as handle:
        yield handle


def unopened(path: Path, cause: Exception) -> UnreadableImage:
    """Say why the system does not open a file or folder; ValueError is a NUL in its name."""
    name = shown_name(path)
    match cause:
        case FileNotFoundError():
            return UnreadableImage(
                f"{name} is not there: it was moved, renamed or deleted.", "Choose it again."
            )
        case PermissionError():
            return UnreadableImage(
                f"You have no permission to read {name}.",
                "Ask for the right to read it, or copy it to a folder of your own.",
            )
        case NotADirectoryError():
            return UnreadableImage(f"{name} is not a folder.", "Choose a folder with images.")
        case OSError(errno=errno.ENAMETOOLONG):
            return UnreadableImage(
                f"The path of {name} is longer than this system allows.",
                "Give the file a shorter name, or move it to a folder nearer the top.",
            )
        case OSError(strerror=reason):
            return UnreadableImage(
                f"{name} cannot be opened ({reason}).", "Check the drive or network, and try again."
            )
        case _:
            return UnreadableImage(f"{name} is not the name of a file.", "Choose a file.")


@contextmanager
def _ordinary(path: Path) -> Iterator[BinaryIO]:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UnreadableImage(
                f"{shown_name(path)} is a folder, not an image.", "Choose an image file in it."
            )
        if not stat.S_ISREG(mode):
            raise UnreadableImage(
                f"{shown_name(path)} is not an ordinary file.", "Choose an image file."
            )
        handle = path.open("rb")
    except (OSError, ValueError) as cause:
        raise unopened(path, cause) from cause
    with handle:
        _check_file_size(path, os.fstat(handle.fileno()).st_size)
        yield handle


def _check_file_size(path: Path, size_bytes: int) -> None:
    if size_bytes == 0:
        raise UnreadableImage(
            f"{shown_name(path)} is empty.", "Export or copy the image again: this copy failed."
        )
    if size_bytes > _LARGEST_FILE_BYTES:
        raise UnreadableImage(
            f"{shown_name(path)} is larger than 1 GiB, which no image to measure is.",
            "Export a still image or a shorter cine.",
        )
