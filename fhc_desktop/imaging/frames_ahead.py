"""Frames of one clip, decoded before they are shown: off the window’s thread, in bounded memory."""

import threading
import time
from collections.abc import Sequence

from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage
from fhc_desktop.imaging.loader import LoadedImage, Loader
from fhc_desktop.imaging.unreadable import UnreadableImage, written_meanwhile

# Some twenty frames of a large colour clip, all of most grey ones.
MOST_BYTES = 64 * 2**20


class FramesAhead:
    """Decodes the frames that are wanted next and keeps as many as there is room for.

    Every frame is of the file with the digest of ``source``; one of another file is none. A frame
    that cannot be read is passed over. The thread ends with ``close``, at the latest after the
    frame that it has begun.
    """

    def __init__(
        self, loader: Loader, source: ImageSource, *, most_bytes: int = MOST_BYTES
    ) -> None:
        self._loader = loader
        self._source = source
        self._most_bytes = most_bytes
        self._kept: dict[int, LoadedImage] = {}
        self._broken: dict[int, UnreadableImage] = {}
        self._wanted: tuple[int, ...] = ()
        self._seconds_each = 0.0
        self._is_closed = False
        self._fault: Exception | None = None  # our own, for who asks next
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._work, name="frames", daemon=True)
        self._thread.start()

    @property
    def seconds_each(self) -> float:
        """How long the last frame took to decode; 0 before the first."""
        return self._seconds_each

    @property
    def kept_bytes(self) -> int:
        """How much memory the frames take."""
        with self._changed:
            return self._bytes()

    @property
    def problem(self) -> UnreadableImage | None:
        """Why none of the frames that are wanted can be read; None while one of them may."""
        with self._changed:
            self._raise_fault()
            lost = [self._broken.get(frame) for frame in self._wanted]
            return None if not lost or None in lost else lost[0]

    def want(self, frames: Sequence[int]) -> None:
        """Have these frames decoded, the first of them first; no other will be missed."""
        with self._changed:
            self._wanted = tuple(frames)
            self._changed.notify_all()

    def get(self, frame: int) -> LoadedImage | None:
        """Return a frame if it is there."""
        with self._changed:
            return self._kept.get(frame)

    def wait_for(self, frame: int) -> LoadedImage | None:
        """Wait for a frame that is wanted; None where it is closed before.

        Raises:
            UnreadableImage: the frame cannot be read.
        """
        with self._changed:
            self._changed.wait_for(
                lambda: self._is_closed or frame in self._kept or frame in self._broken
            )
            self._raise_fault()
            if frame in self._broken:
                raise self._broken[frame]
            return self._kept.get(frame)

    def close(self) -> None:
        """Decode no more and let go of all frames; returns at once."""
        with self._changed:
            self._is_closed = True
            self._kept.clear()
            self._changed.notify_all()

    def _work(self) -> None:
        try:
            self._decode()
        except Exception as fault:  # noqa: BLE001 - it belongs to whoever waits for a frame
            with self._changed:
                self._fault, self._is_closed = fault, True
                self._changed.notify_all()

    def _raise_fault(self) -> None:
        if self._fault is not None:
            raise self._fault

    def _decode(self) -> None:
        while (frame := self._next()) is not None:
            started = time.perf_counter()
            read = self._read(frame)
            with self._changed:
                if isinstance(read, UnreadableImage):
                    self._broken[frame] = read
                elif not self._is_closed:
                    self._kept[frame] = read
                    self._seconds_each = time.perf_counter() - started
                self._changed.notify_all()

    def _read(self, frame: int) -> LoadedImage | UnreadableImage:
        path = self._source.path
        try:
            loaded = self._loader.load(path, frame=frame)
        except UnreadableImage as problem:
            return problem
        is_same = loaded.image.source.sha256 == self._source.sha256
        return loaded if is_same else written_meanwhile(path)

    def _next(self) -> int | None:
        """Wait for a frame that is wanted, missing and has room; None when it is time to end."""
        with self._changed:
            while not self._is_closed:
                missing = [one for one in self._wanted if one not in self._kept | self._broken]
                if missing and self._has_room():
                    return missing[0]
                self._changed.wait()
        return None

    def _has_room(self) -> bool:
        """Let go of what nobody wants, as far as the next frame needs its place."""
        largest = max((_bytes(one.image) for one in self._kept.values()), default=0)
        for frame in sorted(self._kept.keys() - set(self._wanted)):
            if self._bytes() + largest <= self._most_bytes:
                break
            del self._kept[frame]
        return self._bytes() + largest <= self._most_bytes

    def _bytes(self) -> int:
        return sum(_bytes(one.image) for one in self._kept.values())


def _bytes(image: UltrasoundImage) -> int:
    return image.gray.nbytes + (0 if image.color is None else image.color.nbytes)
