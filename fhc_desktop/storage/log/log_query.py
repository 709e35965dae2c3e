"""What is looked for in the measurement log, and in which order it is wanted."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.examination.outline_origin import OutlineOrigin


class SortBy(StrEnum):
    """What the entries are ordered by.

    ``ACCEPTED`` is the order in which they came into the log, which no clock can turn round.
    """

    ACCEPTED = "accepted"
    EXAMINED = "examined"
    IDENTIFIER = "identifier"
    NAME = "name"
    ISSUER = "issuer"
    FETUS = "fetus"
    HC = "hc_mm"
    PERCENTILE = "z"
    STANDARD = "standard"
    AGE = "age_days"
    ORIGIN = "origin"
    GRADE = "grade"
    STATE = "state"
    OPERATOR = "operator"
    IMAGE = "image"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogQuery:
    """Which entries are wanted, and in which order; as it comes: all, the newest first.

    ``text`` is part of the patient's identifier or name, in capitals or not. Days are from the
    first to the last, both counted; entries without a day of examination are in no such range.
    ``accepted_from`` and ``accepted_before`` are times in UTC. An ``operator`` of "" is one who
    was not named. Entries that have nothing to be sorted by come last either way; equal ones
    stand in the order of the log, turned round with it.
    """

    text: str = ""
    examined_from: date | None = None
    examined_to: date | None = None
    accepted_from: datetime | None = None
    accepted_before: datetime | None = None
    operator: str | None = None
    grade: Grade | None = None
    origin: OutlineOrigin | None = None
    in_force_only: bool = False
    sort_by: SortBy = SortBy.ACCEPTED
    descending: bool = True


def folded(text: str) -> str:
    """Return a text as it is compared: without capitals, in any alphabet, composed."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
