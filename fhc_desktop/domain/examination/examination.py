"""The examination: one image being measured. What the screen shows is one value of this type."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from fhc_desktop.domain.confidence import Confidence, Interval
from fhc_desktop.domain.dating.gestation import Dating, GestationalAge, NoAge, gestational_age
from fhc_desktop.domain.examination.file_data import FileItem, dating_of, names_another, patient_of
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.assessment import (
    GrowthOutcome,
    GrowthStandard,
    NotAssessed,
    assess_growth,
    percentile_range,
)
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST
from fhc_desktop.domain.growth.ultrasound_age import UltrasoundAge, hadlock_age
from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    FileCalibration,
    Uncalibrated,
    choose_calibration,
)
from fhc_desktop.domain.image.depth_marks import DepthMarks
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.measurement import (
    POSSIBLE_HC_MM,
    HeadMeasurement,
    measure_head,
    measurement_warnings,
)
from fhc_desktop.domain.image.ultrasound_image import StudyInfo, UltrasoundImage
from fhc_desktop.domain.patient import Patient


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which weights spoke; ``sha256`` is that of the bundle file."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the model said of an image; ``outline_px`` is None when it found no head.

    ``confidence`` is None where the bundle cannot tell.
    """

    outline_px: Ellipse | None
    model: ModelIdentity
    device: str
    notices: tuple[str, ...] = ()
    confidence: Confidence | None = None

    @property
    def offered_outline_px(self) -> Ellipse | None:
        """The outline to measure: none where the model calls what it found not measurable."""
        if self.confidence is not None and not self.confidence.is_measurable:
            return None
        return self.outline_px


@dataclass(frozen=True, slots=True)
class Facts:
    """What an acceptance vouches for; a change of any of it needs accepting again."""

    outline_px: Ellipse
    calibration: Calibration | None
    patient: Patient
    exam_date: date | None
    dating: Dating | None
    dating_reason: str
    fetus: Fetus
    standard_key: str


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A clinician's word that the facts are right; ``entry_id`` is its row in the log, if any."""

    facts: Facts
    operator: str
    at: datetime
    entry_id: str | None


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything about the image on the screen, immutable.

    Lengths, ages and percentiles are not kept here: ``measurement`` and its siblings compute
    them, so that they cannot go stale. ``manual_calibration`` is the user's and wins over what
    the file says; ``chosen_scale`` is what she took for right in a file that contradicts itself;
    ``depth_marks`` is what the picture itself shows of its scale: a proposal. ``dating_reason`` is
    why the pregnancy's dates change, where they do. ``kept`` are the entries, with their text,
    that hold although the file says something else.
    """

    image: UltrasoundImage
    study: StudyInfo = StudyInfo()
    file_calibration: FileCalibration = FileCalibration()
    manual_calibration: Calibration | None = None
    chosen_scale: CalibrationCandidate | None = None
    depth_marks: DepthMarks | None = None
    proposal: Proposal | None = None
    outline_px: Ellipse | None = None
    patient: Patient = Patient()
    exam_date: date | None = None
    dating: Dating | None = None
    dating_reason: str = ""
    fetus: Fetus = Fetus()
    standard: GrowthStandard = INTERGROWTH_21ST
    acceptance: Acceptance | None = None
    kept: frozenset[tuple[FileItem, str]] = frozenset()

    @property
    def has_users_scale(self) -> bool:
        """Whether the user said anything of the scale."""
        return self.manual_calibration is not None or self.chosen_scale is not None

    @property
    def is_edited(self) -> bool:
        """Whether the outline is not the model's own."""
        offered = None if self.proposal is None else self.proposal.offered_outline_px
        return self.outline_px is not None and self.outline_px != offered

    @property
    def is_accepted(self) -> bool:
        """Whether the clinician vouched for exactly what is on the screen now."""
        return self.acceptance is not None and self.acceptance.facts == facts(self)

    def with_proposal(self, proposal: Proposal) -> "Examination":
        """Return the examination with the model's outline; without one if not measurable."""
        return replace(self, proposal=proposal, outline_px=proposal.offered_outline_px)

    def with_outline(self, outline_px: Ellipse | None) -> "Examination":
        return replace(self, outline_px=outline_px)

    def with_proposed_outline(self) -> "Examination":
        """Return the examination with the model's own outline again."""
        offered = None if self.proposal is None else self.proposal.offered_outline_px
        return replace(self, outline_px=offered)

    def with_manual_calibration(self, calibration: Calibration | None) -> "Examination":
        return replace(self, manual_calibration=calibration)

    def with_chosen_scale(self, chosen: CalibrationCandidate | None) -> "Examination":
        return replace(self, chosen_scale=chosen)

    def with_file_calibration_alone(self) -> "Examination":
        """Return the examination without anything that the user said of its scale."""
        return replace(self, manual_calibration=None, chosen_scale=None)

    def with_patient(self, patient: Patient) -> "Examination":
        return replace(self, patient=patient)

    def with_exam_date(self, exam_date: date | None) -> "Examination":
        return replace(self, exam_date=exam_date)

    def with_dating(self, dating: Dating | None) -> "Examination":
        """Return the examination with another dating; a reason was given for the old one only."""
        reason = self.dating_reason if dating == self.dating else ""
        return replace(self, dating=dating, dating_reason=reason)

    def with_dating_reason(self, reason: str) -> "Examination":
        return replace(self, dating_reason=reason)

    def with_fetus(self, fetus: Fetus) -> "Examination":
        return replace(self, fetus=fetus)

    def with_standard(self, standard: GrowthStandard) -> "Examination":
        return replace(self, standard=standard)

    def with_acceptance(self, acceptance: Acceptance | None) -> "Examination":
        return replace(self, acceptance=acceptance)


def facts(exam: Examination) -> Facts | None:
    """Return what an acceptance would vouch for; None without an outline."""
    if exam.outline_px is None:
        return None
    scale = calibration(exam)
    return Facts(
        outline_px=exam.outline_px,
        calibration=scale if isinstance(scale, Calibration) else None,
        patient=exam.patient,
        exam_date=exam.exam_date,
        dating=exam.dating,
        dating_reason=exam.dating_reason,
        fetus=exam.fetus,
        standard_key=exam.standard.key,
    )


def calibration(exam: Examination) -> Calibration | Uncalibrated:
    """Return the scale in force: the one for where the outline lies, if that can be a head by it.

    What the user measured herself is hers to judge.
    """
    scale = offered_calibration(exam)
    is_own = exam.manual_calibration is not None
    if exam.outline_px is None or is_own or isinstance(scale, Uncalibrated):
        return scale
    return _unless_no_head(scale, measure_head(exam.outline_px, scale).hc_mm)


def offered_calibration(exam: Examination) -> Calibration | Uncalibrated:
    """Return the user's scale, else the file's for where the outline lies, whatever its size."""
    if exam.manual_calibration is not None:
        return exam.manual_calibration
    offered, picture = exam.file_calibration, (exam.image.rows, exam.image.columns)
    if exam.chosen_scale is not None:
        offered = FileCalibration((exam.chosen_scale,))
    return choose_calibration(offered, exam.outline_px, picture=picture)


def _unless_no_head(scale: Calibration, hc_mm: float) -> Calibration | Uncalibrated:
    smallest, largest = POSSIBLE_HC_MM
    if smallest <= hc_mm <= largest:
        return scale
    return Uncalibrated(
        f"By the file’s scale the outline is {hc_mm:.0f} mm round, which no fetal head is.",
        "Check the outline; if it is right, measure a known distance with the ruler.",
    )


def offered_depth_marks(exam: Examination) -> DepthMarks | None:
    """Return the marks that wait for the user's word: only where no scale is at hand at all."""
    if exam.manual_calibration is not None or exam.file_calibration.candidates:
        return None
    return exam.depth_marks


def measurement(exam: Examination) -> HeadMeasurement | None:
    """Return the millimetres of the outline; None without an outline or a calibration."""
    scale = calibration(exam)
    if exam.outline_px is None or not isinstance(scale, Calibration):
        return None
    return measure_head(exam.outline_px, scale)


def age(exam: Examination) -> GestationalAge | NoAge:
    """Return the gestational age on the day of the examination, from its own dating."""
    return gestational_age(exam.dating, exam.exam_date)


def assessment(exam: Examination) -> GrowthOutcome:
    """Return the place on the growth chart, or the one thing that is missing for it."""
    measured = measurement(exam)
    if exam.outline_px is None:
        return NotAssessed("No outline yet.")
    if measured is None:
        return NotAssessed("No calibration: no millimetres, no percentile.")
    found = age(exam)
    if isinstance(found, NoAge):
        return NotAssessed(found.reason)
    return assess_growth(measured.hc_mm, found, exam.standard)


def ultrasound_age(exam: Examination) -> UltrasoundAge | NotAssessed:
    """Return the age by this HC (Hadlock 1984), or why there is none."""
    measured = measurement(exam)
    if measured is None:
        return NotAssessed("No calibration: no millimetres, no age.")
    return hadlock_age(measured.hc_mm)


def proposal_interval(exam: Examination) -> Interval | None:
    """Return the interval in mm round the HC that the model proposed, edited or not."""
    scale, said = calibration(exam), exam.proposal
    if said is None or said.confidence is None or said.offered_outline_px is None:
        return None
    if not isinstance(scale, Calibration):
        return None
    return said.confidence.interval_mm(measure_head(said.offered_outline_px, scale).hc_mm)


def hc_interval(exam: Examination) -> Interval | None:
    """Return the interval in mm round HC; None for an outline that is not the model's own."""
    if exam.outline_px is None or exam.is_edited:
        return None
    return proposal_interval(exam)


def percentile_interval(exam: Examination) -> Interval | None:
    """Return the percentiles, 0 to 100, of both ends of the interval round HC."""
    hc_mm, found = hc_interval(exam), age(exam)
    if hc_mm is None or isinstance(found, NoAge):
        return None
    return percentile_range(hc_mm, found, exam.standard)


def warnings(exam: Examination) -> tuple[str, ...]:
    """Return what a careful reader should look at again, a sentence each."""
    found = [] if exam.proposal is None else list(exam.proposal.notices)
    scale = calibration(exam)
    if isinstance(scale, Calibration) and not scale.is_verified:
        found.append("The pixel size comes from PixelSpacing and is unverified.")
    if isinstance(scale, Calibration) and exam.depth_marks is not None:
        found.extend(exam.depth_marks.objections(scale))
    measured = measurement(exam)
    if measured is not None:
        found.extend(measurement_warnings(measured))
    found.extend(exam.study.objections)
    if (
        exam.dating is not None
        and exam.dating == dating_of(exam.study)
        and names_another(patient_of(exam.study), exam.patient)
    ):
        found.append("The dating comes from a file that names another patient.")
    return tuple(found)
