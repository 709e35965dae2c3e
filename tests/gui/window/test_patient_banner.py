import pytest

from fhc_desktop.gui.window.patient_banner import BannerContent, PatientBanner

NAME = "Wilhelmina Featherstonehaugh-Cholmondeley"
OTHERS = ("4711-2026", "Fetus A, left", "2026-05-30")


@pytest.fixture
def banner(qtbot):
    made = PatientBanner()
    qtbot.addWidget(made)
    made.show_content(BannerContent(NAME, OTHERS))
    made.show()
    return made


def at(banner, width_px):
    banner.resize(width_px, 30)
    return banner.text()


def test_that_with_room_all_of_it_stands_there(banner):
    assert at(banner, 2000) == "  ·  ".join((NAME, *OTHERS))


def test_that_the_name_gives_way_first_and_its_beginning_stays(banner):
    shown = at(banner, banner.fontMetrics().horizontalAdvance("  ·  ".join(OTHERS)) + 150)

    assert shown.startswith("Wilhelm")
    assert "…" in shown
    assert shown.endswith("4711-2026  ·  Fetus A, left  ·  2026-05-30")


def test_that_the_identifier_stays_longest(banner):
    shown = at(banner, banner.fontMetrics().horizontalAdvance("4711-2026  ·  Fetus") + 10)

    assert shown.startswith("4711-2026")
    assert "Wilhelm" not in shown


def test_that_all_of_it_is_in_the_tooltip_however_narrow(banner):
    at(banner, 60)

    assert banner.toolTip() == banner.full_text == "  ·  ".join((NAME, *OTHERS))


def test_that_without_a_name_the_identifier_leads(banner):
    banner.show_content(BannerContent("", ("4711-2026", "", "2026-05-30")))

    assert at(banner, 2000) == "4711-2026  ·  2026-05-30"
