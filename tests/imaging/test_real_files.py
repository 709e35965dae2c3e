"""Files from real scanners and archives: each opens as it should, or is refused in a sentence."""

import csv
from fnmatch import fnmatchcase

import numpy as np
import pydicom
import pytest
from pydicom.errors import InvalidDicomError
from pydicom.pixels.processing import apply_color_lut
from pydicom.pixels.utils import pixel_array

from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.image.calibration_choice import choose_calibration
from fhc_desktop.imaging.loader import UnreadableImage
from tests.reading import load_image

UNREADABLE = {
    "ts/highdicom_sm_image_jpegls_nobot.dcm": "too small",
    "ts/pydicom-data_parametric_map_float.dcm": "32 bits",
    "ts/pydicom_SC_rgb_small_odd.dcm": "too small",
    "ts/pydicom_SC_rgb_small_odd_big_endian.dcm": "too small",
    "derived/number_of_frames_2e9.dcm": "too small",
    "derived/rle_bomb_16384x16384.dcm.gz": "is not an image",
    "derived/rows_cols_65535_tiny_pixeldata.dcm": "too large",
    "derived/us_zero_bytes.dcm": "is empty",
    "malformed/fo-dicom_GH177_undefined_length.dcm": "damaged or incomplete",
    "malformed/fo-dicom_GH340_no_preamble.dcm": "1 × 12 bits",
    "malformed/pydicom_ExplVR_LitEndNoMeta.dcm": "without an image",
    "malformed/pydicom_JPEG2000-embedded-sequence-delimiter.dcm": "contradicts itself",
    "malformed/pydicom_badVR.dcm": "too small",
    "malformed/pydicom_empty_charset_LEI.dcm": "without an image",
    "malformed/pydicom_no_meta_group_length.dcm": "without an image",
    "malformed/pydicom_reportsi_with_empty_number_tags.dcm": "without an image",
    "sr/orthanc-tests_sample-encapsulated-pdf.dcm": "without an image",
    "sr/generated_tid5000_obgyn_hc.dcm": "without an image",
    "sr/larvitar_gsps.dcm": "without an image",
    "dicomdir/DICOMDIR": "is a DICOMDIR",
    "dicomdir/DICOMDIR-bigEnd": "is a DICOMDIR",
    "dicomdir/DICOMDIR-implicit": "is a DICOMDIR",
    "dicomdir/README.txt": "is not an image",
    "dicomdir/TINY_ALPHA/PT000000/ST000000/SE000000/IM000000": "without an image",
    "charset/pydicom_chrKoreanMulti.dcm": "ends before its pixels",
}
# What all files of one kind are refused with, by their path's pattern.
UNREADABLE_KINDS = {
    "sr/*": "without an image",
    "dicomdir/DICOMDIR*": "is a DICOMDIR",
    "dicomdir/TINY_ALPHA/DICOMDIR": "is a DICOMDIR",
    "dicomdir/TINY_ALPHA/PT*": "without an image",
    "dicomdir/*README*": "is not an image",
}

# Millimetres per column and row by the file's own regions or spacing; None: none to be believed.
SCALES = {
    "us/cornerstone3D_no-pixel-spacing.dcm": (0.330542, 0.330542),
    "us/dcm4che_YBR_422.dcm": (0.0616, 0.0616),
    "us/dicomParser_IM00001.implicit_little_endian.dcm": None,
    "us/orthanc-tests_2023-04-21-RLEPlanarConfigurationYBR_FULL.dcm": (0.145117, 0.145117),
    "us/orthanc-tests_Issue164.dcm": (0.259386, 0.259386),
    "us/orthanc-tests_Issue19.dcm": None,
    "us/pydicom-data_OBXXXX1A.dcm": (0.262288, 0.262288),
    "us/pydicom-data_OBXXXX1A_rle.dcm": (0.262288, 0.262288),
    "us/pydicom-data_gdcm-US-ALOKA-16.dcm": (0.382653, 0.382653),
    # Cropped to 350 rows, and its region says that it ends at row 518.
    "us/pydicom_examples_palette.dcm": None,
    "derived/cal_single_2d_square.dcm": (0.2, 0.2),
    "derived/cal_negative_delta_y.dcm": (0.2, 0.2),
    "derived/cal_nonsquare.dcm": (0.2, 0.3),
    "derived/cal_pixelspacing_only.dcm": (0.2, 0.2),
    "derived/cal_secondary_capture_nominal.dcm": None,
    "derived/cal_units_none.dcm": None,
    "derived/cal_zero_delta.dcm": None,
    "derived/cal_2d_plus_doppler_plus_mmode.dcm": (0.2, 0.2),
    "derived/cal_dual_2d_different_scale.dcm": None,
    "derived/cal_empty_sequence.dcm": None,
    "derived/cal_region_conflicts_pixelspacing.dcm": None,
    "us/pydicom-data_JPGLosslessP14SV1_1s_1f_8b.dcm": (0.254767, 0.254767),
    "us/pylibjpeg-data_JPEGLosslessP14SV1_3s_2f_u_08_08.dcm": None,
    "ts/pydicom_MR_small.dcm": None,
    "ts/pydicom-data_SC_ybr_full_uncompressed.dcm": None,
}


@pytest.fixture(scope="module")
def corpus(shared):
    return shared / "dicom"


def listed(corpus):
    with (corpus / "MANIFEST.csv").open(encoding="utf-8") as lines:
        return [row for row in csv.DictReader(lines) if (corpus / row["file"]).is_file()]


def words_of_refusal(name):
    """Return what a file is refused with; None where it opens."""
    kinds = (words for pattern, words in UNREADABLE_KINDS.items() if fnmatchcase(name, pattern))
    return UNREADABLE.get(name) or next(kinds, None)


def test_that_every_file_has_its_announced_size_or_is_refused(corpus):
    rows = listed(corpus)
    assert len(rows) > 100

    for row in rows:
        words = words_of_refusal(row["file"])
        try:
            image = load_image(corpus / row["file"]).image
        except UnreadableImage as refusal:
            assert words is not None, row["file"]
            assert words in refusal.problem, row["file"]  # noqa: PT017
            assert refusal.problem.startswith(row["file"].split("/")[-1])  # noqa: PT017
        else:
            assert words is None, row["file"]
            assert (image.rows, image.columns) == (int(row["rows"]), int(row["cols"])), row["file"]
            assert image.source.frame_count == int(row["frames"] or 1), row["file"]
            # The window of a cutting of 16 × 16 pixels may lie beside all of them.
            has_contrast = image.gray.max() > image.gray.min()
            assert has_contrast or image.rows < 20, row["file"]
            assert (
                image.color is None or row["samples"] == "3" or row["photometric"][:7] == "PALETTE"
            )


def by_pydicom(path):
    """Return the first frame as pydicom alone sees it, or None where it cannot."""
    try:
        dataset = pydicom.dcmread(path)
        pixels = pixel_array(path, index=0)
    except (AttributeError, NotImplementedError, RuntimeError, ValueError, InvalidDicomError):
        return None
    if "PhotometricInterpretation" not in dataset:  # pydicom stopped at the damage
        return None
    if dataset.PhotometricInterpretation == "PALETTE COLOR":
        return apply_color_lut(pixels, dataset) / 65535 * 255
    if pixels.ndim == 3:
        return pixels
    if "WindowCenter" in dataset or dataset.get("PixelRepresentation"):
        return None
    gray = pixels / (2**dataset.BitsStored - 1) * 255
    return 255 - gray if dataset.PhotometricInterpretation == "MONOCHROME1" else gray


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_that_the_pixels_are_those_that_pydicom_sees(corpus):
    compared = 0
    for row in listed(corpus):
        path = corpus / row["file"]
        expected = None if words_of_refusal(row["file"]) else by_pydicom(path)
        if expected is None:
            continue
        image = load_image(path).image
        seen = image.gray if expected.ndim == 2 or image.color is None else image.color
        if expected.ndim > seen.ndim:
            expected = expected[..., 0]
        # Two decoders of lossy JPEG may differ by a level of grey.
        assert np.abs(seen.astype(float) - expected).mean() < 1, row["file"]
        compared += 1

    assert compared > 20


@pytest.mark.parametrize(("name", "words"), UNREADABLE.items())
def test_that_a_refusal_says_why(corpus, name, words):
    if not (corpus / name).is_file():
        pytest.skip("this file is not there")

    with pytest.raises(UnreadableImage) as caught:
        load_image(corpus / name)

    assert words in caught.value.problem
    assert caught.value.remedy.endswith(".")


def test_that_each_file_made_for_its_scale_has_an_expectation(corpus):
    made = {row["file"] for row in listed(corpus) if "/cal_" in row["file"]}

    assert made
    assert made <= set(SCALES)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cal_units_none", "scale in centimetres"),
        ("cal_zero_delta", "scale in centimetres"),
        ("cal_secondary_capture_nominal", "secondary capture"),
    ],
)
def test_that_a_scale_is_refused_for_what_is_wrong_with_it(corpus, name, words):
    loaded = load_image(corpus / "derived" / f"{name}.dcm")

    assert words in choose_calibration(loaded.calibration, None).reason


@pytest.mark.parametrize(("name", "expected"), SCALES.items())
def test_that_the_scale_is_the_files_own(corpus, name, expected):
    if not (corpus / name).is_file():
        pytest.skip("this file is not there")

    loaded = load_image(corpus / name)
    found = choose_calibration(loaded.calibration, None)

    if expected is None:
        assert not isinstance(found, Calibration)
        return
    assert (found.mm_per_column, found.mm_per_row) == pytest.approx(expected, rel=1e-5)
    assert loaded.image.pixel_aspect == pytest.approx(expected[1] / expected[0])
    is_spacing = found.source is CalibrationSource.PIXEL_SPACING
    assert is_spacing == ("pixelspacing_only" in name)


def test_that_the_last_frame_of_a_long_cine_is_opened(corpus):
    path = corpus / "us" / "orthanc-tests_Issue164.dcm"
    if not path.is_file():
        pytest.skip("this file is not there")

    first, last = load_image(path).image, load_image(path, frame=87).image

    assert (last.source.frame, last.source.frame_count) == (87, 87)
    assert (first.gray != last.gray).any()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("us/orthanc-tests_Issue19.dcm", ("1975-05-06", "MULTIPLE", '"Metis" in connlab')),
        ("us/pydicom_examples_palette.dcm", ("None", None, "Philips Healthcare")),
        ("ts/pydicom-data_RG3_J2KI.dcm", ("1979-04-08", "FUJI95706", "N.C.C. HIGASHI")),
    ],
)
def test_that_a_real_file_says_whose_it_is(shared, name, said):
    study = load_image(shared / "dicom" / name).study

    assert (str(study.birth_date), study.accession_number, study.institution) == said
    assert study.last_menstrual_date is None
    assert study.objections == ()
