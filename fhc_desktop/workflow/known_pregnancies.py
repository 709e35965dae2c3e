"""KnownPregnancies: what the log has of patient and picture, as far as it has answered."""

from dataclasses import dataclass

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.domain.pregnancy.identity_standing import (
    NOBODY_KNOWN,
    IdentityStanding,
    identity_standing,
)
from fhc_desktop.domain.pregnancy.picture_standing import (
    PictureStanding,
    heads_beside,
    own_readings,
    picture_standing,
    row_opened,
)
from fhc_desktop.domain.pregnancy.pregnancy import Pregnancy
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination
from fhc_desktop.storage.log.entry import RecordedImage
from fhc_desktop.storage.log.measurement_log import LogEntry, LogUnavailable
from fhc_desktop.workflow.records import Records


@dataclass(frozen=True, slots=True)
class FoundRows:
    """The rows of an identifier, and those in force of a picture, each oldest first.

    ``problem`` is why the log could not be read; what waits for it is known all the same.
    """

    identifier: str
    image: UltrasoundImage
    rows: tuple[RecordedExamination, ...] = ()
    readings: tuple[LogEntry, ...] = ()
    problem: FhcError | None = None


def rows_found(exam: Examination, records: Records) -> FoundRows:
    """Return what was accepted of the patient and the picture of an examination."""
    identifier, image = exam.patient.identifier, exam.image
    try:
        rows = tuple(entry.recorded for entry in records.entries_of(identifier))
        readings = tuple(records.entries_of_picture(RecordedImage.of(image)))
    except LogUnavailable as problem:
        without_log = rows_found(exam, Records(None, records.waiting))
        return FoundRows(identifier, image, without_log.rows, without_log.readings, problem)
    return FoundRows(identifier, image, rows, readings)


class KnownPregnancies:
    """What was found for identifier and picture on the screen; of others nothing is known yet.

    Found rows stay known while they are looked for again: what stands on the screen does not come
    and go with each acceptance.
    """

    def __init__(self) -> None:
        self._found: FoundRows | None = None
        self._is_sought: tuple[str, UltrasoundImage] | None = None
        self._standing = NOBODY_KNOWN
        self._picture: PictureStanding | None = None
        self._heads_beside: tuple[RecordedExamination, ...] = ()
        self._looked_at: object = None

    @property
    def found(self) -> tuple[Pregnancy, ...]:
        """The pregnancies that are hers; none while it is open who she is."""
        return self._standing.pregnancies

    @property
    def standing(self) -> IdentityStanding:
        """How she stands to whom the log has under her identifier."""
        return self._standing

    @property
    def picture(self) -> PictureStanding | None:
        """What accepting the picture would repeat of what the log has; None: nothing."""
        return self._picture

    @property
    def heads_beside(self) -> tuple[RecordedExamination, ...]:
        """Her rows in force of the other heads in the picture."""
        return self._heads_beside

    def readings(self, exam: Examination) -> tuple[LogEntry, ...]:
        """Return the rows in force of the picture on the screen."""
        found = self._found
        return () if found is None or found.image is not exam.image else found.readings

    def forget(self) -> None:
        """Have the log asked at the next look: an image was opened, or an entry was added."""
        self._is_sought = None

    def seeks(self, exam: Examination) -> bool:
        """Return whether the log is to be asked for an examination; from then on it is."""
        sought = exam.patient.identifier, exam.image
        is_new = self._is_sought is None or not _is_same(self._is_sought, sought)
        self._is_sought = sought
        return is_new

    def take(self, found: FoundRows) -> None:
        """Know from now on what the log has answered."""
        self._found = found

    def look_up(
        self, exam: Examination | None, *, operator: str = "", opened: str | None = None
    ) -> None:
        """Set whom and what of the found rows the examination on the screen concerns.

        ``opened`` is the row that the image was opened from, or that was accepted last.
        """
        if exam is None:
            self._standing, self._picture, self._looked_at = NOBODY_KNOWN, None, None
            self._heads_beside = ()
            return
        found = self._found
        readings = [entry.recorded for entry in self.readings(exam)]
        opened = row_opened(exam, readings, opened)
        is_hers = found is not None and found.identifier == exam.patient.identifier
        rows = found.rows if found is not None and is_hers else ()
        told = (exam.patient, exam.answers, exam.acceptance, opened, rows)
        if told != self._looked_at:  # a hand that moves the outline changes nothing of it
            self._looked_at = told
            self._standing = identity_standing(exam, rows, opened=opened)
        standing = self._standing
        self._picture = picture_standing(exam, readings, standing, operator=operator, opened=opened)
        own = own_readings(exam, readings, standing, operator=operator)
        self._heads_beside = heads_beside(exam, own, self._picture, opened)


def _is_same(one: tuple[str, UltrasoundImage], other: tuple[str, UltrasoundImage]) -> bool:
    return one[0] == other[0] and one[1] is other[1]
