"""The program that a child process runs: it decodes what it is handed, and knows nothing else.

It reads from its standard input and answers on what was its standard output; it opens no file,
and neither Qt nor a runtime of networks is imported here.
"""

import json
import os
import sys
import traceback
from contextlib import suppress
from io import RawIOBase
from pathlib import Path
from typing import Any, BinaryIO, cast

from fhc_desktop.core_dumps import forbid_core_dumps
from fhc_desktop.imaging.deidentified.wish import Wish
from fhc_desktop.imaging.files.file_kind import (
    DICOM,
    DICOM_DIRECTORY,
    DICOM_FILED_REPORT,
    DICOM_REPORT,
    VIDEO,
)
from fhc_desktop.imaging.pixels.decoded_picture import DecodedPicture
from fhc_desktop.imaging.pixels.grayscale import to_gray8, to_rgb8
from fhc_desktop.imaging.pixels.raster import read_raster, read_raster_size
from fhc_desktop.imaging.pixels.video import read_video
from fhc_desktop.imaging.sandbox.message import study_to_message, to_message
from fhc_desktop.imaging.sandbox.protocol import (
    DEIDENTIFY,
    DESCRIBE,
    DOCUMENT,
    GLANCE,
    GREETING,
    SIZE_BYTES,
)
from fhc_desktop.imaging.unreadable import UnreadableImage, damaged, too_hungry
from fhc_desktop.plain_values import told

MEMORY_BYTES = 2 * 2**30
# What pydicom would download its examples with, where somebody has it: a third of its import.
_FOR_DOWNLOADS = ("requests", "tqdm")
_CPU_SECONDS = 20
_CPU_SECONDS_FOR_ALL_FRAMES = 150


def decode(handle: BinaryIO | RawIOBase, path: Path, kind: str, *, frame: int) -> DecodedPicture:
    """Return one frame of a file of a known kind; ``path`` serves for its name only.

    Raises:
        UnreadableImage: whatever is wrong with the file, in a sentence.
    """
    handle = cast("BinaryIO", handle)
    if kind == VIDEO:
        return read_video(handle, path, frame=frame)
    if kind not in {DICOM, DICOM_DIRECTORY}:
        raster = read_raster(handle, path, kind)
        return DecodedPicture(
            gray=to_gray8(raster.pixels),
            color=to_rgb8(raster.pixels),
            pixel_aspect=raster.pixel_aspect,
            remarks=raster.remarks,
        )
    # Imported here: a quarter of a second that other files need not wait.
    from fhc_desktop.imaging.dicom.picture import read_dicom  # noqa: PLC0415

    return read_dicom(handle, path, frame=frame)


def describe(content: "Received", path: Path, kind: str) -> dict[str, Any]:
    """Return ``{"headers": [...], "is_cut": ...}``: what a file says of each image in it.

    A DICOMDIR's headers name their ``file``, as the parts of its path; a DICOM file also has a
    ``study``, that of its first frame. ``is_cut`` says that the headers go on behind what was
    handed over. Asked for as a Structured Report, a file is ``{"report": ...}``: what it tells, or
    all of it where it is to be one of ours.
    """
    handle = cast("BinaryIO", content)
    if kind not in {DICOM, DICOM_DIRECTORY, DICOM_REPORT, DICOM_FILED_REPORT}:
        rows, columns = read_raster_size(handle, path, kind)
        return {"headers": [{"rows": rows, "columns": columns}], "is_cut": False}
    # Slow to import, as above.
    if kind == DICOM_DIRECTORY:
        from fhc_desktop.imaging.dicom.directory import read_directory  # noqa: PLC0415

        return {"headers": read_directory(handle, path), "is_cut": False}
    if kind in {DICOM_REPORT, DICOM_FILED_REPORT}:
        from fhc_desktop.imaging.dicom.structured_report import (  # noqa: PLC0415
            read_filed_report,
            read_structured_report,
        )

        is_any = kind == DICOM_REPORT
        return {
            "report": told((read_structured_report if is_any else read_filed_report)(handle, path))
        }
    from fhc_desktop.imaging.dicom.header import read_image_header  # noqa: PLC0415

    headers, study = read_image_header(handle, path)
    return {"headers": headers, "study": study_to_message(study), "is_cut": content.ran_out}


def main() -> None:
    """Serve until the parent closes the pipe or ends."""
    requests = sys.stdin.buffer
    # Native codecs print on standard output: our answers go where they cannot reach.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    forbid_core_dumps()
    _limit_this_process()
    missing: dict[str, Any] = dict.fromkeys(_FOR_DOWNLOADS)  # as if they were not installed
    sys.modules.update(missing)
    answers.write(GREETING)
    answers.flush()
    desk = _Desk(requests)
    while head := requests.read(SIZE_BYTES):
        request = json.loads(requests.read(int.from_bytes(head, "big")))
        _renew_cpu_limit()
        message, pixels = _answer(request, desk)
        text = json.dumps(message).encode("ascii")
        # In one piece: each piece would wake the parent, and turns cost time on a busy machine.
        answers.write(b"".join([len(text).to_bytes(SIZE_BYTES, "big"), text, *pixels]))
        answers.flush()


def _answer(request: dict[str, Any], desk: "_Desk") -> tuple[dict[str, Any], list[memoryview]]:
    path = Path(request["name"])
    try:
        content = desk.content(request["size"])
        if request["task"] == DESCRIBE:
            return {"described": describe(content, path, request["kind"])}, []
        if request["task"] in {DEIDENTIFY, DOCUMENT}:
            return _file_answer(content, path, request)
        picture = _decoded(content, path, request)
    except UnreadableImage as refusal:
        return {"problem": refusal.problem, "remedy": refusal.remedy}, []
    except MemoryError:
        hungry = too_hungry(path)
        return {"problem": hungry.problem, "remedy": hungry.remedy}, []
    except Exception as fault:  # noqa: BLE001 - a fault of our own, told to the parent
        # Where it happened and not its message, which may quote the patient's data.
        places = "".join(traceback.format_tb(fault.__traceback__))
        return {"fault": f"{places}{type(fault).__name__}"}, []
    planes = [picture.gray] if picture.color is None else [picture.gray, picture.color]
    return to_message(picture), [plane.data for plane in planes]


def _decoded(content: "Received", path: Path, request: dict[str, Any]) -> DecodedPicture:
    picture = decode(content, path, request["kind"], frame=request["frame"])
    if request["task"] == GLANCE and content.ran_out:
        raise damaged(path, request["kind"])  # its pixels go on behind what was handed over
    return picture


def _file_answer(
    content: RawIOBase, path: Path, request: dict[str, Any]
) -> tuple[dict[str, Any], list[memoryview]]:
    if request["task"] == DEIDENTIFY:
        return _deidentified(content, path, request)
    # Slow to import, as above.
    from fhc_desktop.imaging.dicom.encapsulated_document import read_document  # noqa: PLC0415

    document = read_document(cast("BinaryIO", content), path)
    return {"size": len(document)}, [memoryview(document)]


def _deidentified(
    content: RawIOBase, path: Path, request: dict[str, Any]
) -> tuple[dict[str, Any], list[memoryview]]:
    # As slow to import, and rarely asked for.
    from fhc_desktop.imaging.deidentified.file import deidentified  # noqa: PLC0415

    _renew_cpu_limit(_CPU_SECONDS_FOR_ALL_FRAMES)
    wish = Wish.from_message(request["wish"])
    made = deidentified(cast("BinaryIO", content), path, request["kind"], wish)
    message = {
        "pseudonym": made.pseudonym,
        "suffix": made.suffix,
        "size": len(made.content),
        "kept": made.devices.kept,
        "left_out": made.devices.left_out,
        "has_lost_scale": made.has_lost_scale,
    }
    return message, [memoryview(made.content)]


class _Desk:
    """Holds the file that was handed over last, so that another frame of it need not be sent."""

    def __init__(self, requests: BinaryIO) -> None:
        self._requests = requests
        self._held = memoryview(b"")

    def content(self, size: int | None) -> "Received":
        """Return the file that comes next, or with None the one before."""
        if size is not None:
            self._held = memoryview(b"")  # room for the next
            self._held = self._received(size)
        return Received(self._held)

    def _received(self, size: int) -> memoryview:
        content = memoryview(bytearray(size))
        got = 0
        while got < size:
            piece = self._requests.readinto(content[got:])  # type: ignore[attr-defined]
            if not piece:
                sys.exit(1)
            got += piece
        return content


class Received(RawIOBase):
    """A file in memory, BytesIO would copy it; ``ran_out`` where more was asked for than it has."""

    name = ""  # pydicom asks for one

    def __init__(self, content: memoryview) -> None:
        self._content = content
        self._at = 0
        self.ran_out = False

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        """Return what there is; a length that the file made up allocates nothing."""
        end = len(self._content) if size is None or size < 0 else self._at + size
        self.ran_out |= size is None or size < 0 or end > len(self._content)
        piece = bytes(self._content[self._at : end])
        self._at += len(piece)
        return piece

    def readinto(self, target: Any) -> int:
        piece = self.read(len(target))
        target[: len(piece)] = piece
        return len(piece)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: len(self._content)}[whence]
        if start + offset < 0:
            raise ValueError(offset)
        self._at = start + offset
        return self._at


def _limit_this_process() -> None:
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # Windows has none of these
        return
    limits = (("RLIMIT_AS", MEMORY_BYTES), ("RLIMIT_FSIZE", 0))
    for name, most in limits:
        # macOS names some that it does not let be set.
        with suppress(AttributeError, OSError, ValueError):
            resource.setrlimit(getattr(resource, name), (most, most))


def _renew_cpu_limit(seconds: int = _CPU_SECONDS) -> None:
    """Let each file have its own share, for the case that nobody is left to end this process."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415

        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime) + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
