import dataclasses
import math

import pytest

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.segmentation.trust.quality import Weights, judged
from fhc_desktop.segmentation.trust.signals import SIGNAL_NAMES
from model_training.out_of_fold import OutOfFold
from model_training.scores import HeadScore
from model_training.sharpness import as_sharp, read_named, sharpness, write_named
from tests.segmentation.qualities import NO_DOUBT, a_quality

CIRCLE = Ellipse(0.0, 0.0, 50.0, 50.0, 0.0)
SOFT = dataclasses.replace(NO_DOUBT, softness=0.09)
SHARP = dataclasses.replace(NO_DOUBT, softness=0.07)
BY_SOFTNESS = Weights(-4.0, tuple(float(name == "softness") for name in SIGNAL_NAMES))
SPEC = a_quality(floors=(0.01,) * len(SIGNAL_NAMES), error=BY_SOFTNESS)


def head(name, signals):
    return OutOfFold(0, HeadScore(name, 100.0, 101.0, 0.98, 1.0), CIRCLE, CIRCLE, signals)


def test_that_narrower_edges_make_a_network_sharper():
    rows = [head("a", SOFT), head("b", SOFT)]

    assert sharpness(rows, {"a": SHARP, "b": SHARP}, SPEC) == pytest.approx(0.8)


def test_that_only_heads_that_both_found_tell():
    rows = [head("a", SOFT), head("b", None), head("c", SOFT)]

    assert sharpness(rows, {"a": SHARP, "b": SHARP}, SPEC) == pytest.approx(0.8)
    with pytest.raises(ValueError, match="no head"):
        sharpness(rows, {}, SPEC)


def test_that_a_sharper_network_is_believed_no_more_than_the_others():
    spec = as_sharp(SPEC, 0.8)

    assert spec.expected_error(SHARP) == pytest.approx(SPEC.expected_error(SOFT))
    half_mm = spec.interval.half_width_mm(200.0, spec.expected_error(SHARP))
    assert half_mm == pytest.approx(
        SPEC.interval.half_width_mm(200.0, SPEC.expected_error(SOFT)), rel=1e-9
    )


def test_that_it_is_sent_back_for_a_second_look_where_they_would_be():
    limit = SPEC.expected_error(SOFT) * 0.99
    spec = dataclasses.replace(SPEC, look_again_above=limit)

    assert judged(SHARP, spec).grade != judged(SOFT, spec).grade
    assert judged(SHARP, as_sharp(spec, 0.8)).grade == judged(SOFT, spec).grade


def test_that_named_signals_read_back(tmp_path):
    write_named(tmp_path / "named.csv", {"b": SHARP, "a": SOFT})

    found = read_named(tmp_path / "named.csv")
    assert list(found) == ["a", "b"]
    assert math.isclose(found["b"].softness, 0.07)
    assert found == {"a": SOFT, "b": SHARP}
