"""Export the log as a table while others use it: batch by batch, between their questions."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from pathlib import Path
from typing import TypeVar

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.storage.log.log_query import LogQuery
from fhc_desktop.storage.log.measurement_log import Numbers, batches
from fhc_desktop.storage.log.table_columns import Row
from fhc_desktop.storage.log.table_file import write_table
from fhc_desktop.workflow.log_desk import LogDesk

T = TypeVar("T")
# How long somebody who cancels may wait for it, where the log does not answer.
_SECONDS = 0.2


class ExportCancelled(FhcError):  # noqa: N818 - named for what the user did
    """Nothing was written: somebody did not want it any more."""


def export_log(
    desk: LogDesk,
    query: LogQuery,
    target: Path,
    *,
    told: Callable[[int, int], None],
    is_cancelled: Callable[[], bool],
) -> int:
    """Write the entries that are wanted and return how many they were.

    Call it from a thread of its own. What is wanted is decided at the start: entries that come
    later are not in it. ``told`` hears how many of how many have been read.

    Raises:
        LogNotExported: the file could not be written; one that was there still is.
        LogUnavailable: the log cannot be read.
        ExportCancelled: ``is_cancelled`` said so.
    """
    asked = desk.ask(lambda log: (log.table_columns(), log.found(query)))
    columns, numbers = _answer(asked, is_cancelled)

    def parts() -> Iterator[Sequence[Row]]:
        read = 0
        for some in batches(numbers):
            yield _answer(_rows(desk, some), is_cancelled)
            read += len(some)
            told(read, len(numbers))

    write_table(target, columns, parts())
    return len(numbers)


def _rows(desk: LogDesk, numbers: Numbers) -> "Future[Sequence[Row]]":
    return desk.ask(lambda log: log.rows_at(numbers))


def _answer(asked: "Future[T]", is_cancelled: Callable[[], bool]) -> T:
    while not is_cancelled():
        if wait((asked,), _SECONDS).done:
            return asked.result()
    asked.cancel()
    raise ExportCancelled("The export was cancelled.", "Nothing was written.")
