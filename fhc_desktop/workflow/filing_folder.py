"""Filing into a folder: reports in the forms that were chosen, under names that nobody has yet."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.nameless import nameless
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.institution import Institution
from fhc_desktop.reporting.content.dossier_content import (
    DossierPart,
    NoDossier,
    suggested_dossier_name,
)
from fhc_desktop.reporting.content.file_names import file_name, free_stem
from fhc_desktop.reporting.content.report_content import suggested_name
from fhc_desktop.reporting.content.report_form import ReportForm
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.reporting.saving import ReportNotWritten
from fhc_desktop.workflow.exporting import WrittenReport, export_dossier
from fhc_desktop.workflow.filing import file_report
from fhc_desktop.workflow.told import Told

_NAMELESS = {"now", "choice", "display", "paper"}
_ONLY_ACCEPTED = "only what was accepted is filed"


@dataclass(frozen=True, slots=True)
class ToFile:
    """An accepted examination, with what its report says beside it.

    Raises:
        ValueError: nobody accepted it; what is filed was vouched for.
    """

    exam: Examination
    told: Told

    def __post_init__(self) -> None:
        if not self.exam.is_accepted:
            raise ValueError(_ONLY_ACCEPTED)

    @property
    def nameless(self) -> "ToFile":
        """The same report as it may leave where nobody may know whose it is.

        What stands beside the examination names her days, her files and where she was seen.
        """
        kept = {name: part for name, part in self.told.items() if name in _NAMELESS}
        return ToFile(nameless(self.exam), cast("Told", kept))

    @property
    def suggested_stem(self) -> str:
        """A name without an ending that says when and of which image, and nothing of her."""
        accepted = self.exam.acceptance
        at = self.told["now"] if accepted is None else accepted.at
        return suggested_name(self.exam.image.source, at, "").removesuffix(".")


@dataclass(frozen=True, slots=True)
class Filed:
    """What was written, in its order; ``problem`` is what kept the rest from it, if anything did.

    ``is_cancelled``: somebody did not want the rest any more. What was written stays.
    """

    written: tuple[WrittenReport, ...] = ()
    problem: FhcError | None = None
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Destination:
    """Where reports go and in which forms; ``data_folder`` is the one whose key signs."""

    folder: Path
    forms: tuple[ReportForm, ...]
    data_folder: Path


def file_all(
    reports: Sequence[ToFile],
    to: Destination,
    *,
    name: str = "",
    done: Callable[[int], None] = lambda _count: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Filed:
    """Write each report in each form; a file that is there is never written over.

    ``name`` is what a single one is to be called, without an ending. ``done`` hears how many files
    are written; between two of them ``is_cancelled`` is asked.
    """
    written: list[WrittenReport] = []
    for report, form, target in _steps(reports, to, name):
        if is_cancelled():
            return Filed(tuple(written), is_cancelled=True)
        try:
            made = file_report(report.exam, {form: target}, to.data_folder, **report.told)
        except ReportNotWritten as problem:
            return Filed(tuple(written), problem)
        written += [one for _, one in made.written]
        done(len(written))
    return Filed(tuple(written))


def file_dossier(
    parts: Sequence[DossierPart],
    to: Destination,
    told: Told,
    *,
    done: Callable[[int], None] = lambda _count: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Filed:
    """Write accepted examinations of one patient as one PDF, with what ``told`` says of them all.

    ``done`` hears how many examinations are set; between two of them ``is_cancelled`` is asked.

    Raises:
        ValueError: one of them was not accepted.
    """
    if not all(part.exam.is_accepted for part in parts):
        raise ValueError(_ONLY_ACCEPTED)
    now, choice = told["now"], told.get("choice", StandardChoice())
    institution = told.get("institution", Institution())
    stem = suggested_dossier_name(len(parts), now, "").removesuffix(".")
    written: list[WrittenReport] = []
    try:
        for step in export_dossier(
            parts,
            to.folder / file_name(_free(stem, to, (ReportForm.PDF,)), ReportForm.PDF),
            to.data_folder,
            now=now,
            choice=choice,
            institution=institution,
            paper=told.get("paper", Paper.A4),
        ):
            if step.written is not None:
                written.append(step.written)
            elif is_cancelled():
                return Filed(is_cancelled=True)
            done(step.done)
    except (NoDossier, ReportNotWritten) as problem:
        return Filed(problem=problem)
    return Filed(tuple(written))


def file_study(
    parts: Sequence[DossierPart],
    to: Destination,
    told: Told,
    *,
    as_one: bool,
    done: Callable[[int], None] = lambda _count: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Filed:
    """Write examinations ``as_one`` PDF, and each by itself in the forms that were chosen.

    What each says beside its examination is in its part, what all of them do in ``told``. ``done``
    hears how many steps are done: one for each examination in each of these.
    """
    together = Filed()
    if as_one:
        together = file_dossier(parts, to, told, done=done, is_cancelled=is_cancelled)
        if together.problem is not None or together.is_cancelled:
            return together
    before = len(parts) if as_one else 0
    each = file_all(
        [ToFile(part.exam, _of_part(part, told)) for part in parts],
        to,
        done=lambda count: done(before + count),
        is_cancelled=is_cancelled,
    )
    return Filed((*together.written, *each.written), each.problem, each.is_cancelled)


def with_written(problem: FhcError, written: Sequence[WrittenReport]) -> FhcError:
    """Return what kept a file from being written, with those that are there."""
    if not written:
        return problem
    names = ", ".join(one.path.name for one in written)
    return FhcError(problem.problem, f"{problem.remedy} Written before it: {names}.")


def _of_part(part: DossierPart, told: Told) -> Told:
    said = told.copy()
    said["record"], said["display"], said["mean"] = part.record, part.display, part.mean
    return said


def _steps(
    reports: Sequence[ToFile], to: Destination, name: str
) -> Iterator[tuple[ToFile, ReportForm, Path]]:
    for report in reports:
        # Asked when its turn comes: two heads of one picture may have been accepted at once.
        stem = _free(name or report.suggested_stem, to, to.forms)
        for form in to.forms:
            yield report, form, to.folder / file_name(stem, form)


def _free(stem: str, to: Destination, forms: tuple[ReportForm, ...]) -> str:
    # Unlike Path.exists it raises nowhere: what keeps a file from being written, writing it says.
    return free_stem(stem, forms, lambda taken: os.path.lexists(to.folder / taken))
