"""What entries are found and sorted by: a narrow table beside the log, made from it.

It is no part of the record. SQL cannot fold the letters of every alphabet, nor work out an age, so
Python does it once for each entry; a search then reads a tenth of what the entries take.
"""

import json
from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from sqlcipher3 import dbapi2

from fhc_desktop.domain.dating.gestation import NoAge
from fhc_desktop.domain.growth.standards import standard_name
from fhc_desktop.storage.log.entry import LogEntry
from fhc_desktop.storage.log.entry_rows import entry_of
from fhc_desktop.storage.log.log_query import LogQuery, SortBy, folded
from fhc_desktop.storage.log.migrations import transaction

_COLUMNS = (
    "sequence",
    "corrects",
    "accepted",
    "examined",
    "identifier",
    "name",
    "issuer",
    "fetus",
    "hc_mm",
    "z",
    "standard",
    "age_days",
    "origin",
    "grade",
    "operator",
    "image",
)
_CORRECTED = "EXISTS (SELECT 1 FROM finding AS later WHERE later.corrects = finding.sequence)"
# Current, a correction, superseded.
_STATE = f"CASE WHEN {_CORRECTED} THEN 2 ELSE corrects IS NOT NULL END"
_CONDITIONS = {
    "text": "(instr(identifier, :text) OR instr(name, :text))",
    "examined_from": "examined >= :examined_from",
    "examined_to": "examined <= :examined_to",
    "accepted_from": "accepted >= :accepted_from",
    "accepted_before": "accepted < :accepted_before",
    "operator": "operator IS :operator",
    "grade": "grade = :grade",
    "origin": "origin = :origin",
    "in_force_only": f"NOT {_CORRECTED}",
}


def complete(connection: dbapi2.Connection) -> None:
    """Bring the table up to the log, from which another program may have made it differ."""
    if not _has_table(connection):
        return
    (is_whole,) = connection.execute(
        "SELECT (SELECT count(*) FROM finding) = (SELECT count(*) FROM entry)"
    ).fetchone()
    if not is_whole:
        with transaction(connection):
            connection.execute("DELETE FROM finding")
            add_new(connection)


def add_new(connection: dbapi2.Connection) -> None:
    """Add what the entries since the last one in the table are found by."""
    places = ", ".join("?" for _ in _COLUMNS)
    connection.executemany(
        f"INSERT INTO finding ({', '.join(_COLUMNS)}) VALUES ({places})",  # noqa: S608 - our names
        _new(connection),
    )


def found(connection: dbapi2.Connection, query: LogQuery) -> "array[int]":
    """Return the sequence numbers of the entries that are wanted, in their order.

    They come as one text: each row that SQLite hands over on its own would make a thread that
    draws the window wait for its turn.
    """
    wanted = _wanted(query)
    conditions = " AND ".join(_CONDITIONS[name] for name in wanted) or "TRUE"
    rows = f"SELECT sequence FROM finding WHERE {conditions} ORDER BY {_order(query)}"  # noqa: S608 - our words
    (numbers,) = connection.execute(
        f"SELECT json_group_array(sequence) FROM ({rows})",  # noqa: S608 - our words
        wanted,
    ).fetchone()
    return array("q", json.loads(numbers))


def is_said(connection: dbapi2.Connection, column: SortBy) -> bool:
    """Return whether any entry of the log has something in a column."""
    statement = f"SELECT EXISTS (SELECT 1 FROM finding WHERE {column.value} IS NOT NULL)"  # noqa: S608 - our words
    (said,) = connection.execute(statement).fetchone()
    return bool(said)


def finding_of(entry: LogEntry) -> tuple[Any, ...]:
    """Return what an entry is found by, from ``accepted`` on in the order of the columns.

    Texts are folded bytes: a file name that is not UTF-8 holds half characters, which cannot be
    bound as text.
    """
    facts, said = entry.facts, entry.said
    age = entry.recorded.age_then
    confidence = None if entry.proposal is None else entry.proposal.said.confidence
    return (
        entry.created_at.isoformat(),
        None if facts.exam_date is None else facts.exam_date.isoformat(),
        _bytes(facts.patient.identifier),
        _bytes(facts.patient.name),
        _bytes(facts.patient.issuer),
        _bytes(facts.fetus.text),
        said.hc_mm,
        said.z,
        None if said.z is None else _bytes(standard_name(facts.standard_key)),
        None if isinstance(age, NoAge) else age.days,
        entry.origin.value,
        None if confidence is None else confidence.grade.value,
        _bytes(entry.operator),
        _bytes(entry.image.path.name),
    )


def _has_table(connection: dbapi2.Connection) -> bool:
    tables = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'finding'"
    return connection.execute(tables).fetchone() is not None


def _new(connection: dbapi2.Connection) -> Iterator[Sequence[Any]]:
    new = connection.execute(
        """
        SELECT entry.*, earlier.sequence AS corrects, NULL AS superseded_by
        FROM entry LEFT JOIN entry AS earlier ON earlier.entry_id = entry.supersedes
        WHERE entry.sequence > (SELECT coalesce(max(sequence), 0) FROM finding)
        ORDER BY entry.sequence
        """
    )
    columns = [column[0] for column in new.description]
    for cells in new:
        row = dict(zip(columns, cells, strict=True))
        yield (row["sequence"], row["corrects"], *finding_of(entry_of(row)))


def _wanted(query: LogQuery) -> dict[str, Any]:
    """Return the conditions that a query makes, each with what it compares with."""
    wanted = {
        "text": _bytes(query.text),
        "examined_from": query.examined_from and query.examined_from.isoformat(),
        "examined_to": query.examined_to and query.examined_to.isoformat(),
        "accepted_from": query.accepted_from and query.accepted_from.isoformat(),
        "accepted_before": query.accepted_before and query.accepted_before.isoformat(),
        "grade": query.grade and query.grade.value,
        "origin": query.origin and query.origin.value,
        "in_force_only": query.in_force_only or None,
    }
    made = {name: value for name, value in wanted.items() if value is not None}
    return made if query.operator is None else {**made, "operator": _bytes(query.operator)}


def _order(query: LogQuery) -> str:
    way = "DESC" if query.descending else "ASC"
    match query.sort_by:
        case SortBy.ACCEPTED:
            return f"sequence {way}"
        case SortBy.STATE:
            return f"{_STATE} {way}, sequence {way}"
        case _:
            return f"{query.sort_by.value} {way} NULLS LAST, sequence {way}"


def _bytes(text: str) -> bytes | None:
    return folded(text).encode("utf-8", errors="surrogatepass") or None
