"""What DICOM files say about scale, and when they are not believed."""

import pytest
from pydicom.dataset import Dataset

from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationSource,
    FileCalibration,
    Uncalibrated,
)
from fhc_desktop.domain.image.calibration_choice import choose_calibration
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.imaging.dicom.calibration import read_calibration, read_pixel_aspect

ULTRASOUND = "1.2.840.10008.5.1.4.1.1.6.1"
ULTRASOUND_CINE = "1.2.840.10008.5.1.4.1.1.3.1"
SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
MULTI_FRAME_SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7.4"
ENHANCED_ULTRASOUND = "1.2.840.10008.5.1.4.1.1.6.2"
MR = "1.2.840.10008.5.1.4.1.1.4"

LEFT_HEAD = Ellipse(200, 300, 120, 90, 0.1)
RIGHT_HEAD = Ellipse(600, 300, 120, 90, 0.1)
MIDDLE_HEAD = Ellipse(400, 300, 120, 90, 0.1)
JUNK = {"space": 0, "data": 0, "x_unit": 0, "y_unit": 0, "x_cm": 1.0, "y_cm": 1.0}


def region(
    x_cm=0.02, y_cm=0.02, *, box=(0, 0, 799, 599), space=1, data=1, x_unit=3, y_unit=3
):  # fmt: skip
    item = Dataset()
    item.RegionSpatialFormat, item.RegionDataType = space, data
    item.PhysicalUnitsXDirection, item.PhysicalUnitsYDirection = x_unit, y_unit
    item.PhysicalDeltaX, item.PhysicalDeltaY = x_cm, y_cm
    item.RegionLocationMinX0, item.RegionLocationMinY0 = box[0], box[1]
    item.RegionLocationMaxX1, item.RegionLocationMaxY1 = box[2], box[3]
    return item


def header(*regions, sop_class=ULTRASOUND, spacing=None):
    dataset = Dataset()
    dataset.SOPClassUID = sop_class
    dataset.Rows, dataset.Columns = 600, 800
    if regions:
        dataset.SequenceOfUltrasoundRegions = list(regions)
    if spacing is not None:
        dataset.PixelSpacing = spacing
    return dataset


def scale(dataset, outline_px=LEFT_HEAD):
    return choose_calibration(read_calibration(dataset), outline_px)


def sides(calibration):
    assert isinstance(calibration, Calibration), calibration
    return pytest.approx((calibration.mm_per_column, calibration.mm_per_row))


def test_that_centimetres_become_millimetres():
    found = scale(header(region(0.02, 0.02)))

    assert sides(found) == (0.2, 0.2)
    assert (found.source, found.detail) == (CalibrationSource.ULTRASOUND_REGION, "region 1")


@pytest.mark.parametrize("signs", [(1, -1), (-1, 1), (-1, -1)])
def test_that_a_negative_delta_is_a_direction_and_not_a_length(signs):
    assert sides(scale(header(region(0.02 * signs[0], 0.03 * signs[1])))) == (0.2, 0.3)


def test_that_unequal_sides_are_kept_apart():
    found = read_calibration(header(region(0.02, 0.03)))

    assert found.pixel_aspect == pytest.approx(1.5)


@pytest.mark.parametrize(
    "unusable",
    [
        JUNK,
        {"space": 2},
        {"space": 3},
        {"data": 3},
        {"data": 0xA},
        {"x_unit": 4},
        {"y_unit": 7},
        {"x_cm": 0.0},
        {"y_cm": float("nan")},
        {"y_cm": float("inf")},
        {"box": (300, 0, 200, 599)},
    ],
)
def test_that_a_region_that_is_no_scale_is_passed_over(unusable):
    assert scale(header(region(**unusable), region(0.03, 0.03))).detail == "region 2"

    alone = scale(header(region(**unusable)))
    assert alone.reason == "No ultrasound region of the file has a scale in centimetres."


@pytest.mark.parametrize(
    "missing", ["PhysicalDeltaX", "RegionSpatialFormat", "RegionLocationMaxY1"]
)
def test_that_an_incomplete_region_is_no_scale(missing):
    item = region()
    del item[missing]

    assert "No ultrasound region" in scale(header(item)).reason


def test_that_colour_flow_over_tissue_counts():
    assert sides(scale(header(region(data=2)))) == (0.2, 0.2)


def test_that_each_head_gets_the_scale_of_its_own_region():
    both = header(
        region(0.02, 0.02, box=(0, 0, 399, 599)), region(0.03, 0.03, box=(400, 0, 799, 599))
    )

    assert sides(scale(both, LEFT_HEAD)) == (0.2, 0.2)
    assert sides(scale(both, RIGHT_HEAD)) == (0.3, 0.3)
    assert "inside one calibrated region" in scale(both, MIDDLE_HEAD).reason


def test_that_a_box_that_ends_at_the_pictures_size_is_cut_to_it():
    (candidate,) = read_calibration(header(region(box=(0, 0, 800, 600)))).candidates

    assert (candidate.box.right, candidate.box.bottom) == (799, 599)


@pytest.mark.parametrize(
    ("x_cm", "y_cm"),
    [(0.2294, 0.2294), (0.0015, 0.0015), (0.02, 0.05), (0.1, 0.1), (0.002, 0.0021)],
)
def test_that_an_unbelievable_scale_is_an_objection(x_cm, y_cm):
    found = scale(header(region(x_cm, y_cm), spacing=[0.2, 0.2]))

    assert "region 1 is not believable" in found.reason


@pytest.mark.parametrize("spacing", [[0.2, 0.2], [0.2019, 0.1985]])
def test_that_an_agreeing_pixel_spacing_changes_nothing(spacing):
    found = scale(header(region(), spacing=spacing))

    assert found.source is CalibrationSource.ULTRASOUND_REGION


@pytest.mark.parametrize("spacing", [[0.5, 0.5], [0.2, 0.21], [0.204, 0.204]])
def test_that_a_contradicting_pixel_spacing_is_an_objection(spacing):
    assert "contradicts itself" in scale(header(region(), spacing=spacing)).reason


def test_that_a_contradiction_offers_both_scales_to_choose_from():
    found = read_calibration(header(region(), spacing=[0.5, 0.4]))

    assert [(c.calibration.source, sides(c.calibration)) for c in found.alternatives] == [
        (CalibrationSource.ULTRASOUND_REGION, (0.2, 0.2)),
        (CalibrationSource.PIXEL_SPACING, (0.4, 0.5)),
    ]


@pytest.mark.parametrize("spacing", [[0.2], [5, 5], [-0.3, 0.3]])
def test_that_a_spacing_that_no_pixel_has_is_not_offered(spacing):
    found = read_calibration(header(region(), spacing=spacing))

    assert [c.calibration.source for c in found.alternatives] == [
        CalibrationSource.ULTRASOUND_REGION
    ]


def test_that_a_chosen_region_still_holds_for_its_own_part_only():
    both = header(
        region(0.02, 0.02, box=(0, 0, 399, 599)),
        region(0.03, 0.03, box=(400, 0, 799, 599)),
        spacing=[0.5, 0.5],
    )
    left, right, _ = read_calibration(both).alternatives

    assert sides(choose_calibration(FileCalibration((right,)), RIGHT_HEAD)) == (0.3, 0.3)
    assert "inside one" in choose_calibration(FileCalibration((left,)), RIGHT_HEAD).reason


def test_that_of_two_regions_only_the_one_that_pixel_spacing_agrees_with_is_believed():
    both = header(
        region(0.02, 0.02, box=(0, 0, 399, 599)),
        region(0.03, 0.03, box=(400, 0, 799, 599)),
        spacing=[0.3, 0.3],
    )

    assert sides(scale(both, RIGHT_HEAD)) == (0.3, 0.3)
    assert "inside one calibrated region" in scale(both, LEFT_HEAD).reason


def test_that_an_unreadable_pixel_spacing_contradicts():
    assert "contradicts itself" in scale(header(region(), spacing=[0.2])).reason


def test_that_pixel_spacing_is_row_before_column():
    found = scale(header(spacing=[0.3, 0.2]))

    assert (found.mm_per_row, found.mm_per_column) == (0.3, 0.2)
    assert "contradicts" not in str(scale(header(region(0.02, 0.03), spacing=[0.3, 0.2])))
    assert "contradicts" in str(scale(header(region(0.02, 0.03), spacing=[0.2, 0.3])))


@pytest.mark.parametrize("sop_class", [ULTRASOUND, ULTRASOUND_CINE])
def test_that_pixel_spacing_of_ultrasound_is_unverified(sop_class):
    found = scale(header(sop_class=sop_class, spacing=[0.2, 0.2]))

    assert found.source is CalibrationSource.PIXEL_SPACING
    assert not found.is_verified


@pytest.mark.parametrize("sop_class", [SECONDARY_CAPTURE, MULTI_FRAME_SECONDARY_CAPTURE, MR, ""])
def test_that_pixel_spacing_of_anything_else_is_not_used(sop_class):
    assert isinstance(scale(header(sop_class=sop_class, spacing=[0.2, 0.2])), Uncalibrated)


@pytest.mark.parametrize("spacing", [[0.0, 0.2], [-0.2, -0.2], [0.2, 0.5], [9, 9], [0.2]])
def test_that_an_unbelievable_pixel_spacing_is_an_objection(spacing):
    assert "not believable" in scale(header(spacing=spacing)).reason


@pytest.mark.parametrize("sop_class", [SECONDARY_CAPTURE, MULTI_FRAME_SECONDARY_CAPTURE])
def test_that_a_secondary_capture_has_no_scale_even_in_regions(sop_class):
    assert "secondary capture" in scale(header(region(), sop_class=sop_class)).reason


def measures(spacing):
    inner, group = Dataset(), Dataset()
    inner.PixelSpacing = spacing
    group.PixelMeasuresSequence = [inner]
    return group


def test_that_each_frame_of_enhanced_ultrasound_has_its_own_spacing():
    dataset = header(sop_class=ENHANCED_ULTRASOUND, spacing=[0.9, 0.9])
    dataset.SharedFunctionalGroupsSequence = [measures([0.5, 0.5])]
    dataset.PerFrameFunctionalGroupsSequence = [measures([0.2, 0.2]), measures([0.3, 0.3])]

    for frame, mm in ((1, 0.2), (2, 0.3), (3, 0.5)):
        found = choose_calibration(read_calibration(dataset, frame=frame), LEFT_HEAD)
        assert sides(found) == (mm, mm)
        assert not found.is_verified


def test_that_enhanced_ultrasound_without_measures_has_no_scale():
    dataset = header(sop_class=ENHANCED_ULTRASOUND, spacing=[0.2, 0.2])

    assert "says nothing" in scale(dataset).reason


def test_that_a_file_that_says_nothing_is_uncalibrated():
    assert "says nothing" in scale(header()).reason


@pytest.mark.parametrize(
    ("written", "aspect"),
    [([4, 3], 4 / 3), ([1, 1], 1), ([0, 1], 1), ([1, 0], 1), ([100, 1], 1), (None, 1)],
)
def test_that_the_pixel_aspect_ratio_is_height_by_width(written, aspect):
    dataset = header()
    if written is not None:
        dataset.PixelAspectRatio = written

    assert read_pixel_aspect(dataset) == pytest.approx(aspect)


@pytest.mark.parametrize(
    "box", [(0, 0, 801, 599), (0, 0, 799, 601), (800, 0, 900, 599), (0, 600, 799, 700)]
)
def test_that_a_region_of_another_picture_leaves_every_scale_to_the_user(box):
    found = read_calibration(header(region(0.03, 0.03), region(0.02, 0.02, box=box)))

    assert found.candidates == ()
    assert "scaled or cropped after its scale was written" in found.objection.reason
    assert [sides(c.calibration) for c in found.alternatives] == [(0.3, 0.3), (0.2, 0.2)]
    assert {c.box for c in found.alternatives} == {None}


def test_that_a_region_of_something_else_tells_of_another_picture_too():
    waveform = region(space=4, data=0xA, x_unit=4, y_unit=0, box=(176, 522, 743, 620))

    assert "Ultrasound region 2" in scale(header(region(), waveform)).reason


def test_that_a_doubted_scale_is_offered_once():
    left, right = region(box=(0, 0, 399, 599)), region(box=(500, 0, 899, 599))

    assert len(read_calibration(header(left, right)).alternatives) == 1


def test_that_a_derived_picture_may_have_kept_the_scale_of_the_one_before():
    dataset = header(region(), spacing=[0.2, 0.2])
    dataset.DerivationDescription = "Scaled image"
    found = read_calibration(dataset)

    assert "DerivationDescription" in found.objection.reason
    assert [c.calibration.source for c in found.alternatives] == [
        CalibrationSource.ULTRASOUND_REGION,
        CalibrationSource.PIXEL_SPACING,
    ]


def test_that_a_doubt_changes_nothing_where_there_is_no_scale():
    dataset = header(sop_class=MR, spacing=[0.2, 0.2])
    dataset.DerivationDescription = "Resampled"

    assert "not an ultrasound image" in scale(dataset).reason
    assert read_calibration(dataset).alternatives == ()


@pytest.mark.parametrize("spacing", [[1, 1], [0, 0]])
def test_that_a_converters_unknown_spacing_is_no_scale(spacing):
    alone = read_calibration(header(spacing=spacing))
    beside = read_calibration(header(region(), spacing=spacing))

    assert "converters write for “unknown”" in alone.objection.reason
    assert alone.alternatives == ()
    assert beside.objection.reason == alone.objection.reason
    assert [sides(c.calibration) for c in beside.alternatives] == [(0.2, 0.2)]


@pytest.mark.parametrize("spacing", [[1.0, 0.98], [0.999, 0.999]])
def test_that_a_spacing_of_about_a_millimetre_is_one(spacing):
    dataset = header(spacing=spacing)
    dataset.Rows = 240

    assert isinstance(scale(dataset), Calibration)
