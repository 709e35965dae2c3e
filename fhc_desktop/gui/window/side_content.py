"""What the side panel shows: numbers on top, then entries, scale, standards and chart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fhc_desktop.domain.examination.editing import RefusedTexts
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.scale_memory import ScaleMemory
from fhc_desktop.domain.examination.structured_report import ReportsBeside
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.pregnancy.identity_standing import NOBODY_KNOWN, IdentityStanding
from fhc_desktop.domain.pregnancy.picture_standing import PictureStanding
from fhc_desktop.domain.pregnancy.pregnancy import Pregnancy
from fhc_desktop.gui.calibration.calibration_content import CalibrationContent
from fhc_desktop.gui.examination.beside_content import BesideContent
from fhc_desktop.gui.examination.measurement_content import MeasurementContent
from fhc_desktop.gui.examination.remark import Remark, remarks_of
from fhc_desktop.gui.examination.repeat_content import RepeatContent
from fhc_desktop.gui.growth.chart_content import ChartContent, chart_content
from fhc_desktop.gui.patient.patient_content import PatientContent
from fhc_desktop.gui.window.sections import Need, Section
from fhc_desktop.gui.window.summary import Summary
from fhc_desktop.reporting.content.growth_content import GrowthContent


@dataclass(frozen=True, slots=True)
class SideContent:
    """What each panel shows; standards and chart are None where no image is open."""

    measurement: MeasurementContent = MeasurementContent()
    repeat: RepeatContent = RepeatContent()
    beside: BesideContent = BesideContent()
    patient: PatientContent = PatientContent()
    calibration: CalibrationContent = CalibrationContent()
    growth: GrowthContent | None = None
    chart: ChartContent | None = None

    @classmethod
    def of(
        cls,
        exam: Examination,
        *,
        known: Sequence[Pregnancy],
        choice: StandardChoice,
        memory: ScaleMemory,
        activity: str,
        identity: IdentityStanding = NOBODY_KNOWN,
        picture: PictureStanding | None = None,
    ) -> "SideContent":
        """Return what an examination shows beside what the log knows of patient and picture."""
        return cls(
            measurement=MeasurementContent.of(exam, activity=activity),
            repeat=RepeatContent.of(exam, picture),
            patient=PatientContent.of(exam, known, identity, picture),
            calibration=CalibrationContent.of(exam, memory),
            growth=GrowthContent.of(exam, choice),
            chart=chart_content(exam, known),
        )

    def with_refused(self, texts: RefusedTexts) -> "SideContent":
        """Return it with what stood in the entry fields when the image was left."""
        return replace(self, patient=replace(self.patient, refused=texts))

    def with_correction_reason(self, reason: str) -> "SideContent":
        """Return it with why a row is corrected, where accepting would correct one."""
        if not self.repeat.is_correction:
            return self
        return replace(self, patient=replace(self.patient, correction_reason=reason))

    def with_reports(self, exam: Examination, beside: ReportsBeside) -> "SideContent":
        """Return it with what the reports of the study tell of the head."""
        return replace(self, beside=BesideContent.of(exam, beside))

    def after_outline(
        self, exam: Examination, *, choice: StandardChoice, memory: ScaleMemory, activity: str
    ) -> "SideContent":
        """Return what is shown of an examination whose outline alone was moved since."""
        chart = chart_content(exam)
        if self.chart is not None:
            chart = replace(chart, others=self.chart.others)
        return replace(
            self,
            measurement=MeasurementContent.of(exam, activity=activity),
            calibration=CalibrationContent.of(exam, memory),
            growth=GrowthContent.of(exam, choice),
            chart=chart,
        )

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Every sentence about the measurement, in the order in which it is to be read."""
        growth = () if self.growth is None else self.growth.sentences
        return remarks_of(self.measurement, self.repeat, growth, self.beside)

    @property
    def summaries(self) -> dict[Section, Summary]:
        """What each section says while it is folded."""
        return {
            Section.PATIENT: Summary.of_patient(self.patient),
            Section.CALIBRATION: Summary.of_calibration(self.calibration),
            Section.STANDARDS: Summary.of_standards(self.growth),
        }

    @property
    def needs(self) -> frozenset[Need]:
        """What is missing or asked, and opens its section by itself."""
        if self.patient.image is None:
            return frozenset()
        there = {
            Need.QUESTION: self.patient.is_asked,
            Need.SCALE: self.calibration.is_missing,
            Need.DATING: not self.patient.age.is_known,
        }
        return frozenset(need for need, is_there in there.items() if is_there)

    @property
    def deidentified(self) -> "SideContent":
        return replace(
            self,
            repeat=self.repeat.deidentified,
            beside=self.beside.deidentified,
            patient=self.patient.deidentified,
            calibration=self.calibration.deidentified,
        )
