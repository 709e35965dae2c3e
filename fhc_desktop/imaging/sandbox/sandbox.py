"""Files of unknown origin are decoded in a child process, which may die without harm.

A native codec's crash, a hang and a bomb in a file cannot be caught inside this process. The child
stays for the next file; it is replaced when it has died.
"""

import math
import os
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, Thread, Timer
from typing import IO, TYPE_CHECKING, Any, BinaryIO, TypeVar

from fhc_desktop.imaging.files.file_kind import DICOM_DOCUMENT
from fhc_desktop.imaging.sandbox.bare_picture import BarePicture
from fhc_desktop.imaging.sandbox.conversation import (
    DecoderGone,
    copy_from,
    description_from,
    document_from,
    picture_from,
    pipe_of,
    post,
    read_into,
    send,
)
from fhc_desktop.imaging.sandbox.protocol import (
    DEIDENTIFY,
    DESCRIBE,
    DOCUMENT,
    GLANCE,
    GREETING,
    PICTURE,
)
from fhc_desktop.imaging.unreadable import (
    IsWanted,
    UnreadableImage,
    always,
    no_longer_wanted,
    shown_name,
    written_meanwhile,
)
from fhc_desktop.own_process import DECODER, DECODER_FLAG, begin_unheard, own_command, widen

if TYPE_CHECKING:
    from fhc_desktop.imaging.deidentified.wish import DeidentifiedFile, Wish
    from fhc_desktop.imaging.pixels.decoded_picture import DecodedPicture

T = TypeVar("T")
Show = Callable[[BarePicture], None]

SECONDS_TO_DECODE = 10.0
_LOOKS_EVERY_S = 0.1
# Of a picture that nobody waits for any more: most are there sooner than a fresh child would be.
_SECONDS_UNWANTED = 0.3
_SECONDS_TO_START = 60.0


def decoder_command() -> list[str]:
    """Return how the child is started: this Python, without the program that runs in it."""
    return own_command(DECODER_FLAG, DECODER)


class Sandbox:
    """One child process that decodes one file at a time; any thread may ask.

    The child is started for the first file, and ends when it is closed or when this process ends.
    ``command`` starts the child; None is this program's own decoder. ``begun`` is one that was
    begun before.
    """

    def __init__(
        self,
        command: list[str] | None = None,
        *,
        seconds: float = SECONDS_TO_DECODE,
        begun: subprocess.Popen[bytes] | None = None,
    ) -> None:
        self._command = command
        self._seconds = seconds
        self._begun = begun
        self._child: subprocess.Popen[bytes] | None = None
        self._held = ""  # the digest of the file that the child still has
        self._one_at_a_time = Lock()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forget)

    @property
    def process_id(self) -> int | None:
        """The child's, None while there is none."""
        return None if self._child is None else self._child.pid

    def decode(
        self,
        handle: BinaryIO,
        path: Path,
        kind: str,
        *,
        frame: int,
        is_wanted: IsWanted = always,
        show: Show | None = None,
    ) -> "tuple[DecodedPicture, str]":
        """Return one frame of an open file of a known kind, and the SHA-256 of what was decoded.

        ``show`` is given its pixels before.
        The file is kept for its next frame, and asked for again by that digest. As soon as the
        picture is not wanted any more the child is ended, for whoever wants another one next.

        Raises:
            UnreadableImage: what is wrong with the file, that it ended its decoder, or that it was
                not wanted any more.
        """
        size = handle.seek(0, os.SEEK_END)
        request = {"task": PICTURE, "kind": kind, "frame": frame, "size": size}

        def ask(child: subprocess.Popen[bytes]) -> "tuple[DecodedPicture, str]":
            self._held = ""
            sha256 = send(child, request, handle, path)
            picture = picture_from(pipe_of(child.stdout), show)
            self._held = sha256
            return picture, sha256

        with self._one_at_a_time:
            return self._asked(path, ask, is_wanted)

    def glance(
        self,
        handle: BinaryIO,
        path: Path,
        kind: str,
        *,
        most_bytes: int,
        show: Show | None = None,
    ) -> "DecodedPicture | None":
        """Return the first frame as the beginning of a file has it, None where that is too little.

        It has no digest: nobody knows what the rest holds.
        """
        size = min(handle.seek(0, os.SEEK_END), most_bytes)
        request = {"task": GLANCE, "kind": kind, "frame": 1, "size": size}

        def ask(child: subprocess.Popen[bytes]) -> "DecodedPicture":
            self._held = ""
            send(child, request, handle, path)
            return picture_from(pipe_of(child.stdout), show)

        with self._one_at_a_time, suppress(UnreadableImage):
            return self._asked(path, ask)
        return None

    def decode_again(
        self, sha256: str, path: Path, kind: str, *, frame: int
    ) -> "DecodedPicture | None":
        """Return another frame of the file that was decoded last; None where that was another.

        Raises:
            UnreadableImage: what is wrong with the file, or that it ended its decoder.
        """
        request = {"task": PICTURE, "kind": kind, "frame": frame, "size": None}

        def ask(child: subprocess.Popen[bytes]) -> "DecodedPicture":
            post(child, request, path)
            return picture_from(pipe_of(child.stdout))

        with self._one_at_a_time:
            is_held = self._held == sha256 != "" and self.process_id is not None
            if not is_held or self._child is None or self._child.poll() is not None:
                return None
            return self._asked(path, ask)

    def describe(self, handle: BinaryIO, path: Path, kind: str, *, most_bytes: int) -> Any:
        """Return what the beginning of a file says of what is in it: see ``decoder.describe``.

        Raises:
            UnreadableImage: what is wrong with the file, or that it ended its decoder.
        """
        size = min(handle.seek(0, os.SEEK_END), most_bytes)
        request = {"task": DESCRIBE, "kind": kind, "size": size}
        return self._told(request, handle, path, description_from)

    def document(self, handle: BinaryIO, path: Path, *, most_bytes: int) -> bytes:
        """Return the PDF that an open file of DICOM holds.

        Raises:
            UnreadableImage: what is wrong with the file, or that it ended its decoder.
        """
        size = min(handle.seek(0, os.SEEK_END), most_bytes)
        request = {"task": DOCUMENT, "kind": DICOM_DOCUMENT, "size": size}
        return self._told(request, handle, path, document_from)

    def _told(
        self,
        request: dict[str, Any],
        handle: BinaryIO,
        path: Path,
        answer_from: Callable[[IO[bytes]], T],
    ) -> T:
        """Hand a file over and return what is read of the answer; the file is not held after."""

        def ask(child: subprocess.Popen[bytes]) -> T:
            self._held = ""
            send(child, request, handle, path)
            return answer_from(pipe_of(child.stdout))

        with self._one_at_a_time:
            return self._asked(path, ask)

    def deidentify(
        self, handle: BinaryIO, path: Path, kind: str, wish: "Wish"
    ) -> "DeidentifiedFile":
        """Return the de-identified copy of an open file of a known kind.

        Raises:
            UnreadableImage: what is wrong with the file, that it ended its decoder, or that it is
                no longer the one that was wished for by its digest.
        """
        size = handle.seek(0, os.SEEK_END)
        request = {"task": DEIDENTIFY, "kind": kind, "size": size, "wish": wish.to_message()}

        def ask(child: subprocess.Popen[bytes]) -> "DeidentifiedFile":
            self._held = ""
            sha256 = send(child, request, handle, path)
            made = copy_from(pipe_of(child.stdout))
            if sha256 != wish.file_digest:
                raise written_meanwhile(path)
            return made

        with self._one_at_a_time:
            return self._asked(path, ask)

    def _asked(
        self,
        path: Path,
        ask: Callable[[subprocess.Popen[bytes]], T],
        is_wanted: IsWanted = always,
    ) -> T:
        """Put a question to the child, which is ended when it takes too long over it."""
        child = self._started(path)
        watch = _Watch(child, path, self._seconds, is_wanted)
        try:
            return ask(child)
        except UnreadableImage:
            raise
        except (DecoderGone, OSError) as cause:
            self._end()
            raise (watch.refusal or _fatal(path)) from cause
        except BaseException:
            self._end()  # what it still has to say belongs to nobody
            raise
        finally:
            watch.end()
            if watch.refusal is not None:
                self._end()  # or the next file would be sent to it while it dies

    def start(self) -> None:
        """Have the child before there is a file; on a thread, and where it cannot be, not at all.

        Whoever hands over a file meanwhile waits for it, and says what is wrong with it.
        """
        Thread(target=self._start_early, name="decoder", daemon=True).start()

    def close(self) -> None:
        """End the child; the next file starts another."""
        with self._one_at_a_time:
            if self._begun is not None:
                self._child, self._begun = self._begun, None
            self._end()

    def _started(self, path: Path) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._end()
        begun, self._begun = self._begun, None
        if begun is not None:
            with suppress(OSError, DecoderGone):
                self._child = _ready(begun)
                return self._child
        try:
            self._child = _ready(begin_unheard(self._command or decoder_command()))
        except (OSError, ValueError, DecoderGone) as cause:
            raise UnreadableImage(
                f"{shown_name(path)} cannot be opened safely: this system does not let the "
                "program start its decoder.",
                "Ask whoever looks after this computer to let FHC Desktop start a second process.",
            ) from cause
        return self._child

    def _start_early(self) -> None:
        with self._one_at_a_time, suppress(UnreadableImage):
            self._started(Path())

    def _end(self) -> None:
        child, self._child = self._child, None
        self._held = ""
        if child is not None:
            child.kill()
            child.wait()
            _close_pipes(child)

    def _forget(self) -> None:
        """Leave the child to the process that started it: this one is a fork of that."""
        child, self._child, self._begun = self._child or self._begun, None, None
        self._held = ""
        self._one_at_a_time = Lock()
        if child is not None:
            _close_pipes(child)
            child.returncode = 0


def _ready(child: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
    """Wait until a child that was begun can be asked, and return it.

    Raises:
        OSError, DecoderGone: it cannot, and is ended.
    """
    widen(child)
    watch = Timer(_SECONDS_TO_START, child.kill)
    watch.daemon = True
    watch.start()
    try:
        greeting = bytearray(len(GREETING))
        read_into(pipe_of(child.stdout), memoryview(greeting))
        if greeting != GREETING:
            raise DecoderGone  # noqa: TRY301
    except BaseException:
        child.kill()
        child.wait()
        _close_pipes(child)
        raise
    finally:
        watch.cancel()
    return child


class _Watch:
    """Ends a child that takes too long over its answer, or whose answer nobody wants any more."""

    def __init__(
        self, child: subprocess.Popen[bytes], path: Path, seconds: float, is_wanted: IsWanted
    ) -> None:
        self.refusal: UnreadableImage | None = None  # why the child was ended
        self._child, self._path = child, path
        self._seconds, self._ends = seconds, time.monotonic() + seconds
        self._is_wanted = is_wanted
        self._unwanted_since = math.inf
        self._is_over, self._looking = Event(), Lock()
        Thread(target=self._look, name="watch", daemon=True).start()

    def end(self) -> None:
        """Look no more: whatever the child gets from now on is not this one's matter."""
        with self._looking:
            self._is_over.set()

    def _look(self) -> None:
        while not self._is_over.wait(max(0.0, min(_LOOKS_EVERY_S, self._ends - time.monotonic()))):
            with self._looking:
                if self._is_over.is_set():
                    return
                if time.monotonic() >= self._ends:
                    self.refusal = _too_slow(self._path, self._seconds)
                elif self._is_given_up():
                    self.refusal = no_longer_wanted(self._path)
                if self.refusal is not None:
                    self._child.kill()
                    return

    def _is_given_up(self) -> bool:
        now = time.monotonic()
        if not self._is_wanted():
            self._unwanted_since = min(self._unwanted_since, now)
        return now - self._unwanted_since >= _SECONDS_UNWANTED


def _close_pipes(child: subprocess.Popen[bytes]) -> None:
    for pipe in (child.stdin, child.stdout):
        with suppress(OSError):
            pipe_of(pipe).close()


def _fatal(path: Path) -> UnreadableImage:
    return UnreadableImage(
        f"{shown_name(path)} ended the decoder: it is damaged, or made to do harm.",
        "Export the image again from the scanner, or copy the file again.",
    )


def _too_slow(path: Path, seconds: float) -> UnreadableImage:
    return UnreadableImage(
        f"{shown_name(path)} was given up: decoding it took more than {seconds:g} seconds.",
        "Export it as an ordinary 8-bit still or cine from the scanner.",
    )
