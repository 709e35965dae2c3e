"""What the window of the log shows, and what of it may be seen while somebody looks on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fhc_desktop.gui.log.table_model import COLUMNS
from fhc_desktop.gui.widgets.column_table import Column, public, telling
from fhc_desktop.gui.widgets.note_page import Note
from fhc_desktop.storage.log.measurement_log import LogEntry

EMPTY = Note(
    "No measurements yet",
    "Open a scan, look at its outline and press Enter to accept it. It is then recorded here.",
    "Open a scan",
)
SHOW_ALL = "Show all"
_TITLE = "Measurement log"
_HIDDEN = "de-identified view: patients hidden"


@dataclass(frozen=True, slots=True)
class LogContent:
    """The entries, the newest first, and the columns that tell of them.

    ``wanted`` is what was searched for, or empty. ``note`` stands in the place of a table that
    has nothing to show. ``names_patients``: the search and words about files may be seen.
    """

    entries: tuple[LogEntry, ...]
    columns: tuple[Column[LogEntry], ...]
    wanted: str = ""
    note: Note | None = None
    title: str = _TITLE
    names_patients: bool = True

    @property
    def count_text(self) -> str:
        """How many there are; empty for none."""
        count = len(self.entries)
        noun = "measurement" if count == 1 else "measurements"
        return f"{count} {noun}{' found' if self.wanted else ''}" if count else ""


def log_content(entries: Sequence[LogEntry], wanted: str = "") -> LogContent:
    """Return what is shown of the entries that were found."""
    return LogContent(tuple(entries), telling(COLUMNS, entries), wanted, _note(entries, wanted))


def without_entries(note: Note) -> LogContent:
    """Return what is shown where the log cannot be read."""
    return LogContent((), COLUMNS, note=note)


def deidentified(content: LogContent) -> LogContent:
    """Return what may be seen while somebody looks on; the entries themselves are as they were."""
    return replace(
        content,
        columns=public(content.columns),
        wanted="",
        # It repeats what was searched for.
        note=None if content.wanted else content.note,
        title=f"{content.title} – {_HIDDEN}",
        names_patients=False,
    )


def _note(entries: Sequence[LogEntry], wanted: str) -> Note | None:
    if entries:
        return None
    return Note(f"No patient matches “{wanted}”", "", SHOW_ALL) if wanted else EMPTY
