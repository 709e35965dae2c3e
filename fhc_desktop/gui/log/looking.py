"""What the log's window asks the log, on the log's own thread."""

from fhc_desktop.gui.log.columns import COLUMNS
from fhc_desktop.gui.log.content import Findings, Order
from fhc_desktop.gui.log.log_filter import LogFilter
from fhc_desktop.gui.log.table_model import numbers_of, pages_of
from fhc_desktop.storage.log.measurement_log import MeasurementLog, Numbers


def look_up(
    log: MeasurementLog, wanted: LogFilter, order: Order, chosen: int | None = None
) -> Findings:
    """Return what is found, with the first page and that of the entry that was chosen before.

    Raises:
        LogUnavailable: the log cannot be read.
    """
    numbers = log.found(wanted.query(order.sort_by, descending=order.descending))
    row = _row_of(chosen, numbers)
    pages = pages_of((0 if numbers else None, row))
    return Findings(
        wanted,
        order,
        numbers,
        {page: log.entries_at(numbers_of(page, numbers)) for page in pages},
        row,
        log.count(),
        tuple(log.operators()),
        frozenset(
            key
            for key, column in COLUMNS.items()
            if column.is_rare and not log.says_anything_of(key)
        ),
    )


def _row_of(number: int | None, numbers: Numbers) -> int | None:
    try:
        return None if number is None else numbers.index(number)
    except ValueError:
        return None
