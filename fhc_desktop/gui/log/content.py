"""What the window of the log shows, and what of it may be seen while somebody looks on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import Qt

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.log.columns import COLUMNS
from fhc_desktop.gui.log.log_filter import ALL, LogFilter
from fhc_desktop.gui.widgets.column_table import Column, public
from fhc_desktop.gui.widgets.note_page import Note
from fhc_desktop.storage.log.log_query import SortBy
from fhc_desktop.storage.log.measurement_log import LogEntry, Numbers

EMPTY = Note(
    "No measurements yet",
    "Open a scan, look at its outline and press Enter to accept it. It is then recorded here.",
    "Open a scan",
)
SHOW_ALL = "Show all"
_TITLE = "Measurement log"
_HIDDEN = "de-identified view: patients hidden"


@dataclass(frozen=True, slots=True)
class Order:
    """By what the rows stand, and which end is up."""

    sort_by: SortBy = SortBy.ACCEPTED
    descending: bool = True

    @property
    def direction(self) -> Qt.SortOrder:
        """As Qt calls it, for the sign in the heading."""
        return Qt.SortOrder.DescendingOrder if self.descending else Qt.SortOrder.AscendingOrder

    def chosen(self, sort_by: SortBy) -> "Order":
        """Return the order after a heading was chosen: the same one turns it round."""
        if sort_by is self.sort_by:
            return replace(self, descending=not self.descending)
        return Order(sort_by, descending=sort_by is SortBy.ACCEPTED)


NEWEST_FIRST = Order()


@dataclass(frozen=True, slots=True)
class Findings:
    """What the log answered: where the wanted entries stand, and those that are in sight first.

    ``chosen_row`` is where the entry stands that was chosen before, None where it is not among
    them. ``total`` is how many entries there are, ``unsaid`` what no entry says anything of.
    """

    wanted: LogFilter = ALL
    order: Order = NEWEST_FIRST
    numbers: Numbers = ()
    pages: Mapping[int, Sequence[LogEntry]] = field(default_factory=dict)
    chosen_row: int | None = None
    total: int = 0
    operators: tuple[str, ...] = ()
    unsaid: frozenset[SortBy] = frozenset()


@dataclass(frozen=True, slots=True)
class LogContent:
    """What was found, and the columns that tell of it, by what they sort by.

    ``offered`` are the columns that could be shown. ``note`` stands in the place of a table that
    has nothing to show. ``names_patients``: search, filter and words about files may be seen.
    """

    found: Findings
    columns: Mapping[SortBy, Column[LogEntry]]
    offered: Mapping[SortBy, Column[LogEntry]]
    wanted: str = ""
    note: Note | None = None
    title: str = _TITLE
    names_patients: bool = True

    @property
    def count_text(self) -> str:
        """How many there are, and of how many; empty for none."""
        count, total = len(self.found.numbers), self.found.total
        if not count:
            return ""
        noun = "measurement" if count == 1 else "measurements"
        if not self.is_narrowed:
            return f"{count:,} {noun}"
        return f"{count:,} {noun} found of {total:,}"

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter leaves any out, or would."""
        return self.found.wanted != ALL


def log_content(found: Findings, hidden: Collection[SortBy] = ()) -> LogContent:
    """Return what is shown of what was found; ``hidden`` columns are not."""
    offered = {
        key: column
        for key, column in COLUMNS.items()
        if not (column.is_rare and key in found.unsaid)
    }
    return LogContent(
        found,
        {key: column for key, column in offered.items() if key not in hidden} or offered,
        offered,
        found.wanted.words,
        _note(found),
    )


def without_entries(fault: FhcError, *, is_open: bool) -> LogContent:
    """Return what is shown where the log cannot be read, or is not even open."""
    problem = fault.problem if is_open else f"Not logging: {fault.problem}"
    note = Note(problem, fault.remedy, "Try again" if is_open else "", is_error=True)
    return LogContent(Findings(), COLUMNS, COLUMNS, note=note)


def deidentified(content: LogContent) -> LogContent:
    """Return what may be seen while somebody looks on; the entries themselves are as they were."""
    offered = _public(content.offered)
    return replace(
        content,
        columns=_public(content.columns) or offered,
        offered=offered,
        wanted="",
        # It repeats what was searched for.
        note=None if content.wanted else content.note,
        title=f"{content.title} – {_HIDDEN}",
        names_patients=False,
    )


def _public(columns: Mapping[SortBy, Column[LogEntry]]) -> dict[SortBy, Column[LogEntry]]:
    seen = {key: column for key, column in columns.items() if not column.is_private}
    return dict(zip(seen, public(seen.values()), strict=True))


def _note(found: Findings) -> Note | None:
    if found.numbers:
        return None
    if not found.total:
        return EMPTY
    wanted = found.wanted
    if wanted == replace(ALL, text=wanted.text):
        return Note(f"No patient matches “{wanted.text}”", "", SHOW_ALL)
    why = wanted.contradiction or f"Wanted: {wanted.words}."
    return Note("No measurement matches", why, SHOW_ALL)
