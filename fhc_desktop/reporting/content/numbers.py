"""How a number with its unit is written, and a time, in window and report alike."""

from datetime import datetime, timedelta

MISSING = "–"


def signed(number: float, decimals: int) -> str:
    """Return a number with its sign, a true minus, and no sign on what rounds to nought."""
    text = f"{abs(number):.{decimals}f}"
    if not float(text):
        return text
    return f"{'−' if number < 0 else '+'}{text}"


def format_mm(mm: float) -> str:
    return f"{mm:.1f} mm"


def format_px(px: float) -> str:
    return f"{px:.1f} px"


def format_z(z: float) -> str:
    """Return a z-score with its sign and two decimals: −0.18; never −0.00."""
    return signed(z, 2)


def format_whole_z(z: int) -> str:
    """Return the name of a line at a whole z-score: −2 z."""
    return f"{signed(z, 0)} z"


def moment_text(moment: datetime) -> str:
    """Return a time to the minute with its distance from UTC, where it has one."""
    text = moment.strftime("%Y-%m-%d %H:%M")
    offset = moment.utcoffset()
    if offset is None:
        return text
    if not offset:
        return f"{text} UTC"
    sign = "+" if offset > timedelta(0) else "−"
    hours, minutes = divmod(int(abs(offset).total_seconds()) // 60, 60)
    return f"{text} UTC{sign}{hours:02d}:{minutes:02d}"
