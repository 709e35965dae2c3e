"""What the dialog says that files a report: the forms with their names, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fhc_desktop.domain.patient import Patient
from fhc_desktop.reporting.content.file_names import file_name, objection_to
from fhc_desktop.reporting.content.report_form import ReportForm
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.storage.preferences.settings import Settings

HIDDEN_FOLDER = "Hidden in the de-identified view"
NO_FORM = "Choose at least one form."
TELLS_PATIENT = "This name tells who the patient is: whoever sees the folder reads it."
# Shorter words of a name are in other words by chance.
_SHORTEST_TOLD = 3


@dataclass(frozen=True, slots=True)
class FilingWish:
    """What is to be written and where; ``stem`` is the files' name without its ending."""

    forms: tuple[ReportForm, ...]
    folder: Path
    paper: Paper
    stem: str = ""

    @classmethod
    def of(cls, settings: Settings, folder: Path, usual: Paper) -> "FilingWish":
        """Return what was chosen last, as far as this version knows it; ``usual`` is the paper."""
        known = tuple(form for form in ReportForm if form.value in settings.report_forms)
        papers = {paper.value: paper for paper in Paper}
        return cls(known or (ReportForm.PDF,), folder, papers.get(settings.report_paper, usual))

    def kept_in(self, settings: Settings) -> Settings:
        """Return settings that remember forms and paper; the folder may name a patient."""
        return replace(
            settings,
            report_forms=tuple(form.value for form in self.forms),
            report_paper=self.paper.value,
        )


@dataclass(frozen=True, slots=True)
class FormRow:
    """One form to be ticked; ``file_name`` is what it would be called."""

    form: ReportForm
    label: str
    file_name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FilingContent:
    """``refusal`` is why nothing can be written yet; ``remark`` is what to think of before."""

    rows: tuple[FormRow, ...]
    folder: str
    remark: str
    refusal: str

    @classmethod
    def of(cls, wish: FilingWish, patient: Patient) -> "FilingContent":
        rows = tuple(
            FormRow(form, form.label, file_name(wish.stem, form), form in wish.forms)
            for form in ReportForm
        )
        refusal = "" if wish.forms else NO_FORM
        return cls(
            rows,
            str(wish.folder),
            TELLS_PATIENT if _tells(wish.stem, patient) else "",
            refusal or objection_to(wish.stem),
        )

    @property
    def deidentified(self) -> "FilingContent":
        """The same without what may name the patient: the folder, and that a name does."""
        return replace(self, folder=HIDDEN_FOLDER, remark="")


def saved_words(names: Sequence[str], folder: Path, *, is_signed: bool) -> tuple[str, str]:
    """Return what is said once files are there, and what of it without a name."""
    what = "The report" if is_signed else "The report, which could not be signed,"
    if len(names) == 1:
        return f"{what} was saved as {names[0]} in {folder.name or folder}.", f"{what} was saved."
    listed = f"{', '.join(names[:-1])} and {names[-1]}"
    return (
        f"{what} was saved in {folder.name or folder} as {listed}.",
        f"{what} was saved in {len(names)} forms.",
    )


def _tells(stem: str, patient: Patient) -> bool:
    told = [patient.identifier, *patient.name.replace(",", " ").split()]
    return any(len(one) >= _SHORTEST_TOLD and one.casefold() in stem.casefold() for one in told)
