"""Filing into a folder: reports in the forms that were chosen, under names that nobody has yet."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.reporting.content.file_names import file_name, free_stem
from fhc_desktop.reporting.content.report_content import suggested_name
from fhc_desktop.reporting.content.report_form import ReportForm
from fhc_desktop.reporting.saving import ReportNotWritten
from fhc_desktop.workflow.exporting import Told, WrittenReport
from fhc_desktop.workflow.filing import file_report


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
            raise ValueError("only what was accepted is filed")

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
    problem: ReportNotWritten | None = None
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


def _steps(
    reports: Sequence[ToFile], to: Destination, name: str
) -> Iterator[tuple[ToFile, ReportForm, Path]]:
    for report in reports:
        # Asked when its turn comes: two heads of one picture may have been accepted at once.
        stem = free_stem(
            name or report.suggested_stem, to.forms, lambda taken: (to.folder / taken).exists()
        )
        for form in to.forms:
            yield report, form, to.folder / file_name(stem, form)
