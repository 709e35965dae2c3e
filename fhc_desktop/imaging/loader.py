"""A path becomes an image to measure, by what the file holds and not by what it is called."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from fhc_desktop.imaging.files.archive import find_archive
from fhc_desktop.imaging.files.file_access import opened, unopened
from fhc_desktop.imaging.files.file_kind import (
    ARCHIVE,
    DICOM,
    DICOM_DIRECTORY,
    HEAD_BYTES,
    VIDEO,
    kind_of,
)
from fhc_desktop.imaging.files.file_stamp import status_of
from fhc_desktop.imaging.read_ahead import ReadAhead
from fhc_desktop.imaging.sandbox.sandbox import Sandbox, Show
from fhc_desktop.imaging.unreadable import (
    IsWanted,
    UnreadableImage,
    WrittenMeanwhile,
    always,
    check_frame,
    no_longer_wanted,
    shown_name,
    written_meanwhile,
)

if TYPE_CHECKING:
    from fhc_desktop.domain.image.calibration import FileCalibration
    from fhc_desktop.domain.image.ultrasound_image import StudyInfo, UltrasoundImage
    from fhc_desktop.imaging.pixels.decoded_picture import DecodedPicture

__all__ = ["LoadedImage", "Loader", "UnreadableImage", "digest_of", "open_image_file"]

_MOST_READINGS = 3  # of a file that is being written
# A file that takes longer to read and digest than its first picture takes by itself, and as much
# of it as holds header and first frame of what scanners write.
_LARGE_BYTES = 32 * 2**20
_GLANCE_BYTES = 8 * 2**20
_PIECE_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class LoadedImage:
    """An image with what its file says about the study and about scale."""

    image: "UltrasoundImage"
    study: "StudyInfo"
    calibration: "FileCalibration"


@dataclass(frozen=True, slots=True)
class _Content:
    """What a file held when it was read; ``stamp`` changes whenever it is written again."""

    path: Path
    stamp: tuple[int, ...]
    kind: str
    sha256: str


_Decoded = tuple[_Content, "DecodedPicture"]


class Loader:
    """Reads images through a sandbox; any thread may ask.

    It knows the content that it read last, which the sandbox still has: stepping through a cine
    reads and digests nothing again. One image can be read before it is asked for.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._last: _Content | None = None
        self._ahead: ReadAhead[_Decoded] | None = None

    def read_ahead(self, path: Path) -> ReadAhead[_Decoded]:
        """Begin to read an image that will be asked for; ``load`` has its pixels from here, once.

        To load any other one gives it up. Tables beside the file are read again when it is loaded.
        """

        def read(ahead: ReadAhead[_Decoded]) -> _Decoded:
            glimpse = self._glance(path, ahead.show)
            if glimpse is not None:
                ahead.know(glimpse)
            decoded = self._decoded(path, 1, ahead.is_wanted, ahead.show)
            ahead.know(_loaded(path, 1, *decoded).image)
            return decoded

        self.forget_ahead()
        self._ahead = ahead = ReadAhead(path, _stamp(path), read)
        return ahead

    @property
    def ahead(self) -> ReadAhead[_Decoded] | None:
        """What is being read, or was, and nobody has asked for; None where there is nothing."""
        return self._ahead

    def forget_ahead(self) -> None:
        """Give up what is read ahead, and keep nothing of it."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None:
            ahead.give_up()

    def glance(self, path: Path) -> "UltrasoundImage | None":
        """Return the first picture of a large file from its beginning alone; None of any other.

        It is to be looked at until ``load`` has read all of the file, and for nothing else: it has
        no digest, and a file that is being written may hold another one by then.
        """
        ahead = self._ahead
        if ahead is not None and (ahead.path, ahead.stamp) == (path, _stamp(path)):
            return ahead.picture
        return self._glance(path)

    def _glance(self, path: Path, show: Show | None = None) -> "UltrasoundImage | None":
        stamp, last = _stamp(path), self._last
        if last is not None and (last.path, last.stamp) == (path, stamp):
            return None
        if find_archive(path) is not None:
            return None  # to find its end takes as long as to read it
        try:
            with open_image_file(path) as (handle, kind):
                if kind != DICOM or handle.seek(0, os.SEEK_END) < _LARGE_BYTES:
                    return None
                picture = self._sandbox.glance(
                    handle, path, kind, most_bytes=_GLANCE_BYTES, show=show
                )
        except UnreadableImage:
            return None  # reading all of it says why
        if picture is None:
            return None
        return _image(path, "", 1, picture)

    def load(
        self, path: Path, *, frame: int | None = None, is_wanted: IsWanted = always
    ) -> LoadedImage:
        """Read one image, or one frame of it: they count from 1, and None is the first.

        Raises:
            UnreadableImage: whatever is wrong with the file, in a sentence; or it was no longer
                wanted.
        """
        wanted = 1 if frame is None else frame
        decoded = self._decoded_ahead(path, wanted, is_wanted)
        return _loaded(path, wanted, *(decoded or self._decoded(path, wanted, is_wanted)))

    def _decoded_ahead(self, path: Path, frame: int, is_wanted: IsWanted) -> _Decoded | None:
        """Return what was read ahead, as far as it is what is wanted now."""
        ahead, stamp = self._ahead, _stamp(path)
        if ahead is None or (ahead.path, ahead.stamp, 1) != (path, stamp, frame):
            self.forget_ahead()
            return None
        try:
            decoded = ahead.answer(is_wanted)
        finally:
            if self._ahead is ahead:
                self._ahead = None
        return decoded if _stamp(path) == stamp else None

    def _decoded(
        self, path: Path, frame: int, is_wanted: IsWanted, show: Show | None = None
    ) -> _Decoded:
        stamp, last = _stamp(path), self._last
        if last is not None and (last.path, last.stamp) == (path, stamp):
            _check_still(path, last.kind, frame)
            picture = self._sandbox.decode_again(last.sha256, path, last.kind, frame=frame)
            if picture is not None:
                return last, picture
        for _ in range(_MOST_READINGS - 1):
            with suppress(WrittenMeanwhile):
                return self._read(path, frame, is_wanted, show)
        return self._read(path, frame, is_wanted, show)

    def _read(self, path: Path, frame: int, is_wanted: IsWanted, show: Show | None) -> _Decoded:
        """Read a file once: pixels and digest are those of the same bytes."""
        stamp = _stamp(path)
        try:
            with open_image_file(path) as (handle, kind):
                _check_still(path, kind, frame)
                picture, sha256 = self._sandbox.decode(
                    handle, path, kind, frame=frame, is_wanted=is_wanted, show=show
                )
                # Read again, it tells whether somebody wrote meanwhile: the one picture would be
                # half of the old file and half of the new one.
                is_torn = digest_of(handle, path, is_wanted) != sha256
        except UnreadableImage as cause:
            if _stamp(path) == stamp:
                raise
            raise written_meanwhile(path) from cause
        if is_torn:
            raise written_meanwhile(path)
        content = _Content(path, stamp, kind, sha256)
        self._last = content  # replaced as a whole: another thread has read something else
        return content, picture


@contextmanager
def open_image_file(path: Path) -> Iterator[tuple[BinaryIO, str]]:
    """Open a file to be decoded; give its handle and its kind.

    Raises:
        UnreadableImage: it is no file of an image.
    """
    with opened(path) as handle:
        kind = kind_of(handle.read(HEAD_BYTES))
        if kind is None or kind == ARCHIVE:
            raise _not_an_image(path, kind)
        yield handle, kind


def digest_of(handle: BinaryIO, path: Path, is_wanted: IsWanted = always) -> str:
    """Return the SHA-256 of an open file, before anything is done with it."""
    digest = hashlib.sha256()
    try:
        handle.seek(0)
        while piece := handle.read(_PIECE_BYTES):
            if not is_wanted():
                raise no_longer_wanted(path)
            digest.update(piece)
    except OSError as cause:
        raise unopened(path, cause) from cause
    return digest.hexdigest()


def _loaded(path: Path, frame: int, content: _Content, picture: "DecodedPicture") -> LoadedImage:
    """Return a picture with what its file says, and where it says nothing, a table beside it."""
    # Imported here: the first picture is looked at before tables are.
    from fhc_desktop.imaging.files.pixel_size_table import find_pixel_size  # noqa: PLC0415

    calibration, pixel_aspect = picture.calibration, picture.pixel_aspect
    if content.kind not in {DICOM, VIDEO}:
        calibration = find_pixel_size(path.absolute())
        # A table with both sides of a pixel tells its shape; to a single size, which is the
        # width, the picture's density does.
        is_shaped = calibration.pixel_aspect != 1.0
        pixel_aspect = calibration.pixel_aspect if is_shaped else pixel_aspect
        calibration = calibration if is_shaped else calibration.with_height_by(pixel_aspect)
    image = replace(_image(path, content.sha256, frame, picture), pixel_aspect=pixel_aspect)
    return LoadedImage(image, picture.study, calibration)


def _image(path: Path, sha256: str, frame: int, picture: "DecodedPicture") -> "UltrasoundImage":
    from fhc_desktop.domain.image.ultrasound_image import (  # noqa: PLC0415 - with numpy, as above
        ImageSource,
        UltrasoundImage,
    )

    return UltrasoundImage(
        gray=picture.gray,
        color=picture.color,
        source=ImageSource(path.resolve(), sha256, frame, picture.frame_count),
        pixel_aspect=picture.pixel_aspect,
        scan_boxes=picture.scan_boxes,
        remarks=picture.remarks,
        windows=picture.windows,
        frame_times=picture.frame_times,
    )


def _check_still(path: Path, kind: str, frame: int) -> None:
    """Refuse any frame but the first of a file that can only have one."""
    if kind not in {DICOM, DICOM_DIRECTORY, VIDEO}:
        check_frame(path, frame, 1)


def _stamp(path: Path) -> tuple[int, ...]:
    """Return what tells that a file, or the archive that it lies in, is still the same."""
    found = status_of(path)
    if found is None:
        return ()  # opening it says why
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _not_an_image(path: Path, kind: str | None) -> UnreadableImage:
    if kind == ARCHIVE:
        return UnreadableImage(
            f"{shown_name(path)} is a ZIP archive, not an image.", "Choose one of the images in it."
        )
    return UnreadableImage(
        f"{shown_name(path)} is not an image: its content is neither PNG, JPEG, BMP, TIFF, DICOM "
        "nor video.",
        "Choose the image file that the scanner exported.",
    )
