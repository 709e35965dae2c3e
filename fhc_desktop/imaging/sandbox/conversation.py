"""What is said between this process and its decoder: requests, files, and answers checked.

A child that was taken over can say anything: nothing that it says is believed beyond its form.
"""

import hashlib
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO

from fhc_desktop.imaging.files.file_access import unopened
from fhc_desktop.imaging.sandbox.bare_picture import BarePicture
from fhc_desktop.imaging.sandbox.protocol import SIZE_BYTES
from fhc_desktop.imaging.unreadable import UnreadableImage, damaged
from fhc_desktop.own_process import PIPE_BYTES

if TYPE_CHECKING:
    from fhc_desktop.imaging.deidentified.wish import DeidentifiedFile
    from fhc_desktop.imaging.pixels.decoded_picture import DecodedPicture

_LONGEST_MESSAGE = 2**20
_LONGEST_DESCRIPTION = 32 * 2**20
_LARGEST_COPY_BYTES = 3 * 2**29
_LARGEST_DOCUMENT_BYTES = 2**28
_SUFFIXES = (".dcm", ".png")
_PSEUDONYM = re.compile(r"ANON-[A-Z2-7]{8}")


class DecoderGone(Exception):  # noqa: N818 - it says what happened
    """The child ended, or says what no decoder of ours would say."""


def send(
    child: subprocess.Popen[bytes], request: dict[str, Any], handle: BinaryIO, path: Path
) -> str:
    """Hand over a request, and behind it as many bytes of the file as it announces.

    The SHA-256 returned is that of these bytes, whoever writes to the file meanwhile.
    """
    digest = hashlib.sha256()
    pieces = _pieces(child, request, handle, path)
    first = next(pieces, b"")
    digest.update(first)
    post(child, request, path, first)
    for piece in pieces:
        digest.update(piece)
        _write(pipe_of(child.stdin), piece)
    return digest.hexdigest()


def post(
    child: subprocess.Popen[bytes], request: dict[str, Any], path: Path, piece: bytes = b""
) -> None:
    """Hand over a request alone, or with the first piece of its file."""
    text = json.dumps(request | {"name": path.name or str(path)}).encode("ascii")
    # In one piece with the file's first, as answers come: see the decoder.
    _write(pipe_of(child.stdin), len(text).to_bytes(SIZE_BYTES, "big") + text + piece)


def picture_from(
    answers: IO[bytes], show: Callable[[BarePicture], None] | None = None
) -> "DecodedPicture":
    """Return the picture that is told; ``show`` is given it before all that is said of it."""
    message = _message(answers, _LONGEST_MESSAGE)
    try:
        bare = BarePicture.announced(message)
        for plane in bare.planes:
            read_into(answers, memoryview(plane))
        if show is not None:
            show(bare)
        # Imported here, with numpy: the first picture is on the screen before.
        from fhc_desktop.imaging.sandbox.message import from_message  # noqa: PLC0415

        return from_message(message, bare)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as cause:
        raise DecoderGone from cause


def copy_from(answers: IO[bytes]) -> "DeidentifiedFile":
    from fhc_desktop.imaging.deidentified.device_names import DeviceNames  # noqa: PLC0415 - as above
    from fhc_desktop.imaging.deidentified.wish import DeidentifiedFile  # noqa: PLC0415

    message = _message(answers, _LONGEST_MESSAGE)
    try:
        pseudonym, suffix, size = message["pseudonym"], message["suffix"], message["size"]
        # They become a file's name: a child that was taken over must not choose the folder.
        if suffix not in _SUFFIXES or not _PSEUDONYM.fullmatch(pseudonym):
            raise DecoderGone
        if not 0 < size <= _LARGEST_COPY_BYTES:
            raise DecoderGone
        content = bytearray(size)
        devices = DeviceNames(_names(message["kept"]), _names(message["left_out"]))
        has_lost_scale = bool(message["has_lost_scale"])
    except (LookupError, TypeError, ValueError) as cause:
        raise DecoderGone from cause
    read_into(answers, memoryview(content))
    return DeidentifiedFile(content, pseudonym, suffix, devices, has_lost_scale)


def document_from(answers: IO[bytes]) -> bytes:
    message = _message(answers, _LONGEST_MESSAGE)
    size = message.get("size")
    if not isinstance(size, int) or not 0 < size <= _LARGEST_DOCUMENT_BYTES:
        raise DecoderGone
    content = bytearray(size)
    read_into(answers, memoryview(content))
    return bytes(content)


def description_from(answers: IO[bytes]) -> Any:
    return _message(answers, _LONGEST_DESCRIPTION).get("described")


def read_into(pipe: IO[bytes], target: memoryview) -> None:
    while target:
        got = pipe.readinto(target)  # type: ignore[attr-defined]
        if not got:
            raise DecoderGone
        target = target[got:]


def pipe_of(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise DecoderGone
    return pipe


def _names(said: list[Any]) -> tuple[str, ...]:
    """Return names that are printed: a child that was taken over must not write to a terminal."""
    if not all(isinstance(name, str) and name.isprintable() for name in said):
        raise DecoderGone
    return tuple(said)


def _pieces(
    child: subprocess.Popen[bytes], request: dict[str, Any], handle: BinaryIO, path: Path
) -> Iterator[bytes]:
    handle.seek(0)
    size = request["size"]
    while size > 0:
        try:
            piece = handle.read(min(size, PIPE_BYTES))
        except BaseException as cause:
            _stop(child)  # it waits for the rest
            if isinstance(cause, OSError):
                raise unopened(path, cause) from cause
            raise
        if not piece:  # the file shrank, or has less than its archive says
            _stop(child)
            raise damaged(path, request["kind"])
        yield piece
        size -= len(piece)


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.wait()  # or the next file would be sent to it while it dies


def _message(answers: IO[bytes], longest: int) -> dict[str, Any]:
    """Return what the child says, or raise what it refuses with."""
    head = bytearray(SIZE_BYTES)
    read_into(answers, memoryview(head))
    length = int.from_bytes(head, "big")
    if length > longest:
        raise DecoderGone
    text = bytearray(length)
    read_into(answers, memoryview(text))
    try:
        message: dict[str, Any] = json.loads(text)
        refusal = _refusal(message)
    except (LookupError, RecursionError, TypeError, ValueError) as cause:
        raise DecoderGone from cause
    if refusal is not None:
        raise refusal
    return message


def _refusal(message: dict[str, Any]) -> Exception | None:
    if "problem" in message:
        return UnreadableImage(str(message["problem"]), str(message["remedy"]))
    if "fault" in message:
        return RuntimeError(f"The decoder failed:\n{message['fault']}")
    return None


def _write(pipe: IO[bytes], data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[pipe.write(rest) or 0 :]
