"""In which order the user's country writes day, month and year."""

from PySide6.QtCore import QLocale

from fhc_desktop.domain.dating.typed_dates import NO_ORDER, date_order


def order_of(locale: QLocale) -> str:
    """Return the order of a locale's short dates."""
    # Qt's stand-in for no locale names an order too, which nobody chose.
    if locale.language() == QLocale.Language.C:
        return NO_ORDER
    return date_order(locale.dateFormat(QLocale.FormatType.ShortFormat))
