"""What the side panel shows: numbers on top, then entries, scale, standards and chart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fhc_desktop.domain.examination.editing import RefusedTexts
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.scale_memory import ScaleMemory
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.pregnancy.identity_standing import NOBODY_KNOWN, IdentityStanding
from fhc_desktop.domain.pregnancy.picture_standing import PictureStanding
from fhc_desktop.domain.pregnancy.pregnancy import Pregnancy
from fhc_desktop.gui.calibration.calibration_content import CalibrationContent
from fhc_desktop.gui.examination.measurement_content import MeasurementContent
from fhc_desktop.gui.examination.repeat_content import RepeatContent
from fhc_desktop.gui.growth.chart_content import ChartContent, chart_content
from fhc_desktop.gui.patient.patient_content import PatientContent
from fhc_desktop.reporting.content.growth_content import GrowthContent


@dataclass(frozen=True, slots=True)
class SideContent:
    """What each panel shows; standards and chart are None where no image is open."""

    measurement: MeasurementContent = MeasurementContent()
    repeat: RepeatContent = RepeatContent()
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
            patient=PatientContent.of(exam, known, identity),
            calibration=CalibrationContent.of(exam, memory),
            growth=GrowthContent.of(exam, choice),
            chart=chart_content(exam),
        )

    def with_refused(self, texts: RefusedTexts) -> "SideContent":
        """Return it with what stood in the entry fields when the image was left."""
        return replace(self, patient=replace(self.patient, refused=texts))

    def after_outline(
        self, exam: Examination, *, choice: StandardChoice, memory: ScaleMemory, activity: str
    ) -> "SideContent":
        """Return what is shown of an examination whose outline alone was moved since."""
        return replace(
            self,
            measurement=MeasurementContent.of(exam, activity=activity),
            calibration=CalibrationContent.of(exam, memory),
            growth=GrowthContent.of(exam, choice),
            chart=chart_content(exam),
        )

    @property
    def remark_count(self) -> int:
        """How many flags and remarks stand further down."""
        return 0 if self.growth is None else len(self.growth.sentences)

    @property
    def deidentified(self) -> "SideContent":
        return replace(
            self,
            repeat=self.repeat.deidentified,
            patient=self.patient.deidentified,
            calibration=self.calibration.deidentified,
        )
