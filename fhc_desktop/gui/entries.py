"""What was typed into a field, read forgivingly but never guessed at; pure, no Qt."""

from datetime import date, timedelta

from fhc_desktop.domain.entry import Wrong, parse_date, read_age
from fhc_desktop.domain.gestation import Dating, DatingMethod, GestationalAge


def parse_exam_date(text: str, *, order: str, today: date) -> date | Wrong | None:
    """Return the day of an examination that was typed; it cannot lie ahead."""
    found = parse_date(text, order=order)
    # One day's grace: the clock of a ward and that of the computer may lie a time zone apart.
    if isinstance(found, date) and found > today + timedelta(days=1):
        return Wrong(f"{found} is a day to come: check the examination date.")
    return found


def parse_dating(method: DatingMethod, text: str, *, order: str) -> Dating | Wrong | None:
    """Return the dating that was typed; None where nothing was."""
    cleaned = text.strip()
    if not cleaned:
        return None
    if method is DatingMethod.TYPED_AGE:
        age = read_age(cleaned)
        return Dating.from_age(age) if isinstance(age, GestationalAge) else age
    day = parse_date(cleaned, order=order)
    return Dating(method, on=day) if isinstance(day, date) else day
