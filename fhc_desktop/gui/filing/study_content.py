"""What the dialog says that files all accepted examinations of a study."""

from dataclasses import dataclass, replace

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.gui.filing.filing_content import HIDDEN_FOLDER, NO_FORM, FilingWish
from fhc_desktop.workflow.filing_folder import Filed
from fhc_desktop.workflow.study_reports import LeftOut, StudyReports

NOTHING = "Nothing of this study is accepted. Accept a measurement first."
NO_IDENTIFIER = (
    "Without a patient identifier only the measurements of this picture are known to be hers."
)
OF_THE_DAY = "The picture names no study: those of this patient and day are taken."


@dataclass(frozen=True, slots=True)
class StudyWish:
    """``as_one``: all in one PDF; ``each`` has the forms for each by itself, folder and paper."""

    each: FilingWish
    as_one: bool = True

    def steps(self, count: int) -> int:
        """Return how many steps there are to write that many examinations."""
        return count * (self.as_one + len(self.each.forms))


@dataclass(frozen=True, slots=True)
class StudyContent:
    """``found`` are those that will be written, ``left_out`` those that cannot be, with why.

    ``refusal`` is why nothing can be written; ``note`` is by what they were found.
    """

    found: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    note: str = ""
    folder: str = ""
    refusal: str = ""

    @classmethod
    def of(cls, exam: Examination, reports: StudyReports | None, wish: StudyWish) -> "StudyContent":
        """Return what is said; ``reports`` is None while they are still being looked for."""
        if reports is None:
            return cls(folder=str(wish.each.folder), note=_note(exam))
        has_form = wish.as_one or wish.each.forms
        return cls(
            found=tuple(_line(part.exam) for part in reports.parts),
            left_out=tuple(map(_why, reports.left_out)),
            note=_note(exam),
            folder=str(wish.each.folder),
            refusal="" if reports.parts and has_form else NO_FORM if reports.parts else NOTHING,
        )

    def deidentified(self, reports: StudyReports | None) -> "StudyContent":
        """The same without names of files and patients, and without days."""
        parts = () if reports is None else reports.parts
        count = len(self.left_out)
        are = "1 is left out" if count == 1 else f"{count} are left out"
        told = (f"{are}: leave the de-identified view (Ctrl+Shift+H) to see which and why.",)
        return replace(
            self,
            found=tuple(
                f"{number}.  {_measured(part.exam)}" for number, part in enumerate(parts, start=1)
            ),
            left_out=told if count else (),
            folder=HIDDEN_FOLDER,
        )


def study_saved_words(filed: Filed, *, left_out: int) -> tuple[str, str]:
    """Return what is said once the reports of a study are there, and what of it without a name."""
    count, names = len(filed.written), [one.path.name for one in filed.written]
    rest = f" {left_out} could not be reported." if left_out else ""
    unsigned = "" if all(one.is_signed for one in filed.written) else ", which could not be signed,"
    if count == 1:
        saved = f"One report of the study{unsigned} was saved"
        folder = filed.written[0].path.parent
        return f"{saved} as {names[0]} in {folder.name or folder}.{rest}", f"{saved}.{rest}"
    saved = f"{count} reports of the study{unsigned} were saved"
    folder = filed.written[0].path.parent
    return f"{saved} in {folder.name or folder}.{rest}", f"{saved}.{rest}"


def cancelled_words(count: int) -> str:
    """Return what is said of a study whose filing was cancelled."""
    if count == 0:
        return "Filing the study was cancelled; nothing was written."
    files = "1 file is" if count == 1 else f"{count} files are"
    return f"Filing the study was cancelled: {files} there, the rest was not written."


def _note(exam: Examination) -> str:
    if not exam.patient.identifier:
        return NO_IDENTIFIER
    return "" if exam.study.study_uid else OF_THE_DAY


def _line(exam: Examination) -> str:
    source = exam.image.source
    frame = f", frame {source.frame}" if source.frame_count > 1 else ""
    day = "no date" if exam.exam_date is None else exam.exam_date.isoformat()
    return f"{source.path.name}{frame}  ·  {day}  ·  {_measured(exam)}"


def _measured(exam: Examination) -> str:
    fetus = f"fetus {exam.fetus.label}  ·  " if exam.fetus.label else ""
    measured = exam.measurement
    return f"{fetus}HC {'in pixels only' if measured is None else f'{measured.hc_mm:.1f} mm'}"


def _why(one: LeftOut) -> str:
    """Return a sentence that names the file once."""
    words = one.why if one.why.startswith(one.name) else f"{one.name}: {one.why}"
    return words if words.endswith(".") else f"{words}."
