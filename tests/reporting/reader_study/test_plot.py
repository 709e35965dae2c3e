"""A plot shows each pair, bias and limits, as SVG and as PDF."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fhc_desktop.domain.reader_study.agreement import agreement
from fhc_desktop.domain.reader_study.results import Compared, Kind
from fhc_desktop.reporting.reader_study.plot import as_pdf, as_svg, bland_altman_plot
from tests.domain.reader_study.peak_flow import MINI, WRIGHT
from tests.domain.reader_study.quantiles import SCIPY
from tests.reporting.pdf.read_back import read_pages

SVG = "{http://www.w3.org/2000/svg}"


def drawn(first, second):
    compared = Compared(Kind.INTER, "A", "B", tuple(first), tuple(second))
    return bland_altman_plot(compared, agreement(compared.differences_mm, SCIPY))


def root_of(svg):
    return ET.fromstring(svg)  # noqa: S314 - our own text


def texts(svg):
    return [found.text for found in root_of(svg).iter(f"{SVG}text")]


def test_that_every_pair_is_a_point_and_every_line_has_its_number():
    svg = as_svg(drawn(WRIGHT, MINI))

    root = root_of(svg)
    assert len(list(root.iter(f"{SVG}circle"))) == len(WRIGHT)
    assert "B − A: inter-observer, 17 pictures" in texts(svg)
    assert "Mean HC of both readings in mm" in texts(svg)
    for words in ("Bias", "+2.1 mm", "Upper limit", "+78.1 mm", "Lower limit", "−73.9 mm"):
        assert words in texts(svg)


def test_that_letters_of_the_svg_are_of_a_font_that_others_have():
    assert b"FHC-Sans" not in as_svg(drawn(WRIGHT, MINI))
    assert b"DejaVu Sans" in as_svg(drawn(WRIGHT, MINI))


def test_that_the_pdf_says_the_same_and_is_the_same_bytes_each_time():
    pdf = as_pdf(drawn(WRIGHT, MINI))

    assert pdf == as_pdf(drawn(WRIGHT, MINI))
    (said,) = read_pages(pdf)
    assert "B − A: inter-observer, 17 pictures" in said
    assert "+78.1 mm" in said


@pytest.mark.parametrize("by", [0.0, 1.5])
def test_that_readers_who_differ_by_nothing_or_a_constant_have_a_plot_whose_words_lie_apart(by):
    svg = as_svg(drawn([150, 160, 170], [150 + by, 160 + by, 170 + by]))

    places = [
        float(found.get("y"))
        for found in root_of(svg).iter(f"{SVG}text")
        if found.text in {"Bias", "Upper limit", "Lower limit"}
    ]
    assert len(places) == 3
    assert min(abs(one - other) for one in places for other in places if one != other) > 20


PAIRS = st.lists(st.tuples(st.floats(50, 400), st.floats(50, 400)), min_size=3, max_size=30)


@given(PAIRS)
@settings(max_examples=30)
def test_that_every_point_lies_within_the_axes(pairs):
    svg = as_svg(drawn(*zip(*pairs, strict=True)))

    for circle in root_of(svg).iter(f"{SVG}circle"):
        assert 52 <= float(circle.get("cx")) <= 460 - 92
        assert 44 <= float(circle.get("cy")) <= 320 - 34
