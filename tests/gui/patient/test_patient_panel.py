"""A date that is typed into the panel has one meaning, whatever the computer's country."""

from datetime import date

import pytest
from PySide6.QtCore import QLocale

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.gui.patient.patient_panel import PatientPanel

pytestmark = pytest.mark.gui


@pytest.fixture
def panel_in(qtbot):
    def made(locale):
        panel = PatientPanel(QLocale(locale), today=lambda: date(2026, 7, 20))
        qtbot.addWidget(panel)
        return panel

    return made


@pytest.mark.parametrize("locale", ["en_US", "en_GB", "de_DE", "sv_SE", "nl_NL", "hu_HU", "C"])
def test_that_a_date_with_dots_is_day_first_in_every_country(qtbot, panel_in, locale):
    panel = panel_in(locale)
    panel.dating.line.setText("04.03.2026")

    with qtbot.waitSignal(panel.dating_entered) as said:
        panel.dating.entered.emit("04.03.2026")

    assert said.args == [Dating.from_lmp(date(2026, 3, 4))]


@pytest.mark.parametrize(
    ("locale", "typed", "found"),
    [
        ("en_US", "04/03/2026", date(2026, 4, 3)),
        ("en_GB", "04/03/2026", date(2026, 3, 4)),
        ("sv_SE", "04/03/2026", None),
        ("C", "04/03/2026", None),
        ("nl_NL", "04-03-2026", date(2026, 3, 4)),
        ("en_US", "04-03-2026", None),
    ],
)
def test_that_any_other_date_is_in_the_order_of_the_country_or_refused(
    qtbot, panel_in, locale, typed, found
):
    panel = panel_in(locale)

    with qtbot.waitSignal(panel.exam_date_entered) as said:
        panel.exam_date.entered.emit(typed)

    assert said.args == [found]
    is_refused = "write it as 2026-03-04 or 2026-04-03" in panel.complaint
    assert is_refused is (found is None)


def test_that_no_country_writes_dots_with_the_month_first():
    """The ground on which dots are day first, and dashes with the year last are not month first."""
    month_first = set()
    anywhere = (QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyCountry)
    for locale in QLocale.matchingLocales(*anywhere):
        form = locale.dateFormat(QLocale.FormatType.ShortFormat)
        if -1 < form.find("M") < form.find("d") < form.find("y"):
            month_first |= set(form) - set("Mdy")

    assert month_first == {"/"}
