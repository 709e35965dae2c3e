"""The fit of the rule of planes, on features whose truth is known."""

from dataclasses import replace

import numpy as np
import pytest

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.segmentation.bundle import UnusableModel, load_bundle, save_bundle
from fhc_desktop.segmentation.trust.head_plane import log_odds
from model_training.head_plane import (
    fit_head_plane,
    kinds_table,
    read_plane_rows,
    refused_table,
    with_head_plane,
    write_plane_rows,
)
from model_training.plane_samples import AS_IT_IS, HEAD, PlaneSample
from tests.segmentation.networks.small_bundle import read_small_bundle
from tests.segmentation.qualities import NO_DOUBT, a_quality

FEATURES, HEADS = 60, 120
APART = 2.0


def sample(name, kind, rng, *, use="teach", group=None, shift=0.0):
    """Features of noise, of which every third is shifted for a head."""
    is_head = kind == HEAD
    features = rng.standard_normal(FEATURES).astype(np.float32)
    features[::3] += APART * is_head + shift
    hc_mm = 80.0 + len(name) if is_head else None
    return PlaneSample(name, "drawn", kind, use, group or name, AS_IT_IS, hc_mm, NO_DOUBT, features)


def drawn(heads=HEADS, others=60):
    rng = np.random.default_rng(9)
    found = [sample(f"h{n}", HEAD, rng, group=f"s{n // 2}") for n in range(heads)]
    kinds = ("fetal abdomen", "kidney", "fetal thorax/heart")
    found += [sample(f"n{n}", kinds[n % 3], rng) for n in range(others)]
    return found + [sample(f"t{n}", "lung", rng, use="test") for n in range(20)]


@pytest.fixture(scope="module")
def fitted():
    return fit_head_plane(drawn(), a_quality())


def test_that_heads_and_other_planes_come_apart_though_neither_taught_its_own_word(fitted):
    heads = [row for row in fitted.rows if row.kind == HEAD]
    others = [row for row in fitted.rows if row.kind != HEAD]

    assert np.mean([row.grade == Grade.NOT_MEASURABLE for row in heads]) < 0.03
    assert np.mean([row.grade == Grade.NOT_MEASURABLE for row in others]) > 0.95


def test_that_the_bounds_are_those_that_so_many_heads_fall_under(fitted):
    odds = np.array([row.log_odds for row in fitted.rows if row.kind == HEAD])

    assert (odds < fitted.spec.not_measurable_below).mean() == pytest.approx(0.007, abs=0.01)
    assert (odds < fitted.spec.look_again_below).mean() == pytest.approx(0.03, abs=0.01)
    assert (odds < fitted.spec.sought_from).mean() == pytest.approx(0.05, abs=0.01)


def test_that_what_tests_teaches_nothing(fitted):
    without = fit_head_plane([s for s in drawn() if s.use == "teach"], a_quality())

    assert np.allclose(without.form.weights, fitted.form.weights)
    assert without.spec == fitted.spec


def test_that_held_out_heads_and_their_subjects_teach_nothing():
    out = frozenset(f"h{n}" for n in range(0, 40, 2))
    found = fit_head_plane(drawn(), a_quality(), held_out=out)
    # Their own features say the opposite now; whoever learned from them would show it.
    odd = [
        replace(s, features=-s.features) if s.group in {f"s{n}" for n in range(20)} else s
        for s in drawn()
    ]

    assert fit_head_plane(odd, a_quality(), held_out=out).spec == found.spec
    assert refused_table(found.rows, out)[1][:2] == ["all", "20"]


def test_that_a_picture_in_which_nothing_was_found_is_refused_unasked():
    bare = replace(drawn()[-1], name="bare", signals=None, features=None)
    row = fit_head_plane([*drawn(), bare], a_quality()).rows[-1]

    assert (row.name, row.log_odds, row.grade) == ("bare", None, Grade.NOT_MEASURABLE)


def test_that_the_program_computes_what_was_fitted(fitted, tmp_path):
    bundle = read_small_bundle()
    with pytest.raises(ValueError, match="no grade"):
        with_head_plane(bundle, fitted, tmp_path / "x.safetensors")
    ruled = replace(bundle, header=replace(bundle.header, quality=a_quality()))
    made = with_head_plane(ruled, fitted, tmp_path / "made.safetensors")
    features = drawn()[0].features
    spec = load_bundle(tmp_path / "made.safetensors").header.quality.head_plane

    assert log_odds(features, made.head_plane_weights, spec) == pytest.approx(
        fitted.form.of(features[None].astype(float))[0], abs=1e-4
    )
    assert all((made.tensors[name] == t).all() for name, t in bundle.tensors.items())


def test_that_a_rule_without_its_weights_is_refused(fitted, tmp_path):
    bundle = read_small_bundle()
    quality = replace(a_quality(), head_plane=fitted.spec)
    with pytest.raises(UnusableModel, match="lacks the weights"):
        save_bundle(
            tmp_path / "x.safetensors", replace(bundle.header, quality=quality), bundle.tensors
        )


def test_that_rows_read_back(fitted, tmp_path):
    write_plane_rows(tmp_path / "rows.csv", fitted.rows)
    rows = read_plane_rows(tmp_path / "rows.csv")

    assert [(row.name, row.grade) for row in rows] == [(r.name, r.grade) for r in fitted.rows]
    assert rows[0].log_odds == pytest.approx(fitted.rows[0].log_odds, rel=1e-3)


def test_that_tables_count_by_kind_and_by_size(fitted):
    kinds = {row[0]: row[2] for row in kinds_table(fitted.rows) if row[1] == "teach"}

    assert kinds == {
        "all": "60",
        "fetal trunk, all": "40",
        "fetal abdomen": "20",
        "fetal thorax/heart": "20",
        "kidney": "20",
    }
    assert [row[:2] for row in refused_table(fitted.rows)[1:3]] == [
        ["all", "120"],
        ["drawn", "120"],
    ]
