"""Readers: what reads the files of one program, made where the program is built and handed down."""

from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from fhc_desktop.imaging.loader import Loader
from fhc_desktop.imaging.sandbox.sandbox import Sandbox

if TYPE_CHECKING:
    from subprocess import Popen

    from fhc_desktop.imaging.reports import Reports

# Every frame of a cine takes longer than one.
_SECONDS_TO_COPY = 120.0


def reading(file: Path, begun: "Popen[bytes] | None" = None) -> "Readers":
    """Return readers that read a file on a thread before anybody asks for it.

    ``begun`` is its decoder's process where that was begun before.
    """
    readers = Readers(begun)
    readers.images.read_ahead(file)
    return readers


class Readers:
    """One child process for each kind of work, started when there is some.

    A catalogue, a thumbnail or a copy that takes its time must not keep the image waiting that is
    opened. ``images`` opens images, ``catalogues`` lists places and makes thumbnails, ``copies``
    makes de-identified copies, ``reports`` reads reports and finds those beside an image. ``begun``
    is the process for images where it was begun before.
    """

    def __init__(self, begun: "Popen[bytes] | None" = None) -> None:
        self._opening = Sandbox(begun=begun)
        self.images = Loader(self._opening)
        self.catalogues = Sandbox()
        self.copies = Sandbox(seconds=_SECONDS_TO_COPY)

    @cached_property
    def reports(self) -> "Reports":
        # Imported here: the first image need not wait for what tells of reports.
        from fhc_desktop.imaging.reports import Reports  # noqa: PLC0415

        return Reports(self.catalogues)

    @property
    def process_ids(self) -> tuple[int, ...]:
        """Those of the child processes that there are."""
        found = (one.process_id for one in (self._opening, self.catalogues, self.copies))
        return tuple(one for one in found if one is not None)

    def start(self) -> None:
        """Have the process that opens images before there is one to open; returns at once."""
        self._opening.start()

    def close(self) -> None:
        """End the child processes; the next file starts another."""
        for sandbox in (self._opening, self.catalogues, self.copies):
            sandbox.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
