"""The paper that is usual where this machine stands."""

from PySide6.QtCore import QLocale

from fhc_desktop.reporting.pdf.paper import Paper


def usual_paper() -> Paper:
    """Return Letter where inches are usual, else A4."""
    is_in_inches = (
        QLocale.system().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    )
    return Paper.LETTER if is_in_inches else Paper.A4
