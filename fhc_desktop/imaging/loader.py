"""A path becomes an image to measure, by what the file holds and not by what it is called."""

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from fhc_desktop.domain.calibration import FileCalibration
from fhc_desktop.domain.image import ImageSource, StudyInfo, UltrasoundImage
from fhc_desktop.imaging.grayscale import to_gray8, to_rgb8
from fhc_desktop.imaging.pixel_size_table import find_pixel_size
from fhc_desktop.imaging.raster import read_raster
from fhc_desktop.imaging.unreadable import UnreadableImage, check_frame, shown_name

__all__ = ["LoadedImage", "UnreadableImage", "list_images", "load_image"]

_LARGEST_FILE_BYTES = 2**30
_HEAD_BYTES = 132
_DICOM_MAGIC, _DICOM_MAGIC_AT = b"DICM", 128
_RASTER_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
)
_DICOM = "DICOM"
_IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".dcm", ".dicom")
_ANNOTATION_ENDING = "_annotation.png"
_DICOM_DIRECTORY = "DICOMDIR"
# Data sets that begin without the 128 bytes and "DICM": group 0002 or 0008 in either byte order.
_BARE_DICOM = (b"\x02\x00", b"\x08\x00", b"\x00\x02\x00", b"\x00\x08\x00")


@dataclass(frozen=True, slots=True)
class LoadedImage:
    """An image with what its file says about the study and about scale."""

    image: UltrasoundImage
    study: StudyInfo
    calibration: FileCalibration


def load_image(path: Path, *, frame: int | None = None) -> LoadedImage:
    """Read one image, or one frame of it: they count from 1, and None is the first.

    Raises:
        UnreadableImage: whatever is wrong with the file, in a sentence.
    """
    with _opened(path) as handle:
        # One handle for digest and pixels: what is measured is what the digest stands for.
        sha256 = _digest(handle, path)
        handle.seek(0)
        head = handle.read(_HEAD_BYTES)
        handle.seek(0)
        source = ImageSource(path.resolve(), sha256, 1 if frame is None else frame)
        match _kind(head):
            case None:
                raise _not_an_image(head, path)
            case "DICOM":
                return _load_dicom(handle, path, source)
            case kind:
                return _load_raster(handle, path, kind, source)


def list_images(folder: Path) -> list[Path]:
    """Return the images of a folder, image 2 before image 10; subfolders are not searched.

    A file that is an image by its name only is listed too, so that its fault is reported and not
    passed over. HC18's annotations and DICOM directories are not images to measure.

    Raises:
        UnreadableImage: the folder cannot be listed, or has no image in it.
    """
    try:
        files = [entry for entry in folder.iterdir() if _is_listed(entry)]
    except OSError as cause:
        raise _unopened(folder, cause) from cause
    if not files:
        raise UnreadableImage(
            f"The folder {shown_name(folder)} has no images in it.",
            "Choose a folder with PNG, JPEG, BMP, TIFF or DICOM files.",
        )
    return sorted(files, key=_natural_order)


def _load_raster(handle: BinaryIO, path: Path, kind: str, source: ImageSource) -> LoadedImage:
    check_frame(path, source.frame, 1)
    pixels = read_raster(handle, path, kind)
    image = UltrasoundImage(gray=to_gray8(pixels), color=to_rgb8(pixels), source=source)
    return LoadedImage(image, StudyInfo(), find_pixel_size(path.absolute()))


def _load_dicom(handle: BinaryIO, path: Path, source: ImageSource) -> LoadedImage:
    # Imported here: a quarter of a second that PNG files and the window's start need not wait.
    from fhc_desktop.imaging.dicom import read_dicom  # noqa: PLC0415

    picture = read_dicom(handle, path, frame=source.frame)
    image = UltrasoundImage(
        gray=to_gray8(picture.pixels),
        color=to_rgb8(picture.pixels),
        source=replace(source, frame_count=picture.frame_count),
        pixel_aspect=picture.pixel_aspect,
    )
    return LoadedImage(image, picture.study, picture.calibration)


@contextmanager
def _opened(path: Path) -> Iterator[BufferedReader]:
    """Open a file that can be an image at all; a pipe or a device would never end."""
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
        raise _unopened(path, cause) from cause
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


def _digest(handle: BufferedReader, path: Path) -> str:
    try:
        return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as cause:
        raise _unopened(path, cause) from cause


def _unopened(path: Path, cause: Exception) -> UnreadableImage:
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


def _not_an_image(head: bytes, path: Path) -> UnreadableImage:
    if head.startswith(_BARE_DICOM):
        return UnreadableImage(
            f"{shown_name(path)} may be DICOM data, but lacks the DICOM file header.",
            "Export the image from the scanner or PACS as a DICOM file (Part 10).",
        )
    return UnreadableImage(
        f"{shown_name(path)} is not an image: its content is neither PNG, JPEG, BMP, TIFF nor "
        "DICOM.",
        "Choose the image file that the scanner exported.",
    )


def _kind(head: bytes) -> str | None:
    if head[_DICOM_MAGIC_AT:].startswith(_DICOM_MAGIC):
        return _DICOM
    return next((kind for magic, kind in _RASTER_MAGIC if head.startswith(magic)), None)


def _is_listed(entry: Path) -> bool:
    name = entry.name.lower()
    if name.startswith(".") or name.endswith(_ANNOTATION_ENDING) or not entry.is_file():
        return False
    if entry.name.upper() == _DICOM_DIRECTORY:
        return False
    if entry.suffix.lower() in _IMAGE_SUFFIXES:
        return True
    try:
        with entry.open("rb") as handle:
            return _kind(handle.read(_HEAD_BYTES)) is not None
    except OSError:
        return False


def _natural_order(path: Path) -> tuple[list[tuple[int, str]], str]:
    parts = re.split(r"([0-9]+)", path.name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts], path.name
