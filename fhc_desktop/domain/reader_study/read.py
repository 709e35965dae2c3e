"""A read: what one reader said of one place in her list, and which of her words count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fhc_desktop.domain.image.calibration import Calibration
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.measurement import HeadMeasurement, measure_head
from fhc_desktop.domain.reader_study.reader_study import ReaderStudy


@dataclass(frozen=True, slots=True)
class Read:
    """An outline that a reader accepted, or None where she said that nothing can be measured.

    ``place`` counts from 1 in her list; ``picture`` is its code and ``picture_sha256`` the digest
    of the file that she saw. ``calibration`` is the scale that the file gave for the outline.
    ``said`` is the model's outline, None where it was not shown or offered none. ``seconds`` is how
    long the picture was on the screen. ``list_sha256`` is the digest of the study that she read.
    """

    reader: str
    place: int
    picture: str
    picture_sha256: str
    read_at: datetime
    seconds: float
    outline_px: Ellipse | None
    calibration: Calibration | None
    said: Ellipse | None
    is_proposal_shown: bool
    are_numbers_shown: bool
    list_sha256: str
    software_version: str

    @property
    def measurement(self) -> HeadMeasurement | None:
        """The millimetres; None without an outline or a scale."""
        if self.outline_px is None or self.calibration is None:
            return None
        return measure_head(self.outline_px, self.calibration)

    @property
    def hc_mm(self) -> float | None:
        return None if self.measurement is None else self.measurement.hc_mm


@dataclass(frozen=True, slots=True)
class UnfinishedRead:
    """An outline that its reader has not accepted yet, and the place of her list that it is of."""

    place: int
    outline_px: Ellipse | None


def own_reads(study: ReaderStudy, reader: str, reads: Iterable[Read]) -> tuple[Read, ...]:
    """Return those reads of a file that are this reader's, of the pictures of her own list.

    Others came by a mistake: a file was renamed, or copied from another study.
    """
    codes = study.codes_of(reader)
    return tuple(
        read
        for read in reads
        if read.reader == reader
        and 1 <= read.place <= len(codes)
        and read.picture == codes[read.place - 1]
        and read.picture_sha256 == study.picture(read.picture).sha256
    )


def reads_in_force(reads: Iterable[Read]) -> dict[int, Read]:
    """Return a reader's last word on each place of her list: an earlier one stays on file."""
    return {read.place: read for read in reads}


def next_place(study: ReaderStudy, reader: str, reads: Iterable[Read]) -> int | None:
    """Return the first place of a reader's list that she has not read; None where she has all."""
    done = reads_in_force(own_reads(study, reader, reads))
    places = range(1, len(study.codes_of(reader)) + 1)
    return next((place for place in places if place not in done), None)


def occasions_mm(
    codes: Sequence[str], in_force: Mapping[int, Read]
) -> tuple[dict[str, float], dict[str, float]]:
    """Return a reader's HC in mm by picture, of the first time and the second time in her list.

    What was not read, not measurable or has no scale is in neither.
    """
    first: dict[str, float] = {}
    second: dict[str, float] = {}
    met: set[str] = set()
    for place, code in enumerate(codes, start=1):
        target = second if code in met else first
        met.add(code)
        read = in_force.get(place)
        if read is not None and read.hc_mm is not None:
            target[code] = read.hc_mm
    return first, second
