"""What the log's window is narrowed down to, in days of this machine's calendar."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.examination.outline_origin import OutlineOrigin
from fhc_desktop.storage.log.log_query import LogQuery, SortBy

UNNAMED_OPERATOR = "not named"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilter:
    """What is wanted; None and empty narrow nothing down. Both ends of a range of days count."""

    text: str = ""
    examined_from: date | None = None
    examined_to: date | None = None
    accepted_from: date | None = None
    accepted_to: date | None = None
    operator: str | None = None
    grade: Grade | None = None
    origin: OutlineOrigin | None = None
    in_force_only: bool = False

    @property
    def words(self) -> str:
        """What is wanted, in words; empty where that is everything."""
        parts = (
            f"“{self.text}”" if self.text else "",
            _range_words("examined", self.examined_from, self.examined_to),
            _range_words("accepted", self.accepted_from, self.accepted_to),
            "" if self.operator is None else f"operator {self.operator or UNNAMED_OPERATOR}",
            "" if self.grade is None else f"graded {self.grade}",
            "" if self.origin is None else self.origin.lower(),
            "in force only" if self.in_force_only else "",
        )
        return ", ".join(part for part in parts if part)

    @property
    def contradiction(self) -> str:
        """Why nothing can match, in a sentence; empty where something may."""
        for what, first, last in (
            ("examined", self.examined_from, self.examined_to),
            ("accepted", self.accepted_from, self.accepted_to),
        ):
            if first is not None and last is not None and last < first:
                return f"The days {what} end before they begin: from {first} to {last}."
        return ""

    def with_day(self, field: str, day: date | None) -> "LogFilter":
        """Return the filter with another end of one of its ranges of days."""
        changed: dict[str, Any] = {field: day}
        return replace(self, **changed)

    def query(self, sort_by: SortBy, *, descending: bool, zone: tzinfo | None = None) -> LogQuery:
        """Return what the log is asked; ``zone`` None is that of this machine."""
        after = None
        if self.accepted_to is not None and self.accepted_to < date.max:
            after = self.accepted_to + timedelta(days=1)
        return LogQuery(
            text=self.text,
            examined_from=self.examined_from,
            examined_to=self.examined_to,
            accepted_from=_beginning(self.accepted_from, zone),
            accepted_before=_beginning(after, zone),
            operator=self.operator,
            grade=self.grade,
            origin=self.origin,
            in_force_only=self.in_force_only,
            sort_by=sort_by,
            descending=descending,
        )


ALL = LogFilter()


@dataclass(frozen=True, slots=True)
class KeptFilter:
    """A filter under a name that the user gave it; what was searched for is never kept."""

    name: str
    filter: LogFilter

    @classmethod
    def of(cls, name: str, shown: LogFilter) -> "KeptFilter":
        return cls(name, replace(shown, text=""))

    @property
    def written(self) -> str:
        """As it stands in the settings."""
        narrowing = {
            field: value
            for field, value in asdict(self.filter).items()
            if value != _DEFAULTS[field]
        }
        return json.dumps({"name": self.name, **narrowing}, default=str)


def kept_filters(written: Sequence[str]) -> tuple[KeptFilter, ...]:
    """Return the filters of the settings; what this version cannot read is passed over."""
    read = [_read(one) for one in written]
    return tuple(one for one in read if one is not None)


def with_filter(written: Sequence[str], kept: KeptFilter) -> tuple[str, ...]:
    """Return the settings with a filter, in the place of the one of that name if there is one."""
    return (*without_filter(written, kept.name), kept.written)


def without_filter(written: Sequence[str], name: str) -> tuple[str, ...]:
    return tuple(one for one in written if (read := _read(one)) is None or read.name != name)


_DEFAULTS = asdict(ALL)
_READERS: dict[str, Any] = {
    "examined_from": date.fromisoformat,
    "examined_to": date.fromisoformat,
    "accepted_from": date.fromisoformat,
    "accepted_to": date.fromisoformat,
    "operator": str,
    "grade": Grade,
    "origin": OutlineOrigin,
    "in_force_only": bool,
}


def _read(written: str) -> KeptFilter | None:
    try:
        content = json.loads(written)
        name = content.pop("name")
        narrowing = {field: _READERS[field](value) for field, value in content.items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return KeptFilter(str(name), LogFilter(**narrowing))


def _range_words(what: str, first: date | None, last: date | None) -> str:
    if first is None and last is None:
        return ""
    if first == last:
        return f"{what} on {first}"
    parts = ("" if first is None else f"from {first}", "" if last is None else f"to {last}")
    return f"{what} {' '.join(part for part in parts if part)}"


def _beginning(day: date | None, zone: tzinfo | None) -> datetime | None:
    """Return when a day begins, in UTC."""
    if day is None:
        return None
    try:
        return datetime.combine(day, time(), zone).astimezone(UTC)
    except (OverflowError, OSError, ValueError):  # a day that no clock of a machine knows
        return datetime.combine(day, time(), UTC)
