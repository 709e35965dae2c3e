"""The depth that a scanner writes beside its frame rate is read, or nothing is."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from fhc_desktop.imaging.depth_marks.depth_text import read_depth_text
from tests.imaging.drawn_scales import draw_picture
from tests.imaging.drawn_texts import (
    FONTS,
    FORMS,
    DepthLabel,
    put_label,
    random_label,
    write_label,
    write_words,
)
from tests.reading import load_image

BY_EYE = Path(__file__).parents[3] / "docs/experiments/depth_marks/depth_text.csv"
EMPTY = np.zeros((600, 800), np.uint8)


def written(*lines, left=300, top=30, font="DejaVuSans"):
    """An empty picture with lines of 13 px figures, 21 px from one to the next."""
    gray = EMPTY
    for number, words in enumerate(lines):
        gray = write_words(gray, words, left=left, top=top + 21 * number, font=font, height_px=13)
    return gray


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("depth", ["10.7", "14.2", "15.6", "16", "18.9", "23.5", "9.3", "4.8"])
@pytest.mark.parametrize("font", ["DejaVuSans", "DejaVuSans-Bold"])
def test_that_the_depth_is_read_in_each_form(form, depth, font):
    label = DepthLabel(depth, form, font)

    assert read_depth_text(write_label(EMPTY, label, left=200, top=20)) == label.depth_mm


@pytest.mark.parametrize(
    "lines",
    [
        ("14.2cm",),
        ("Dist 14.2cm",),
        ("1 D 0.70cm",),
        ("+ Dist 5.3cm", "22Hz"),
        ("22Hz", "Dist 5.3cm"),
        ("22Hz 14.2cm",),
        ("22Hz", "2D", "14.2cm"),
        ("22Hz/14.2mm",),
        ("22Hz/142cm",),
        ("22Hz/14.25cm",),
        ("22Hz/.2cm",),
        ("22Hz/2.4cm",),
        ("22Hz/34cm",),
    ],
)
def test_that_a_length_that_stands_elsewhere_or_is_no_depth_is_not_read(lines):
    assert read_depth_text(written(*lines)) is None


def test_that_a_depth_beside_the_block_of_the_rate_is_not_read():
    gray = written("22Hz")

    # A figure is 11 px wide: a lost one before the 5 would have been the first.
    assert read_depth_text(write_words(gray, "5.3cm", left=311, top=51)) is None
    assert read_depth_text(write_words(gray, "5.3cm", left=300, top=51)) == 53


def test_that_two_depths_that_differ_give_nothing():
    assert read_depth_text(written("22Hz/14.2cm", "25Hz/15.6cm")) is None
    assert read_depth_text(written("22Hz/14.2cm", "25Hz/14.2cm")) == 142


@pytest.mark.parametrize("depth", [" 4.2cm", "1 .2cm", "14 2cm", "14. cm", "14.2 m", "14.2c "])
def test_that_a_lost_character_is_not_guessed(depth):
    assert read_depth_text(written(f"22Hz/{depth}")) is None


@pytest.mark.parametrize("depth", ["1 .2cm", "14 2cm", "14. cm", "14.2 m", "14.2c "])
def test_that_a_lost_character_below_the_rate_is_not_guessed(depth):
    assert read_depth_text(written("22Hz", depth)) is None


def test_that_the_lower_part_of_the_picture_is_not_read():
    assert read_depth_text(written("22Hz/14.2cm", top=400)) is None


def test_that_no_drawn_depth_is_read_wrongly():
    right = 0
    for seed in range(48):
        rng = np.random.default_rng(seed)
        label = random_label(rng, FONTS)
        depth_mm = read_depth_text(put_label(draw_picture(seed, ()).gray, label, rng))
        assert depth_mm in {None, label.depth_mm}, label
        right += depth_mm is not None

    assert right >= 12


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_that_no_drawn_depth_of_many_is_read_wrongly():
    for seed in range(1000, 3000):
        rng = np.random.default_rng(seed)
        label = random_label(rng, FONTS)
        depth_mm = read_depth_text(put_label(draw_picture(seed, ()).gray, label, rng))
        assert depth_mm in {None, label.depth_mm}, label


@settings(max_examples=40, deadline=None)
@given(
    arrays.arrays(
        np.uint8, st.tuples(st.integers(0, 90), st.integers(0, 90)), elements=st.integers(0, 255)
    )
)
def test_that_any_picture_at_all_is_looked_at_without_complaint(gray):
    assert read_depth_text(gray) is None


@pytest.mark.parametrize(
    ("name", "depth_mm"),
    [
        ("cornerstone3D_no-pixel-spacing.dcm", 150),
        ("orthanc-tests_Issue164.dcm", 161),
        ("pydicom-data_OBXXXX1A.dcm", 110),
        # "16cm" in a font of which the 1 is not known.
        ("pydicom-data_JPGLosslessP14SV1_1s_1f_8b.dcm", None),
        # "2.1 cm" and others are measurements.
        ("orthanc-tests_2023-04-21-RLEPlanarConfigurationYBR_FULL.dcm", None),
    ],
)
def test_that_the_depth_of_real_files_is_read_or_left(shared, name, depth_mm):
    assert read_depth_text(load_image(shared / "dicom" / "us" / name).image.gray) == depth_mm


def test_that_no_depth_of_real_pictures_is_read_wrongly(shared):
    with BY_EYE.open(encoding="utf-8") as file:
        by_eye = {row["image"]: 10 * float(row["depth_cm"]) for row in csv.DictReader(file)}
    folder = shared / "fetal_planes" / "images"
    others = [path.name for path in sorted(folder.glob("*.jpg")) if path.name not in by_eye][::6]

    read = {
        name: read_depth_text(load_image(folder / name).image.gray) for name in [*by_eye, *others]
    }

    assert len(others) >= 50
    assert all(read[name] is None for name in others)
    assert all(read[name] in {None, depth_mm} for name, depth_mm in by_eye.items())
    assert sum(read[name] is not None for name in by_eye) >= 35
