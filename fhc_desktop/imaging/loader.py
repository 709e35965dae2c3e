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

from fhc_desktop.domain.calibration import FileCalibration
from fhc_desktop.domain.image import ImageSource, StudyInfo, UltrasoundImage
from fhc_desktop.imaging.pixel_size_table import find_pixel_size
from fhc_desktop.imaging.sandbox import Sandbox, shared_sandbox
from fhc_desktop.imaging.unreadable import UnreadableImage, check_frame, shown_name

__all__ = ["LoadedImage", "UnreadableImage", "list_images", "load_image", "open_image_file"]

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
# Data sets that begin without the 128 bytes and "DICM" begin with group 0002 or 0008, and with a
# value representation or, where there is none, with a short length.
_FIRST_GROUPS = (b"\x02\x00", b"\x08\x00", b"\x00\x08")
_BIG_ENDIAN_GROUP = b"\x00\x08"
_FIRST_REPRESENTATIONS = (b"CS", b"UI", b"UL", b"DA", b"TM", b"LO", b"OB", b"SH")
_LONGEST_FIRST_VALUE = 512


@dataclass(frozen=True, slots=True)
class LoadedImage:
    """An image with what its file says about the study and about scale."""

    image: UltrasoundImage
    study: StudyInfo
    calibration: FileCalibration


def load_image(
    path: Path, *, frame: int | None = None, sandbox: Sandbox = shared_sandbox
) -> LoadedImage:
    """Read one image, or one frame of it: they count from 1, and None is the first.

    Raises:
        UnreadableImage: whatever is wrong with the file, in a sentence.
    """
    with open_image_file(path) as (handle, sha256, kind):
        source = ImageSource(path.resolve(), sha256, 1 if frame is None else frame)
        if kind != _DICOM:
            check_frame(path, source.frame, 1)
        picture = sandbox.decode(handle, path, kind, frame=source.frame)
    image = UltrasoundImage(
        gray=picture.gray,
        color=picture.color,
        source=replace(source, frame_count=picture.frame_count),
        pixel_aspect=picture.pixel_aspect,
        scan_boxes=picture.scan_boxes,
    )
    is_dicom = kind == _DICOM
    calibration = picture.calibration if is_dicom else find_pixel_size(path.absolute())
    return LoadedImage(image, picture.study, calibration)


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


@contextmanager
def open_image_file(path: Path) -> Iterator[tuple[BufferedReader, str, str]]:
    """Open a file to be decoded; give its handle, its SHA-256 and its kind.

    One handle for digest and pixels: what is measured is what the digest stands for.

    Raises:
        UnreadableImage: it is no file of an image.
    """
    with _opened(path) as handle:
        sha256 = _digest(handle, path)
        handle.seek(0)
        kind = _kind(handle.read(_HEAD_BYTES))
        if kind is None:
            raise _not_an_image(path)
        yield handle, sha256, kind


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


def _not_an_image(path: Path) -> UnreadableImage:
    return UnreadableImage(
        f"{shown_name(path)} is not an image: its content is neither PNG, JPEG, BMP, TIFF nor "
        "DICOM.",
        "Choose the image file that the scanner exported.",
    )


def _kind(head: bytes) -> str | None:
    if head[_DICOM_MAGIC_AT:].startswith(_DICOM_MAGIC) or _is_bare_dicom(head):
        return _DICOM
    return next((kind for magic, kind in _RASTER_MAGIC if head.startswith(magic)), None)


def _is_bare_dicom(head: bytes) -> bool:
    if len(head) < _HEAD_BYTES or not head.startswith(_FIRST_GROUPS):
        return False
    if head[4:6] in _FIRST_REPRESENTATIONS:
        return True
    if head.startswith(_BIG_ENDIAN_GROUP):
        return False  # always explicit
    return int.from_bytes(head[4:8], "little") <= _LONGEST_FIRST_VALUE


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
