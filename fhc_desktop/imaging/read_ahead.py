"""ReadAhead: an image that is read before the program is there that asks for it."""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Generic, TypeVar

from fhc_desktop.imaging.sandbox.bare_picture import BarePicture
from fhc_desktop.imaging.unreadable import IsWanted, no_longer_wanted

if TYPE_CHECKING:
    from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage

T = TypeVar("T")
_LOOKS_EVERY_S = 0.05
# For as long a picture to look at has the processor for itself.
_SEEN_WITHIN_S = 0.05


class ReadAhead(Generic[T]):
    """What becomes of a file, found on a thread of its own.

    ``stamp`` changes whenever the file is written again. ``read`` is given this object, to show it
    what there is to look at and to ask it whether anybody still wants the answer.
    """

    def __init__(
        self, path: Path, stamp: tuple[int, ...], read: Callable[["ReadAhead[T]"], T]
    ) -> None:
        self.path, self.stamp = path, stamp
        self._read = read
        self._bare: BarePicture | None = None
        self._picture: UltrasoundImage | None = None
        self._is_given_up, self._is_there, self._is_seen = Event(), Event(), Event()
        self._answer: Future[T] = Future()
        Thread(target=self._work, name="ahead", daemon=True).start()

    @property
    def bare(self) -> BarePicture | None:
        """The newest picture of it, to be looked at and for nothing else; None before the first."""
        return self._bare

    @property
    def picture(self) -> "UltrasoundImage | None":
        """The same as the program knows pictures, a moment later."""
        return self._picture

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes: it has been read, or cannot be."""
        return self._answer.done()

    def show(self, bare: BarePicture) -> None:
        """Show it pixels, and let whoever looks have a moment for them."""
        self._bare = bare
        self._is_there.set()
        self._is_seen.wait(_SEEN_WITHIN_S)

    def know(self, picture: "UltrasoundImage") -> None:
        """Tell it the same picture, in the shape that it has by all that is known."""
        bare = self._bare
        if bare is not None and bare.pixel_aspect != picture.pixel_aspect:
            self._bare = replace(bare, pixel_aspect=picture.pixel_aspect)
        self._picture = picture

    def note_seen(self) -> None:
        """Note that the picture is on the screen: whoever waits for that may go on."""
        self._is_seen.set()

    def wait_until_there(self, seconds: float) -> bool:
        """Wait until there is something to look at, but no longer than that; whether there is."""
        return self._is_there.wait(seconds) and self._bare is not None

    def wait_until_seen(self, seconds: float) -> None:
        """Wait until it is, or there will be nothing to see, but no longer than that."""
        self._is_seen.wait(seconds)

    def is_wanted(self) -> bool:
        return not self._is_given_up.is_set()

    def give_up(self) -> None:
        """Want it no more; whoever waits for it is told so."""
        self._is_given_up.set()

    def answer(self, is_wanted: IsWanted) -> T:
        """Wait for what was read.

        Raises:
            UnreadableImage: what is wrong with the file, or that it is not wanted any more.
        """
        while True:
            with suppress(TimeoutError):
                return self._answer.result(_LOOKS_EVERY_S)
            if not is_wanted():
                self.give_up()
                raise no_longer_wanted(self.path)

    def _work(self) -> None:
        try:
            self._answer.set_result(self._read(self))
        except Exception as fault:  # noqa: BLE001 - it belongs to whoever asks for the image
            self._answer.set_exception(fault)
        self._is_there.set()
        self._is_seen.set()
