"""The examination: one image being measured. What the screen shows is one value of this type."""

from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from functools import cached_property

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.dating.gestation import Dating, GestationalAge, NoAge, gestational_age
from fhc_desktop.domain.examination.exam_day import DaysApart, days_apart
from fhc_desktop.domain.examination.file_data import FileItem, dating_of, names_another, patient_of
from fhc_desktop.domain.examination.outline_origin import OutlineOrigin, outline_origin
from fhc_desktop.domain.examination.proposal import Proposal
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
from fhc_desktop.domain.identity import Answer
from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    FileCalibration,
    Uncalibrated,
)
from fhc_desktop.domain.image.calibration_choice import choose_calibration
from fhc_desktop.domain.image.depth_marks import DepthMarks
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.measurement import (
    HeadMeasurement,
    is_possible_hc,
    measure_head,
    measurement_warnings,
    no_head_by_the_file,
)
from fhc_desktop.domain.image.scale_contradictions import (
    contradicting_scales,
    contradiction_sentences,
    noted,
)
from fhc_desktop.domain.image.scan_arc import ScanArc
from fhc_desktop.domain.image.ultrasound_image import StudyInfo, UltrasoundImage
from fhc_desktop.domain.patient import Patient


@dataclass(frozen=True, slots=True)
class Facts:
    """What an acceptance vouches for; a change of any of it needs accepting again.

    ``answers`` say which of the women whom the log has under her identifier she is, and is not.
    ``comment`` is the operator's own words, on which no number rests.
    """

    outline_px: Ellipse
    calibration: Calibration | None
    patient: Patient
    exam_date: date | None
    dating: Dating | None
    dating_reason: str
    fetus: Fetus
    standard_key: str
    answers: frozenset[Answer] = frozenset()
    comment: str = ""

    def by_the_word_of(self, operator: str) -> "Facts":
        """Return the facts as the log keeps them: a user's scale holds by who accepts it."""
        scale = self.calibration
        if scale is None:
            return self
        user = operator if scale.source.is_users else ""
        return replace(self, calibration=replace(scale, confirmed_by=user))


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A clinician's word that the facts are right; ``entry_id`` is its row in the log, if any.

    ``waits``: that row lies on this machine until the log can take it. It says how things stand
    now and is no part of what is kept.
    """

    facts: Facts
    operator: str
    at: datetime
    entry_id: str | None
    waits: bool = field(default=False, metadata={"is_kept": False})

    @property
    def is_logged(self) -> bool:
        return self.entry_id is not None and not self.waits


@dataclass(frozen=True)
class Examination:
    """Everything about the image on the screen, immutable.

    ``manual_calibration`` is the user's and wins over what the file says; ``chosen_scale`` is what
    she took for right in a file whose scales are doubtful; ``depth_marks`` is what the picture
    itself shows of its scale, a proposal, and ``scan_arc`` what it shows of its shape.
    ``dating_reason`` is why the pregnancy's dates change, where they do. ``kept`` are the entries,
    with their text, that hold although the file says something else; ``answers`` is whose they are
    of those whom the log has. ``is_second_reading``: this picture was measured before by the same
    operator, and is measured afresh on purpose. Where nobody can be asked, ``withheld_age`` is why
    there is no age until somebody decides, and ``caveats`` what was decided without her.
    ``comment`` is what the user says of it all.

    What follows from these, scale in force, lengths, age and percentile, is computed when it is
    first asked for and then stays: nothing that it rests on can change.
    """

    image: UltrasoundImage
    study: StudyInfo = StudyInfo()
    file_calibration: FileCalibration = FileCalibration()
    manual_calibration: Calibration | None = None
    chosen_scale: CalibrationCandidate | None = None
    depth_marks: DepthMarks | None = None
    scan_arc: ScanArc | None = None
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
    withheld_age: NoAge | None = None
    caveats: tuple[str, ...] = ()
    answers: frozenset[Answer] = frozenset()
    is_second_reading: bool = False
    comment: str = ""

    @property
    def has_users_scale(self) -> bool:
        """Whether the user said anything of the scale."""
        return self.manual_calibration is not None or self.chosen_scale is not None

    @cached_property
    def said(self) -> Proposal | None:
        """What the model said; of several heads, of the one that the outline lies round."""
        return None if self.proposal is None else self.proposal.about(self.outline_px)

    @cached_property
    def offered_outline_px(self) -> Ellipse | None:
        """The outline that the model offers; None where it was not asked or offers none."""
        return None if self.said is None else self.said.offered_outline_px

    @cached_property
    def origin(self) -> OutlineOrigin | None:
        """Whose the outline is; None without one."""
        if self.outline_px is None:
            return None
        return outline_origin(self.outline_px, self.offered_outline_px)

    @cached_property
    def is_edited(self) -> bool:
        """Whether the outline is not the model's own."""
        return self.origin is not None and not self.origin.is_models_own

    @cached_property
    def is_accepted(self) -> bool:
        """Whether the clinician vouched for exactly what is on the screen now."""
        return self.acceptance is not None and self.acceptance.facts == self.facts

    @cached_property
    def facts(self) -> Facts | None:
        """What an acceptance would vouch for; None without an outline."""
        if self.outline_px is None:
            return None
        scale = self.calibration
        return Facts(
            outline_px=self.outline_px,
            calibration=scale if isinstance(scale, Calibration) else None,
            patient=self.patient,
            exam_date=self.exam_date,
            dating=self.dating,
            dating_reason=self.dating_reason,
            fetus=self.fetus,
            standard_key=self.standard.key,
            answers=self.answers_in_force,
            comment=self.comment,
        )

    @cached_property
    def answers_in_force(self) -> frozenset[Answer]:
        """The answers about the patient as she is named now: of another one they say nothing."""
        return frozenset(one for one in self.answers if one.patient == self.patient)

    @property
    def calibration(self) -> Calibration | Uncalibrated:
        """The scale in force: the one for where the outline lies, if that can be a head by it.

        What the user measured herself is hers to judge.
        """
        return self._scaled[0]

    @property
    def measurement(self) -> HeadMeasurement | None:
        """The millimetres of the outline; None without an outline or a calibration."""
        return self._scaled[1]

    @cached_property
    def _scaled(self) -> tuple[Calibration | Uncalibrated, HeadMeasurement | None]:
        scale = self.offered_calibration
        if self.outline_px is None or isinstance(scale, Uncalibrated):
            return scale, None
        measured = measure_head(self.outline_px, scale)
        if self.manual_calibration is None and not is_possible_hc(measured.hc_mm):
            return no_head_by_the_file(measured.hc_mm), None
        return scale, measured

    @property
    def offered_calibration(self) -> Calibration | Uncalibrated:
        """The user's scale, else the file's for where the outline lies, whatever its size.

        A user's scale carries a note of what in the file or the picture it contradicts.
        """
        given = self.manual_calibration
        if given is not None:
            return noted(given, self._contradicting(given), self.depth_marks)
        offered, picture = self.file_calibration, (self.image.rows, self.image.columns)
        if self.chosen_scale is not None:
            offered = FileCalibration((self.chosen_scale,))
        return choose_calibration(offered, self.outline_px, picture=picture)

    @property
    def offered_depth_marks(self) -> DepthMarks | None:
        """The marks that wait for the user's word: only where no scale is at hand at all."""
        if self.has_users_scale or self.file_calibration.candidates:
            return None
        return self.depth_marks

    @cached_property
    def scale_objections(self) -> tuple[str, ...]:
        """What speaks against the user's scale in the file, a sentence each.

        Of a scale that she chose in spite of a doubt, that doubt stays.
        """
        doubt, given = self.file_calibration.objection, self.manual_calibration
        if given is not None:
            return contradiction_sentences(given, self._contradicting(given))
        if self.chosen_scale is None or doubt is None:
            return ()
        return (f"The scale was chosen in spite of a doubt. {doubt.reason}",)

    def _contradicting(self, given: Calibration) -> tuple[Calibration, ...]:
        picture = (self.image.rows, self.image.columns)
        return contradicting_scales(given, self.file_calibration, self.outline_px, picture=picture)

    @property
    def _measured_aspect(self) -> float:
        """Height of a pixel divided by its width by the scale in force, else as the file has it."""
        scale = self.calibration
        if isinstance(scale, Uncalibrated):
            return self.image.pixel_aspect
        return scale.mm_per_row / scale.mm_per_column

    @cached_property
    def age(self) -> GestationalAge | NoAge:
        """The gestational age on the day of the examination, from its own dating."""
        if self.withheld_age is not None:
            return self.withheld_age
        return gestational_age(self.dating, self.exam_date)

    @cached_property
    def days_apart(self) -> DaysApart | None:
        """The file's two days for this picture, as long as nobody has said which holds."""
        found = days_apart(self.study)
        if found is None or self.exam_date != found.taken.day:
            return None
        is_kept = (FileItem.EXAM_DATE, found.taken.day.isoformat()) in self.kept
        return None if is_kept else found

    @cached_property
    def assessment(self) -> GrowthOutcome:
        """The place on the growth chart, or the one thing that is missing for it."""
        return self.assessment_by(self.standard)

    def assessment_by(self, standard: GrowthStandard) -> GrowthOutcome:
        """Return the place on a standard's chart, or the one thing that is missing for it."""
        if self.outline_px is None:
            return NotAssessed("No outline yet.")
        if self.measurement is None:
            return NotAssessed("No calibration: no millimetres, no percentile.")
        if isinstance(self.age, NoAge):
            return NotAssessed(self.age.reason)
        return assess_growth(self.measurement.hc_mm, self.age, standard)

    @cached_property
    def ultrasound_age(self) -> UltrasoundAge | NotAssessed:
        """The age by this HC (Hadlock 1984), or why there is none."""
        if self.measurement is None:
            return NotAssessed("No calibration: no millimetres, no age.")
        return hadlock_age(self.measurement.hc_mm)

    @cached_property
    def proposal_interval(self) -> Interval | None:
        """The interval in mm round the HC that the model proposed, edited or not."""
        scale, said, offered = self.calibration, self.said, self.offered_outline_px
        if said is None or said.confidence is None or offered is None:
            return None
        if not isinstance(scale, Calibration):
            return None
        return said.confidence.interval_mm(measure_head(offered, scale).hc_mm)

    @cached_property
    def hc_interval(self) -> Interval | None:
        """The interval in mm round HC; None for an outline that is not the model's own."""
        if self.outline_px is None or self.is_edited:
            return None
        return self.proposal_interval

    @cached_property
    def percentile_interval(self) -> Interval | None:
        """The percentiles, 0 to 100, of both ends of the interval round HC."""
        return self.percentile_interval_by(self.standard)

    def percentile_interval_by(self, standard: GrowthStandard) -> Interval | None:
        """Return the percentiles, 0 to 100, of both ends of the interval round HC."""
        if self.hc_interval is None or isinstance(self.age, NoAge):
            return None
        return percentile_range(self.hc_interval, self.age, standard)

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What a careful reader should look at again, a sentence each."""
        found = [] if self.said is None else list(self.said.notices)
        found.extend(self.image.remarks)
        scale = self.calibration
        if isinstance(scale, Calibration) and not scale.is_verified:
            found.append("The pixel size comes from PixelSpacing and is unverified.")
        found.extend(self.scale_objections)
        if isinstance(scale, Calibration) and self.depth_marks is not None:
            found.extend(self.depth_marks.objections(scale))
        for shape in (self.depth_marks, self.scan_arc):
            if shape is not None:
                found.extend(shape.stretch_remarks(pixel_aspect=self._measured_aspect))
        if self.measurement is not None:
            found.extend(measurement_warnings(self.measurement))
        found.extend(self.study.objections)
        if self.days_apart is not None:
            found.append(self.days_apart.sentence)
        if (
            self.dating is not None
            and self.dating == dating_of(self.study)
            and names_another(patient_of(self.study), self.patient)
        ):
            found.append("The dating comes from a file that names another patient.")
        return (*found, *self.caveats)

    def differs_in_outline_alone(self, other: "Examination") -> bool:
        """Whether one was made of the other by moving the outline: all else is the very same."""
        return all(getattr(self, name) is getattr(other, name) for name in _BESIDE_OUTLINE)

    def with_proposal(self, proposal: Proposal) -> "Examination":
        """Return the examination with the model's outline; without one if not measurable."""
        return replace(self, proposal=proposal, outline_px=proposal.offered_outline_px)

    def with_outline(self, outline_px: Ellipse | None) -> "Examination":
        return replace(self, outline_px=outline_px)

    def with_proposed_outline(self) -> "Examination":
        """Return the examination with the model's own outline again."""
        return replace(self, outline_px=self.offered_outline_px)

    def with_manual_calibration(self, calibration: Calibration | None) -> "Examination":
        return replace(self, manual_calibration=calibration)

    def with_chosen_scale(self, chosen: CalibrationCandidate | None) -> "Examination":
        return replace(self, chosen_scale=chosen)

    def with_file_calibration_alone(self) -> "Examination":
        """Return the examination without anything that the user said of its scale."""
        return replace(self, manual_calibration=None, chosen_scale=None)

    def with_patient(self, patient: Patient) -> "Examination":
        return replace(self, patient=patient)

    def with_answers(self, answers: frozenset[Answer]) -> "Examination":
        return replace(self, answers=answers)

    def with_second_reading(self, *, is_wanted: bool) -> "Examination":
        return replace(self, is_second_reading=is_wanted)

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


_BESIDE_OUTLINE = tuple(one.name for one in fields(Examination) if one.name != "outline_px")
