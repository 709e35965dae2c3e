"""The line of the mean says number, spread and parts, and whether this picture is one of them."""

from dataclasses import replace

from fhc_desktop.domain.pregnancy.mean_hc import MeanHc
from fhc_desktop.gui.averaging.mean_content import MeanContent
from tests.domain.recorded_examples import on_day
from tests.reporting.examinations import ENTRY, accepted, proposed

PARTS = (
    on_day(140, hc_mm=174.0, entry_id=ENTRY),
    on_day(140, hc_mm=176.0, entry_id="b" * 32),
)


def test_that_there_is_no_line_without_a_mean():
    assert MeanContent.of(proposed(), None) == MeanContent()
    assert MeanContent.of(None, MeanHc(PARTS)) == MeanContent()


def test_that_it_says_mean_spread_and_parts():
    found = MeanContent.of(accepted(), MeanHc(PARTS))

    assert found.words == "Mean of 2: HC 175.0 mm, SD 1.4 mm  ·  174.0 · 176.0 mm"
    assert found.is_part


def test_that_one_part_asks_for_another():
    assert "Accept another" in MeanContent.of(accepted(), MeanHc(PARTS[:1])).words


def test_that_it_says_where_this_picture_is_no_part_of_it():
    found = MeanContent.of(accepted(), MeanHc((replace(PARTS[0], entry_id="a" * 32), PARTS[1])))

    assert found.words.endswith("without this picture")
    assert not found.is_part
