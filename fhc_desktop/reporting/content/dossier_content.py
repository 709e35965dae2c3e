"""What a dossier says: several examinations of one patient, and how they stand to each other."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Self

from fhc_desktop import __version__
from fhc_desktop.domain.dating.dating_record import DatingRecord
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.structured_report import ReportsBeside
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.identity import Sameness, compared, women_among
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.institution import Institution
from fhc_desktop.domain.pregnancy.mean_hc import MeanHc
from fhc_desktop.reporting.content.dossier_line import DossierLine
from fhc_desktop.reporting.content.growth_tracks import GrowthChart
from fhc_desktop.reporting.content.imprint import Imprint
from fhc_desktop.reporting.content.mean_rows import mean_rows
from fhc_desktop.reporting.content.report_content import (
    DISCLAIMER,
    FETUS_LABEL,
    TITLE,
    ReportContent,
)
from fhc_desktop.reporting.content.rows import Row

MOST_EXAMINATIONS = 40
_USUAL_CHOICE = StandardChoice()
_EACH_BY_HERSELF = "Report each patient by herself, or enter the patient in the window."


class NoDossier(FhcError):  # noqa: N818 - says what follows from what was asked for
    """Examinations that make no dossier together, and why."""


@dataclass(frozen=True, slots=True)
class DossierPart:
    """One examination with what only its own pages say beside it, as ``ReportContent`` takes it."""

    exam: Examination
    record: DatingRecord | None = None
    display: Display = Display()
    mean: MeanHc | None = None
    beside: ReportsBeside = ReportsBeside()

    def report(
        self, now: datetime, choice: StandardChoice, institution: Institution
    ) -> ReportContent:
        """Return the report of this examination alone."""
        return ReportContent.of(
            self.exam,
            now,
            choice,
            self.record,
            display=self.display,
            mean=self.mean,
            institution=institution,
            beside=self.beside,
        )


@dataclass(frozen=True, slots=True)
class Reported:
    """One examination with the report of it."""

    exam: Examination
    content: ReportContent
    mean: MeanHc | None


@dataclass(frozen=True, slots=True)
class DossierContent:
    """A cover with a line for each examination, and the report of each, in the order of their days.

    ``draft_reason`` is empty once all of them are accepted as they stand. ``means`` are those
    that any of them is part of.
    """

    reports: tuple[ReportContent, ...]
    lines: tuple[DossierLine, ...]
    patient_banner: str
    standing: str
    patient: tuple[Row, ...]
    means: tuple[Row, ...]
    remarks: tuple[str, ...]
    chart: GrowthChart | None
    draft_reason: str
    created: datetime
    institution: Institution
    disclaimer: str = DISCLAIMER
    software: str = f"FHC Desktop {__version__}"

    @classmethod
    def of(
        cls,
        parts: Sequence[DossierPart],
        now: datetime,
        choice: StandardChoice = _USUAL_CHOICE,
        *,
        institution: Institution = Institution(),
    ) -> Self:
        """Return the dossier of examinations as they stand at ``now``, in the order of their days.

        Raises:
            NoDossier: they are none, too many, or not known to be of one patient.
        """
        check_together([part.exam for part in parts])
        return cls.joined(
            [
                Reported(one.exam, one.report(now, choice, institution), one.mean)
                for one in in_order(parts)
            ]
        )

    @classmethod
    def joined(cls, reported: Sequence[Reported]) -> Self:
        """Return the dossier of reports that are known to be of one patient, in their order."""
        first, exams = reported[0].content, [one.exam for one in reported]
        chart = GrowthChart.of(exams)
        return cls(
            reports=tuple(one.content for one in reported),
            lines=tuple(
                DossierLine.of(number, one.exam, one.content)
                for number, one in enumerate(reported, start=1)
            ),
            patient=_patient_rows(reported),
            means=_once(row for one in reported for row in mean_rows(one.exam, one.mean)),
            remarks=_remarks(exams, chart),
            chart=chart,
            patient_banner=_banner(reported),
            standing=_standing(reported),
            draft_reason=_draft_reason(reported),
            created=first.created,
            institution=first.institution,
            software=first.software,
        )

    @property
    def is_draft(self) -> bool:
        return bool(self.draft_reason)

    @property
    def counted(self) -> str:
        """How many there are: 3 examinations."""
        return _counted(len(self.reports))

    @property
    def imprint(self) -> Imprint:
        """What the cover's pages say; those of an examination say what its own report does."""
        return Imprint(
            title=TITLE,
            patient_banner=self.patient_banner,
            standing=self.standing,
            draft_reason=self.draft_reason,
            disclaimer=self.disclaimer,
            software=self.software,
        )

    def suggested_name(self, suffix: str) -> str:
        """Return a name for its file, and nothing of the patient in it."""
        is_reviewed = not self.is_draft
        count = len(self.reports)
        return suggested_dossier_name(count, self.created, suffix, is_reviewed=is_reviewed)


def suggested_dossier_name(
    count: int, created: datetime, suffix: str, *, is_reviewed: bool = True
) -> str:
    """Return a file name that says when and of how many examinations, and nothing of the patient.

    It says too where nobody accepted all that the file tells.
    """
    standing = "" if is_reviewed else "not-reviewed-"
    counted = _counted(count).replace(" ", "-")
    return f"head-circumference-{standing}{created:%Y%m%d-%H%M%S}-{counted}.{suffix}"


def in_order(parts: Iterable[DossierPart]) -> tuple[DossierPart, ...]:
    """Return parts in the order of their days, those of one day as they were given."""
    return tuple(sorted(parts, key=lambda part: part.exam.exam_date or date.max))


def check_together(exams: Sequence[Examination]) -> None:
    """Refuse examinations that nothing shows to be of one patient.

    The identifier with what the files say, or a clinician's word, makes one of several; without
    any name and number only one picture does.

    Raises:
        NoDossier: why, by the numbers of two of them.
    """
    if not exams:
        raise NoDossier("There is no examination to report.", "Name at least one.")
    if len(exams) > MOST_EXAMINATIONS:
        raise too_many(len(exams))
    for (one, first), (other, second) in combinations(enumerate(exams, start=1), 2):
        why = _why_apart(first, second)
        if why:
            raise NoDossier(
                f"Examinations {one} and {other} {why}: they make no report together.",
                _EACH_BY_HERSELF,
            )
    answers = {answer for exam in exams for answer in exam.answers_in_force}
    # Where two answers do not go together, the one that parts two women holds.
    in_turn = sorted(answers, key=lambda one: not one.is_same)
    if len(women_among((exam.patient for exam in exams), in_turn)) > 1:
        raise NoDossier(
            "These examinations name their patient in ways that do not go together.",
            _EACH_BY_HERSELF,
        )


def too_many(count: int) -> NoDossier:
    """Return what is said of more examinations than a report holds."""
    return NoDossier(
        f"One report holds {MOST_EXAMINATIONS} examinations at most, and these are {count}.",
        "Make several reports of them.",
    )


def _why_apart(one: Examination, other: Examination) -> str:
    """Return what parts two examinations for certain; empty where nothing does."""
    if compared((one.patient,), (other.patient,)) is Sameness.ANOTHER:
        return "have different identifiers"
    is_named = any(part for part in (one.patient.identifier, one.patient.name))
    if is_named or one.image.source.sha256 == other.image.source.sha256:
        return ""
    return "name no patient"


def _patient_rows(reported: Sequence[Reported]) -> tuple[Row, ...]:
    """Return all that the reports say of her, each in the words of each."""
    return _once(row for one in reported for row in one.content.patient if row.label != FETUS_LABEL)


def _banner(reported: Sequence[Reported]) -> str:
    return "  ·  ".join(dict.fromkeys(one.exam.patient.banner for one in reported))


def _standing(reported: Sequence[Reported]) -> str:
    days = sorted(day for one in reported if (day := one.exam.exam_date) is not None)
    spread = "no examination date"
    if days:
        first, last = days[0], days[-1]
        spread = f"examined {first}" if first == last else f"examined {first} to {last}"
    accepted = sum(not one.content.is_draft for one in reported)
    return f"{spread}  ·  {accepted} of {len(reported)} accepted"


def _draft_reason(reported: Sequence[Reported]) -> str:
    drafts = sum(one.content.is_draft for one in reported)
    if not drafts:
        return ""
    if drafts == len(reported):
        return "Draft: not accepted by an operator."
    return f"Draft: {drafts} of {len(reported)} not accepted."


def _remarks(exams: Sequence[Examination], chart: GrowthChart | None) -> tuple[str, ...]:
    """Return what only all of them together show."""
    numbered = list(enumerate(exams, start=1))
    found = [
        f"One picture and one outline, so one measurement: {_listed(same)}."
        for same in _same_measurements(numbered)
    ]
    if chart is not None:
        others = [n for n, exam in numbered if exam.standard.key != chart.standard.key]
        if others:
            found.append(
                f"The chart is that of {chart.standard.name}; judged by another standard: "
                f"{_listed(others)}."
            )
        if chart.left_out:
            found.append(f"Not on the chart: {_listed(chart.left_out)}. The pages of each say why.")
    return tuple(found)


def _same_measurements(numbered: Sequence[tuple[int, Examination]]) -> Iterator[list[int]]:
    """Give the numbers of those that are the same head in the same picture."""
    groups: dict[Hashable, list[int]] = {}
    for number, exam in numbered:
        if exam.outline_px is not None:
            source = exam.image.source
            groups.setdefault((source.sha256, source.frame, exam.outline_px), []).append(number)
    return (numbers for numbers in groups.values() if len(numbers) > 1)


def _listed(numbers: Sequence[int]) -> str:
    word = "examination" if len(numbers) == 1 else "examinations"
    return f"{word} {', '.join(map(str, numbers))}"


def _once(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(dict.fromkeys(rows))


def _counted(count: int) -> str:
    return f"{count} examination{'' if count == 1 else 's'}"
