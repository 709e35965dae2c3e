"""Files of unknown origin are decoded in a child process, which may die without harm.

A native codec's crash, a hang and a bomb in a file cannot be caught inside this process. The child
stays for the next file; it is replaced when it has died.
"""

import os
import subprocess
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Lock, Timer
from typing import Any, BinaryIO, TypeVar

from fhc_desktop.imaging.deidentified.file import DeidentifiedFile, Wish
from fhc_desktop.imaging.pixels.decoded_picture import DecodedPicture
from fhc_desktop.imaging.sandbox.conversation import (
    PIECE_BYTES,
    DecoderGone,
    copy_from,
    description_from,
    picture_from,
    pipe_of,
    post,
    read_into,
    send,
)
from fhc_desktop.imaging.sandbox.decoder import (
    DEIDENTIFY,
    DESCRIBE,
    GREETING,
    PICTURE,
)
from fhc_desktop.imaging.unreadable import (
    UnreadableImage,
    shown_name,
    written_meanwhile,
)
from fhc_desktop.own_process import DECODER_FLAG, own_command

T = TypeVar("T")

SECONDS_TO_DECODE = 10.0
_SECONDS_TO_START = 60.0


def decoder_command() -> list[str]:
    """Return how the child is started: this Python, without the program that runs in it."""
    return own_command(DECODER_FLAG, "fhc_desktop.imaging.sandbox.decoder")


class Sandbox:
    """One child process that decodes one file at a time; any thread may ask.

    The child is started for the first file, and ends when it is closed or when this process ends.
    ``command`` starts the child; None is this program's own decoder.
    """

    def __init__(
        self, command: list[str] | None = None, *, seconds: float = SECONDS_TO_DECODE
    ) -> None:
        self._command = command
        self._seconds = seconds
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
        self, handle: BinaryIO, path: Path, kind: str, *, frame: int
    ) -> tuple[DecodedPicture, str]:
        """Return one frame of an open file of a known kind, and the SHA-256 of what was decoded.

        The file is kept for its next frame, and asked for again by that digest.

        Raises:
            UnreadableImage: what is wrong with the file, or that it ended its decoder.
        """
        size = handle.seek(0, os.SEEK_END)
        request = {"task": PICTURE, "kind": kind, "frame": frame, "size": size}

        def ask(child: subprocess.Popen[bytes]) -> tuple[DecodedPicture, str]:
            self._held = ""
            sha256 = send(child, request, handle, path)
            picture = picture_from(pipe_of(child.stdout))
            self._held = sha256
            return picture, sha256

        with self._one_at_a_time:
            return self._asked(path, ask)

    def decode_again(
        self, sha256: str, path: Path, kind: str, *, frame: int
    ) -> DecodedPicture | None:
        """Return another frame of the file that was decoded last; None where that was another.

        Raises:
            UnreadableImage: what is wrong with the file, or that it ended its decoder.
        """
        request = {"task": PICTURE, "kind": kind, "frame": frame, "size": None}

        def ask(child: subprocess.Popen[bytes]) -> DecodedPicture:
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

        def ask(child: subprocess.Popen[bytes]) -> Any:
            self._held = ""
            send(child, request, handle, path)
            return description_from(pipe_of(child.stdout))

        with self._one_at_a_time:
            return self._asked(path, ask)

    def deidentify(self, handle: BinaryIO, path: Path, kind: str, wish: Wish) -> DeidentifiedFile:
        """Return the de-identified copy of an open file of a known kind.

        Raises:
            UnreadableImage: what is wrong with the file, that it ended its decoder, or that it is
                no longer the one that was wished for by its digest.
        """
        size = handle.seek(0, os.SEEK_END)
        request = {"task": DEIDENTIFY, "kind": kind, "size": size, "wish": wish.to_message()}

        def ask(child: subprocess.Popen[bytes]) -> DeidentifiedFile:
            self._held = ""
            sha256 = send(child, request, handle, path)
            made = copy_from(pipe_of(child.stdout))
            if sha256 != wish.file_digest:
                raise written_meanwhile(path)
            return made

        with self._one_at_a_time:
            return self._asked(path, ask)

    def _asked(self, path: Path, ask: Callable[[subprocess.Popen[bytes]], T]) -> T:
        """Put a question to the child, which is ended when it takes too long over it."""
        child = self._started(path)
        expired: list[float] = []
        watch = Timer(self._seconds, partial(_give_up, child, expired, self._seconds))
        watch.daemon = True
        watch.start()
        try:
            return ask(child)
        except UnreadableImage:
            raise
        except (DecoderGone, OSError) as cause:
            self._end()
            raise (_too_slow(path, self._seconds) if expired else _fatal(path)) from cause
        except BaseException:
            self._end()  # what it still has to say belongs to nobody
            raise
        finally:
            watch.cancel()

    def close(self) -> None:
        """End the child; the next file starts another."""
        with self._one_at_a_time:
            self._end()

    def _started(self, path: Path) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._end()
        try:
            self._child = _start(self._command or decoder_command())
        except (OSError, ValueError, DecoderGone) as cause:
            raise UnreadableImage(
                f"{shown_name(path)} cannot be opened safely: this system does not let the "
                "program start its decoder.",
                "Ask whoever looks after this computer to let FHC Desktop start a second process.",
            ) from cause
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        self._held = ""
        if child is not None:
            child.kill()
            child.wait()
            _close_pipes(child)

    def _forget(self) -> None:
        """Leave the child to the process that started it: this one is a fork of that."""
        child, self._child = self._child, None
        self._held = ""
        self._one_at_a_time = Lock()
        if child is not None:
            _close_pipes(child)
            child.returncode = 0


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    # Threads of numpy's algebra would each reserve memory that the limit counts.
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    child = subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # the codecs' complaints quote the file
        bufsize=0,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    _widen(child)
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


def _give_up(child: subprocess.Popen[bytes], expired: list[float], seconds: float) -> None:
    expired.append(seconds)
    child.kill()


def _close_pipes(child: subprocess.Popen[bytes]) -> None:
    for pipe in (child.stdin, child.stdout):
        with suppress(OSError):
            pipe_of(pipe).close()


def _widen(child: subprocess.Popen[bytes]) -> None:
    """Let a whole picture pass at once: each turn of two processes costs time on a busy machine."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl  # noqa: PLC0415 - not on Windows

        for pipe in (child.stdin, child.stdout):
            fcntl.fcntl(pipe_of(pipe), fcntl.F_SETPIPE_SZ, PIECE_BYTES)


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
