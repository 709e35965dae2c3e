"""A report of this program says of itself who accepted what, as far as its items go."""

import pytest

from fhc_desktop.domain.examination.filed_report import (
    FiledReport,
    ReportItem,
    outline_of,
    own_report,
    scale_of,
)
from fhc_desktop.domain.examination.structured_report import ReportedImage, TransmittedCode
from fhc_desktop.domain.image.geometry import Ellipse

ROOT = ReportItem(0, "CONTAINER", TransmittedCode("125000", "DCM", "Report"))
OUTLINE = ReportItem(1, "CONTAINER", TransmittedCode("OUTLINE", "99FHC", "Outline"))
OPERATOR = ReportItem(1, "PNAME", TransmittedCode("121008", "DCM", "Observer"), "Who^Ada^")


def exact(name, value, scheme="99FHC"):
    return ReportItem(2, "NUM", TransmittedCode(name, scheme, name), str(value), exact=value)


AXES = [
    exact(f"OUTLINE-{name}", value)
    for name, value in {"X": 60.0, "Y": 40.0, "A": 30.0, "B": 20.0, "ANGLE": 0.5}.items()
]


def accepted_at(digits):
    return ReportItem(2, "DATETIME", TransmittedCode("ACCEPTED-AT", "99FHC", "Accepted"), digits)


def test_that_it_says_by_whom_and_when_it_was_accepted_and_what():
    own = own_report([ROOT, OPERATOR, OUTLINE, accepted_at("20261123124007"), *AXES])

    assert (own.accepted_by, own.accepted_at) == ("Who, Ada", "2026-11-23 12:40")
    assert own.outline_px == Ellipse(60.0, 40.0, 30.0, 20.0, 0.5)
    assert own.is_whole


def test_that_one_for_research_systems_has_no_outline_to_restore():
    own = own_report([ROOT, OPERATOR])

    assert (own.outline_px, own.is_whole, own.accepted_at) == (None, False, "")


@pytest.mark.parametrize("digits", ["", "2026", "yesterday 12:40"])
def test_that_a_time_that_is_none_is_not_told(digits):
    assert own_report([accepted_at(digits)]).accepted_at == ""


@pytest.mark.parametrize("spoilt", [-3.0, float("nan"), float("inf"), None])
def test_that_an_outline_that_is_none_is_not_restored(spoilt):
    items = [*AXES[:2], exact("OUTLINE-A", spoilt), *AXES[3:]]

    assert outline_of(items) is None


def test_that_a_number_of_another_scheme_is_no_side_of_a_pixel():
    sides = [exact("MM-PER-COLUMN", 0.1), exact("MM-PER-ROW", 0.2)]

    assert scale_of(sides) == (0.1, 0.2)
    assert scale_of([sides[0], exact("MM-PER-ROW", 0.2, "99OTHER")]) is None


def test_that_the_image_is_the_first_that_it_refers_to():
    image = ReportItem(2, "IMAGE", TransmittedCode(), image=ReportedImage("1.2.3"))

    assert FiledReport((), (ROOT, image), "").image == ReportedImage("1.2.3")
    assert FiledReport((), (ROOT,), "").image is None
