"""The looker: the networks in a process of their own, for a window that goes on beside them."""

import pickle
import subprocess
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread
from types import TracebackType
from typing import IO, BinaryIO, Self, cast

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.proposal import ModelIdentity, Proposal
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.own_process import LOOKER, LOOKER_FLAG, begin_in_a_group, own_command, widen
from fhc_desktop.workflow.looking import (
    Answer,
    Breakdown,
    Bundle,
    Loading,
    Picture,
    Question,
    Refusal,
)

# What ends a looker is more often the system, short of memory, than the picture.
_TRIES = 2


class NothingSaid(FhcError):  # noqa: N818 - named for what the user meets
    """The model cannot be used, or had no word on a picture."""


class _Gone(Exception):  # noqa: N818 - named for what happened
    """The looker has ended before its answer."""


@dataclass(frozen=True, slots=True)
class _Ahead:
    picture: Picture
    said: Future[Proposal]


class LookerProcess:
    """A bundle's networks, the shipped one's without a ``model``; any thread may ask.

    The process is there from the first question on, is replaced when it has ended, and ends when it
    is closed or when this one ends. ``device`` is "auto", "cpu", "cuda" or "mps"; ``command``
    starts it, None is this program's own; ``begun`` is one that has been started already.
    """

    def __init__(
        self,
        model: Path | None = None,
        device: str = "auto",
        command: list[str] | None = None,
        begun: subprocess.Popen[bytes] | None = None,
    ) -> None:
        self._bundle = Bundle(model, device)
        self._command = command
        self._identity: ModelIdentity | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._begun = begun
        self._ahead: _Ahead | None = None
        self._is_closed = False
        self._one_at_a_time, self._starting = Lock(), Lock()

    @property
    def identity(self) -> ModelIdentity | None:
        """Which weights these are; None until they have been loaded."""
        return self._identity

    @property
    def process_id(self) -> int | None:
        """The looker's; None while there is none."""
        child = self._child
        return None if child is None else child.pid

    def propose(self, image: UltrasoundImage) -> Proposal:
        """Return the model's word on an image.

        Raises:
            NothingSaid: the model cannot be used, or looking at this image ended it.
        """
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead.picture.shows(image):
            return ahead.said.result()
        return self._proposed(Picture.of(image))

    def propose_ahead(self, image: UltrasoundImage) -> None:
        """Begin to look at an image that will be asked about; returns at once."""
        ahead = _Ahead(Picture.of(image), Future())

        def look() -> None:
            try:
                ahead.said.set_result(self._proposed(ahead.picture))
            except Exception as fault:  # noqa: BLE001 - it belongs to whoever asks
                ahead.said.set_exception(fault)

        self._ahead = ahead
        Thread(target=look, name="ahead", daemon=True).start()

    def warm_up(self) -> None:
        """Have the networks before there is a picture; what is wrong with them is said then."""
        with suppress(FhcError):
            self._asked(Loading())

    def close(self) -> None:
        """End the process, whatever it does, and start no other."""
        with self._starting:
            self._is_closed = True
            # Also one that nobody has asked anything.
            self._child, self._begun = self._child or self._begun, None
            if self._child is not None:
                self._child.kill()
        with self._one_at_a_time:
            self._bury()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _proposed(self, picture: Picture) -> Proposal:
        said = self._asked(picture)
        if not isinstance(said, Proposal):
            raise TypeError(type(said))
        return said

    def _asked(self, question: Question) -> Proposal | ModelIdentity:
        with self._one_at_a_time:
            answer = self._answer(question)
        match answer:
            case Breakdown():
                raise RuntimeError(f"The looker failed:\n{answer.trace}")
            case Refusal():
                raise NothingSaid(answer.problem, answer.remedy)
            case Proposal():
                self._identity = answer.model
            case ModelIdentity():
                self._identity = answer
        return answer

    def _answer(self, question: Question) -> Answer:
        for _ in range(_TRIES):
            try:
                return self._answered(question)
            except _Gone:
                self._bury()
            except OSError as cause:
                raise _not_started() from cause
        raise _fatal(question)

    def _answered(self, question: Question) -> Answer:
        child = self._started()
        try:
            _send(question, child)
            # From our own program, which decodes nothing that comes from elsewhere.
            answer: Answer = pickle.load(_pipe_of(child.stdout))  # noqa: S301
        except (OSError, EOFError, pickle.UnpicklingError) as cause:
            raise _Gone from cause
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        with self._starting:
            if self._is_closed:
                raise _Gone
            if self._child is None:
                self._child, self._begun = self._begun or self._new(), None
                widen(self._child)
                # One that has ended already says so by the question that it is asked.
                with suppress(OSError):
                    _send(self._bundle, self._child)
            return self._child

    def _new(self) -> subprocess.Popen[bytes]:
        command = self._command or own_command(LOOKER_FLAG, LOOKER)
        return begin_in_a_group(command, is_heard=False)

    def _bury(self) -> None:
        """Leave nothing of a process that has ended, or is to."""
        with self._starting:
            child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                with suppress(OSError):
                    _pipe_of(pipe).close()


def _send(what: Question | Bundle, child: subprocess.Popen[bytes]) -> None:
    pipe = _pipe_of(child.stdin)
    pickle.dump(what, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def _pipe_of(pipe: IO[bytes] | None) -> BinaryIO:
    if pipe is None:
        raise _Gone
    return cast("BinaryIO", pipe)


def _fatal(question: Question) -> NothingSaid:
    if isinstance(question, Loading):
        return NothingSaid(
            "The model ended while it was loaded, twice.",
            "Close other programs, the memory may not be enough, and start FHC Desktop again.",
        )
    return NothingSaid(
        "The model ended while it looked at this image, twice, and said nothing of it.",
        "Draw the outline by hand; or close other programs, the memory may not be enough, and open "
        "the image again.",
    )


def _not_started() -> NothingSaid:
    return NothingSaid(
        "The model says nothing: this system does not let the program start another process.",
        "Draw the outline by hand, and ask whoever looks after this computer to let FHC Desktop "
        "start one.",
    )
