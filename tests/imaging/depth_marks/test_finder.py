"""Marks beside a picture give its scale; where they leave a doubt they give nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from fhc_desktop.domain.image.calibration_choice import choose_calibration
from fhc_desktop.imaging.depth_marks.finder import find_depth_marks
from fhc_desktop.workflow.examining import examine
from tests.heads import small_phantom
from tests.imaging.drawn_scales import TELLING, TRAPS, draw_picture
from tests.imaging.drawn_texts import DepthLabel, write_label, write_words
from tests.reading import READERS, load_image


def length_of(number):
    return 9 if number % 10 == 0 else 4 if number % 2 == 0 else 2


def ruler(*, step_px=30.0, count=20, bright=255, ground=0, first_y=12.0):
    """A plain scale at the left: every second mark middle, every tenth long, 5 mm apart."""
    gray = np.full((640, 800), ground, np.uint8)
    for number in range(count):
        row = round(first_y + number * step_px)
        gray[row : row + 2, 28 : 28 + length_of(number)] = bright
    return gray


def errors_of(seeds, styles):
    """The relative error of each proposal; pictures without one are not counted."""
    found = []
    for seed in seeds:
        picture = draw_picture(seed, styles)
        marks = find_depth_marks(picture.gray)
        if marks is not None:
            found.append(abs(marks.mm_per_row / picture.mm_per_row - 1))
    return found


def test_that_a_plain_scale_gives_marks_spacing_and_scale():
    marks = find_depth_marks(ruler())

    assert len(marks.marks) == 20
    assert marks.spacing_mm == 5
    assert marks.px_per_mark == pytest.approx(30, abs=0.01)
    assert marks.mm_per_row == pytest.approx(5 / 30, rel=0.001)
    assert marks.regularity > 0.99
    # Two rows from 12 on have their centre between them.
    assert marks.marks[0].y_px == pytest.approx(12.5)
    assert (marks.marks[0].left_px, marks.marks[0].right_px) == (28, 36)


def test_that_dark_marks_on_bright_ground_count_as_well():
    marks = find_depth_marks(ruler(bright=0, ground=120))

    assert marks.mm_per_row == pytest.approx(5 / 30, rel=0.001)


@pytest.mark.parametrize("step_px", [17.3, 21.7, 29.55])
def test_that_marks_on_whole_pixels_are_averaged_out(step_px):
    marks = find_depth_marks(ruler(step_px=step_px))

    assert marks.mm_per_row == pytest.approx(5 / step_px, rel=0.002)


def test_that_half_of_the_marks_being_lost_gives_nothing():
    gray = ruler()
    gray[100:400, 28:40] = 0

    assert find_depth_marks(gray) is None


def test_that_a_mark_out_of_its_place_is_no_part_of_the_scale():
    gray = ruler()
    gray[162:164, 28:40] = 0
    gray[168:170, 28:30] = 255

    marks = find_depth_marks(gray)

    assert len(marks.marks) == 19
    assert marks.mm_per_row == pytest.approx(5 / 30, rel=0.001)


def test_that_uneven_marks_give_nothing():
    rng = np.random.default_rng(5)
    gray = np.zeros((640, 800), np.uint8)
    for number, row in enumerate(12 + 30 * np.arange(20) + rng.integers(-7, 8, 20)):
        gray[row : row + 2, 28 : 28 + length_of(number)] = 255

    assert find_depth_marks(gray) is None


def test_that_two_scales_that_differ_give_nothing():
    other = ruler(step_px=40, count=15)
    gray = ruler()
    gray[:, 700:] = other[:, 20:120]

    assert find_depth_marks(gray) is None


def test_that_the_same_scale_on_both_sides_is_one():
    gray = ruler()
    gray[:, 700:] = gray[:, 20:120]

    assert find_depth_marks(gray).mm_per_row == pytest.approx(5 / 30, rel=0.001)


def test_that_a_height_that_no_picture_of_a_head_has_gives_nothing():
    # At 90 marks of 5 mm the picture would be 450 mm high.
    gray = np.zeros((800, 400), np.uint8)
    for number in range(88):
        gray[8 + 9 * number, 28 : 28 + length_of(number)] = 255

    assert find_depth_marks(gray) is None


def deep(gray, depth_cm):
    """The picture with its depth written at the top, in its right half."""
    return write_words(gray, f"22Hz/{depth_cm}cm", left=500, top=20)


def test_that_a_depth_text_that_the_marks_fit_is_part_of_the_proposal():
    # 19 steps of 5 mm.
    marks = find_depth_marks(deep(ruler(), "10.2"))

    assert marks.agreeing_depth_mm == 102
    assert marks.sentence.endswith("0.1667 mm/px; depth text 10.2 cm agrees")


def test_that_a_depth_text_that_the_marks_exceed_takes_the_proposal_away():
    assert find_depth_marks(deep(ruler(), "5.1")) is None


def test_that_a_depth_text_that_cannot_tell_changes_nothing():
    assert find_depth_marks(deep(ruler(), "21.4")) == find_depth_marks(ruler())


def test_that_a_length_measured_in_the_picture_is_no_depth():
    gray = write_words(ruler(), "Dist 5.1cm", left=500, top=20)

    assert find_depth_marks(gray) == find_depth_marks(ruler())


def test_that_marks_read_twice_as_far_apart_as_they_stand_are_refused_by_the_text():
    """The text says half of what the marks do: as where they stand 2.5 and 5 mm apart."""
    refused = kept = 0
    for seed in range(1000, 1020):
        gray = draw_picture(seed, TELLING).gray
        marks = find_depth_marks(gray)
        if marks is None:
            continue
        left = gray.shape[1] // 3
        for share in (1, 0.5):
            depth = f"{share * marks.reach_mm / 10 + 0.3:.1f}"
            found = find_depth_marks(write_label(gray, DepthLabel(depth), left=left, top=4))
            refused += share < 1 and found is None
            kept += share == 1 and found is not None
            # Words on the lower part of a scale may hide a mark: no other scale comes of it.
            assert found is None or found.mm_per_row == pytest.approx(marks.mm_per_row, rel=0.005)

    assert kept >= 6
    assert refused >= 4


def test_that_drawn_scales_are_told_within_1_percent_or_not_at_all():
    errors = errors_of(range(1000, 1030), TELLING)

    assert len(errors) >= 10
    assert max(errors) <= 0.01


def test_that_scales_that_can_be_read_twice_are_told_within_1_percent_or_not_at_all():
    assert max(errors_of(range(1000, 1020), TRAPS), default=0) <= 0.01


def test_that_pictures_without_a_scale_give_none():
    assert all(find_depth_marks(draw_picture(seed, ()).gray) is None for seed in range(1000, 1012))


@pytest.mark.slow
def test_that_500_drawn_scales_are_told_within_1_percent_or_not_at_all():
    telling, traps = errors_of(range(300), TELLING), errors_of(range(200), TRAPS)

    assert len(telling) >= 120
    assert max([*telling, *traps]) <= 0.01


def test_that_a_picture_of_a_phantom_gives_none():
    assert find_depth_marks(small_phantom().gray) is None


@settings(max_examples=40, deadline=None)
@given(
    arrays.arrays(
        np.uint8, st.tuples(st.integers(1, 90), st.integers(1, 90)), elements=st.integers(0, 255)
    )
)
def test_that_any_picture_at_all_is_looked_at_without_complaint(gray):
    find_depth_marks(gray)


def test_that_noise_gives_none():
    rng = np.random.default_rng(3)

    for _ in range(3):
        assert find_depth_marks(rng.integers(0, 256, (400, 500), dtype=np.uint8)) is None


@pytest.mark.parametrize(
    "name",
    [
        "orthanc-tests_Issue164.dcm",
        "pydicom-data_OBXXXX1A.dcm",
        "pydicom-data_gdcm-US-ALOKA-16.dcm",
    ],
)
def test_that_the_marks_of_real_files_agree_with_their_regions(shared, name):
    exam = examine(shared / "dicom" / "us" / name, READERS)

    said = choose_calibration(exam.file_calibration, None)

    assert exam.depth_marks.mm_per_row == pytest.approx(said.mm_per_row, rel=0.005)
    assert exam.depth_marks.objections(said) == ()


def test_that_no_real_file_is_wrongly_called_into_question(shared):
    for path in sorted((shared / "dicom" / "us").glob("*.dcm")):
        exam = examine(path, READERS)
        for candidate in exam.file_calibration.candidates:
            if exam.depth_marks is not None:
                assert exam.depth_marks.objections(candidate.calibration) == (), path.name


def test_that_images_of_hc18_which_show_no_marks_give_none(shared):
    paths = sorted((shared / "hc18" / "training_set").glob("*HC.png"))[::20]

    assert len(paths) >= 30
    assert all(find_depth_marks(load_image(path).image.gray) is None for path in paths)


def ruled_both_ways(*, down_px, across_px):
    """The plain scale at the left, and another one along the lower edge."""
    gray = ruler(step_px=down_px, count=18)
    for number in range(20):
        column = round(60 + number * across_px)
        gray[620 - length_of(number) : 620, column : column + 2] = 255
    return gray


def test_that_marks_along_the_lower_edge_tell_the_width_of_a_pixel():
    marks = find_depth_marks(ruled_both_ways(down_px=30.0, across_px=34.0))

    assert marks.mm_per_row == pytest.approx(5 / 30, rel=0.001)
    assert marks.mm_per_column == pytest.approx(5 / 34, rel=0.001)
    assert find_depth_marks(ruler()).mm_per_column is None


def test_that_marks_along_the_lower_edge_alone_are_no_depth():
    assert find_depth_marks(np.ascontiguousarray(ruler(count=18).T)) is None


def test_that_no_real_picture_of_a_scanner_is_said_to_be_stretched(shared):
    files = sorted((shared / "fetal_planes/images").glob("*.jpg"))[::9]
    found = [find_depth_marks(load_image(path).image.gray) for path in files]

    assert sum(marks is not None for marks in found) > 15
    assert not any(marks.stretch_remarks(pixel_aspect=1.0) for marks in found if marks)
