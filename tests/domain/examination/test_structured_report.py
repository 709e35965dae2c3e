"""What a transmitted measurement says by its code, its name and its unit, and what it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.examination.structured_report import (
    ReportedImage,
    ReportedMeasurement,
    TransmittedCode,
)
from fhc_desktop.domain.growth.assessment import Dimension

MM = TransmittedCode("mm", "UCUM", "millimeter")


def told(name=("11984-2", "LN", "Head Circumference"), value="172.0", unit=MM, **more):
    return ReportedMeasurement(TransmittedCode(*name), value, unit, **more)


@pytest.mark.parametrize(
    ("name", "dimension"),
    [
        (("11984-2", "LN", "Head Circumference"), Dimension.HC),
        (("11984-2", "LN", "Kopfumfang"), Dimension.HC),
        (("11984-2", "LN", ""), Dimension.HC),
        (("1269262007", "SCT", "Head circumference of fetus"), Dimension.HC),
        (("11820-8", "LN", "Biparietal Diameter"), Dimension.BPD),
        (("11851-3", "LN", "Occipital-Frontal Diameter"), Dimension.OFD),
        # LOINC has no such number: its last digit proves the others wrong.
        (("11984-0", "LN", "Head Circumference"), Dimension.HC),
        (("HC", "99EXAMPLE", "HC"), Dimension.HC),
        (("11979-2", "LN", "Abdominal Circumference"), None),
        (("11984-2", "SRT", "Something"), None),
        (("121211", "DCM", "Path length"), None),
    ],
)
def test_that_a_measurement_is_known_by_its_code_or_else_by_its_name(name, dimension):
    assert told(name).dimension is dimension
    assert not told(name).is_contradictory


@pytest.mark.parametrize(
    "meaning", ["Abdominal Circumference", "Biparietal Diameter", "HC/AC ratio"]
)
def test_that_a_code_under_another_name_says_nothing_for_sure(meaning):
    wrong = told(("11984-2", "LN", meaning))

    assert wrong.dimension is None
    assert wrong.is_contradictory
    assert wrong.name.whole == f"{meaning} (11984-2, LN)"


@pytest.mark.parametrize(
    ("value", "unit", "length_mm"),
    [
        ("172.0", MM, 172.0),
        ("17.2", TransmittedCode("cm", "UCUM", "centimeter"), 172.0),
        ("0.172", TransmittedCode("m", "UCUM", "meter"), 172.0),
        ("1.72E+2", MM, 172.0),
        ("17.2", TransmittedCode("cm", "99EXAMPLE", "centimeter"), None),
        ("172", TransmittedCode(), None),
        ("142", TransmittedCode("d", "UCUM", "day"), None),
        ("-172", MM, None),
        ("0", MM, None),
        ("nan", MM, None),
        ("inf", MM, None),
        ("1,72", MM, None),
        ("٣", MM, None),
        ("", MM, None),
    ],
)
def test_that_only_a_length_in_a_known_unit_is_one(value, unit, length_mm):
    assert told(value=value, unit=unit).length_mm == pytest.approx(length_mm)


@given(st.decimals(min_value="0.1", max_value="999", places=2))
def test_that_centimetres_are_ten_millimetres(length):
    in_cm = told(value=str(length), unit=TransmittedCode("cm", "UCUM", "cm"))

    assert in_cm.length_mm == pytest.approx(float(length) * 10)


@given(st.text(max_size=20))
def test_that_any_value_is_a_positive_length_or_none(value):
    length_mm = told(value=value).length_mm

    assert length_mm is None or 0 < length_mm < float("inf")


def test_that_a_value_is_told_as_it_was_transmitted():
    assert told(value="48.0").text == "48.0 mm"
    assert (
        told(value="3", unit=TransmittedCode("cm", "99_OFFIS", "Length Unit")).text
        == "3 Length Unit"
    )
    assert told(value="-0.10", unit=TransmittedCode("1", "UCUM", "no units")).text == "-0.10"
    assert told(value="3", unit=TransmittedCode()).text == "3"


def test_that_a_measurement_is_of_the_images_it_names_and_of_any_without_one():
    named = told(images=(ReportedImage("1.2", (3, 5)), ReportedImage("1.3")))

    assert named.is_of("1.2")
    assert not named.is_of("1.4")
    assert told().is_of("1.4")
    assert named.frames_in("1.2") == (3, 5)
    assert named.frames_in("1.3") == ()
