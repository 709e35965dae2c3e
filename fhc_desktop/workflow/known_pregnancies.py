"""KnownPregnancies: what the log has of patient and picture, read when either changes."""

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
    picture_standing,
)
from fhc_desktop.domain.pregnancy.pregnancy import Pregnancy
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.workflow.accepting import readings_of, rows_of


class KnownPregnancies:
    """Reads the log once for each identifier and picture, and again only after ``forget``."""

    def __init__(self, log: MeasurementLog | None) -> None:
        self._log = log
        self._identifier: str | None = None
        self._image: UltrasoundImage | None = None
        self._rows: tuple[RecordedExamination, ...] = ()
        self._readings: tuple[RecordedExamination, ...] = ()
        self._standing = NOBODY_KNOWN
        self._picture: PictureStanding | None = None
        self._looked_at: object = None

    @property
    def log(self) -> MeasurementLog | None:
        return self._log

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

    def forget(self) -> None:
        """Have the log read at the next look: an image was opened, or an entry was added."""
        self._identifier = self._image = None

    def look_up(
        self, exam: Examination | None, *, operator: str = "", opened: str | None = None
    ) -> FhcError | None:
        """Find whom and what the log has of patient and picture on the screen.

        ``opened`` is the row that the image was opened from, or that was accepted last. Returns
        why the log could not be read, once; until ``forget`` nothing is known then.
        """
        problem = self._read(exam)
        if exam is None:
            self._standing, self._picture, self._looked_at = NOBODY_KNOWN, None, None
            return problem
        told = (exam.patient, exam.answers, exam.acceptance, opened, self._rows)
        if told != self._looked_at:  # a hand that moves the outline changes nothing of it
            self._looked_at = told
            self._standing = identity_standing(exam, self._rows, opened=opened)
        self._picture = picture_standing(exam, self._readings, self._standing, operator=operator)
        return problem

    def _read(self, exam: Examination | None) -> FhcError | None:
        identifier = "" if exam is None else exam.patient.identifier
        image = None if exam is None else exam.image
        is_known = identifier == self._identifier
        is_seen = image is self._image
        self._identifier, self._image = identifier, image
        try:
            if not is_known:
                self._rows = ()
                self._rows = () if exam is None else rows_of(exam, self._log)
            if not is_seen:
                self._readings = ()
                self._readings = () if exam is None else readings_of(exam, self._log)
        except FhcError as problem:
            return problem
        return None
