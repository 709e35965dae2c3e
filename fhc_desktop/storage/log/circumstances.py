"""How it came to an acceptance: what later questions need and nobody could tell any more."""

from dataclasses import dataclass, field
from datetime import datetime

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.image.display import Display


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known beside the facts themselves; None or empty where nobody knows.

    ``seconds_to_accept`` count from the model's answer. The scanner is named as the file names
    it. ``numbers_hidden`` tells whether the outline was judged without its numbers in sight.
    ``correction_reason`` is why the row that this one corrects holds no longer, in the operator's
    words. ``display_state`` is how the picture was shown, in the words of ``Display.text``: empty
    where as in the file, None in rows from before it was kept. ``utc_offset_seconds`` is the local
    time's at the acceptance, east of Greenwich positive. ``clock_note`` is the log's own word on
    the clock, no part of what was accepted.
    """

    seconds_to_accept: float | None = None
    correction_reason: str = ""
    scanner_manufacturer: str = ""
    scanner_model: str = ""
    numbers_hidden: bool | None = None
    display_state: str | None = None
    utc_offset_seconds: int | None = None
    clock_note: str = field(default="", compare=False)

    @classmethod
    def of(
        cls,
        exam: Examination,
        *,
        now: datetime,
        display: Display = Display(),
        correction_reason: str = "",
    ) -> "Circumstances":
        """Return what is known when somebody accepts; ``now`` is in UTC."""
        offset = now.astimezone().utcoffset()
        return cls(
            seconds_to_accept=_seconds_since_proposal(exam, now),
            correction_reason=correction_reason,
            scanner_manufacturer=exam.study.manufacturer or "",
            scanner_model=exam.study.device or "",
            # No view of ours hides the numbers of the outline on the screen.
            numbers_hidden=False,
            display_state=display.text,
            utc_offset_seconds=None if offset is None else round(offset.total_seconds()),
        )


def _seconds_since_proposal(exam: Examination, now: datetime) -> float | None:
    """Return None where the clock was set back meanwhile, too: nobody has counted."""
    if exam.proposal is None or exam.proposal.said_at is None:
        return None
    seconds = (now - exam.proposal.said_at).total_seconds()
    return seconds if seconds >= 0 else None


@dataclass(frozen=True, slots=True)
class EarlierTime:
    """When the record before was accepted: in UTC, and how far the local time was from it."""

    sequence: int
    created_at: datetime
    utc_offset_seconds: int | None


def clock_note(before: EarlierTime, at: datetime, utc_offset_seconds: int | None) -> str:
    """Return what is to be noted of the clock since the record before; empty for nothing."""
    notes = []
    if at < before.created_at:
        notes.append(
            f"By the clock this is {before.created_at - at} before record {before.sequence}: the "
            "clock was set back, or this was logged later than it was accepted."
        )
    offsets = (before.utc_offset_seconds, utc_offset_seconds)
    if None not in offsets and offsets[0] != offsets[1]:
        was, now = (_offset_text(offset) for offset in offsets if offset is not None)
        notes.append(
            f"Local time was UTC{was} at record {before.sequence} and is UTC{now}: summer time or "
            "time zone changed."
        )
    return " ".join(notes)


def _offset_text(seconds: int) -> str:
    hours, minutes = divmod(abs(seconds) // 60, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02d}:{minutes:02d}"
