"""A report tells the mean that its measurement is part of, with every part and its row."""

import pytest

from fhc_desktop.domain.pregnancy.mean_hc import MeanHc
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.content.rows import Row
from tests.domain.recorded_examples import on_day
from tests.reporting.examinations import ENTRY, NOW, accepted


def mean_of(count):
    ids = [ENTRY, *(f"{number:x}" * 32 for number in range(1, count))]
    parts = [on_day(140, hc_mm=174.0 + place, entry_id=one) for place, one in enumerate(ids)]
    return MeanHc(tuple(parts))


def of(mean):
    return ReportContent.of(accepted(), NOW, mean=mean)


def test_that_mean_spread_number_and_parts_are_told():
    content = of(mean_of(2))

    assert content.sizes[-1] == Row(
        "Mean HC of 2", "174.5 mm", "SD 0.7 mm; its parts stand under “Record”"
    )
    assert content.record[-1] == Row(
        "Parts of the mean", "174.0 · 175.0 mm", "log 3f2a9c0e, 11111111"
    )


@pytest.mark.parametrize("count", [2, 4, 5, 12])
def test_that_no_part_is_left_out_however_many_there_are(count):
    mean = mean_of(count)
    words = " ".join(f"{row.value} {row.note}" for row in of(mean).record)

    for part in mean.parts:
        assert f"{part.said.hc_mm:.1f}" in words
        assert part.entry_id[:8] in words


def test_that_a_mean_of_one_or_of_others_is_not_told():
    bare = of(None)

    for mean in (mean_of(1), MeanHc(mean_of(3).parts[1:])):
        assert (of(mean).sizes, of(mean).record) == (bare.sizes, bare.record)
