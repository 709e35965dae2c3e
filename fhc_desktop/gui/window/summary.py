"""Summary: what a folded section of the side panel says in one line."""

from dataclasses import dataclass

from fhc_desktop.gui.calibration.calibration_content import CalibrationContent
from fhc_desktop.gui.patient.patient_content import PatientContent
from fhc_desktop.gui.window.sections import Section
from fhc_desktop.reporting.content.growth_content import GrowthContent

_SEPARATOR = " · "
_TITLES = {
    Section.PATIENT: "Patient and dating",
    Section.CALIBRATION: "Calibration",
    Section.STANDARDS: "Growth standards",
}


@dataclass(frozen=True, slots=True)
class Summary:
    """One line, and whether something in the section is open or missing that a number rests on.

    ``title`` is what the section is about, for who hears it.
    """

    title: str
    text: str
    is_warning: bool = False

    @classmethod
    def titled(cls, section: Section) -> "Summary":
        """Return what stands there while no image is open."""
        return cls(_TITLES[section], _TITLES[section])

    @classmethod
    def of_patient(cls, content: PatientContent) -> "Summary":
        if content.image is None:
            return cls.titled(Section.PATIENT)
        who = content.patient.identifier or content.patient.name or "No patient"
        fetus = f"fetus {content.fetus.label}" if content.fetus.label else ""
        parts = ("Patient hidden",) if content.is_hidden else (who, fetus)
        open_words = "please answer" if content.is_asked else ""
        comment = "comment" if content.comment else ""
        told = (*parts, content.age.short, open_words, comment)
        return cls(
            _TITLES[Section.PATIENT],
            _SEPARATOR.join(part for part in told if part),
            is_warning=content.is_asked or content.age.is_wrong,
        )

    @classmethod
    def of_calibration(cls, content: CalibrationContent) -> "Summary":
        if not content.is_open:
            return cls.titled(Section.CALIBRATION)
        words = f"No scale{_SEPARATOR}pixels only"
        if not content.is_missing:
            words = f"{content.scale} {content.source}".strip()
        return cls(_TITLES[Section.CALIBRATION], words, is_warning=content.is_missing)

    @classmethod
    def of_standards(cls, content: GrowthContent | None) -> "Summary":
        """Return the places on the other standards; the one in force stands at the top."""
        title = Summary.titled(Section.STANDARDS)
        if content is None:
            return title
        others = [one for one in content.lines if one.percentile and not one.is_in_force]
        told = [f"{one.standard.name} {one.percentile}" for one in others]
        return cls(title.title, _SEPARATOR.join(told)) if told else title
