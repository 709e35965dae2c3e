"""Files from real scanners and archives: each opens as it should, or is refused in a sentence."""

import csv

import pytest

from fhc_desktop.domain.calibration import Calibration, CalibrationSource, choose_calibration
from fhc_desktop.imaging.loader import UnreadableImage, load_image

FOLDERS = ("us", "ts", "derived", "malformed")
UNREADABLE = {
    "us/fo-dicom_GH364.dcm": "JPEG-LS",
    "us/pydicom-data_JPGLosslessP14SV1_1s_1f_8b.dcm": "JPEG Lossless",
    "us/pylibjpeg-data_JPEGLosslessP14SV1_3s_2f_u_08_08.dcm": "JPEG Lossless",
    "ts/highdicom_sm_image_jpegls_nobot.dcm": "JPEG-LS",
    "ts/pydicom-data_HTJ2KLossless_08_RGB.dcm": "High-Throughput JPEG 2000",
    "ts/pydicom-data_JLSL_RGB_ILV0.dcm": "lacks the DICOM file header",
    "ts/pydicom-data_JLSN_RGB_ILV0.dcm": "lacks the DICOM file header",
    "ts/pydicom-data_JPEG-LL.dcm": "JPEG Lossless",
    "ts/pydicom-data_parametric_map_float.dcm": "32 bits",
    "ts/pydicom_JPEG-lossy.dcm": "JPEG data of more than 8 bits",
    "ts/pydicom_MR_small_jpeg_ls_lossless.dcm": "JPEG-LS",
    "ts/pydicom_SC_rgb_small_odd.dcm": "too small",
    "ts/pydicom_SC_rgb_small_odd_big_endian.dcm": "too small",
    "ts/pydicom_image_dfl.dcm": "deflated",
    "ts/pylibjpeg-data_RG2_JPLY.dcm": "JPEG data of more than 8 bits",
    "derived/number_of_frames_2e9.dcm": "too small",
    "derived/rle_bomb_16384x16384.dcm.gz": "is not an image",
    "derived/rows_cols_65535_tiny_pixeldata.dcm": "too large",
    "derived/us_zero_bytes.dcm": "is empty",
    "malformed/fo-dicom_CR-MONO1-10-chest_no_preamble": "lacks the DICOM file header",
    "malformed/fo-dicom_GH177_undefined_length.dcm": "damaged or incomplete",
    "malformed/fo-dicom_GH340_no_preamble.dcm": "lacks the DICOM file header",
    "malformed/pydicom-data_OT-PAL-8-face.dcm": "lacks the DICOM file header",
    "malformed/pydicom-data_bad_sequence.dcm": "JPEG Lossless",
    "malformed/pydicom_ExplVR_LitEndNoMeta.dcm": "lacks the DICOM file header",
    "malformed/pydicom_JPEG2000-embedded-sequence-delimiter.dcm": "damaged or incomplete",
    "malformed/pydicom_badVR.dcm": "too small",
    "malformed/pydicom_empty_charset_LEI.dcm": "without an image",
    "malformed/pydicom_no_meta_group_length.dcm": "without an image",
    "malformed/pydicom_reportsi_with_empty_number_tags.dcm": "without an image",
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
    "us/pydicom_examples_palette.dcm": (0.262288, 0.262288),
    "derived/cal_single_2d_square.dcm": (0.2, 0.2),
    "derived/cal_negative_delta_y.dcm": (0.2, 0.2),
    "derived/cal_nonsquare.dcm": (0.2, 0.3),
    "derived/cal_pixelspacing_only.dcm": (0.2, 0.2),
    "derived/cal_secondary_capture_nominal.dcm": None,
    "derived/cal_units_none.dcm": None,
    "derived/cal_zero_delta.dcm": None,
    "ts/pydicom_MR_small.dcm": None,
    "ts/pydicom-data_SC_ybr_full_uncompressed.dcm": None,
}


@pytest.fixture(scope="module")
def corpus(shared):
    return shared / "dicom"


def test_that_every_file_has_its_announced_size_or_is_refused(corpus):
    with (corpus / "MANIFEST.csv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if (corpus / row["file"]).is_file()]
    rows = [
        row for row in rows if row["file"].split("/")[0] in {"us", "ts", "derived", "malformed"}
    ]
    assert len(rows) > 50

    refused = set()
    for row in rows:
        try:
            image = load_image(corpus / row["file"]).image
        except UnreadableImage:
            refused.add(row["file"])
        else:
            assert (image.rows, image.columns) == (int(row["rows"]), int(row["cols"])), row["file"]
            assert image.source.frame_count == int(row["frames"] or 1), row["file"]
            assert image.gray.max() > image.gray.min(), row["file"]

    assert refused <= set(UNREADABLE)


@pytest.mark.parametrize(("name", "words"), UNREADABLE.items())
def test_that_a_refusal_says_why(corpus, name, words):
    if not (corpus / name).is_file():
        pytest.skip("this file is not there")

    with pytest.raises(UnreadableImage) as caught:
        load_image(corpus / name)

    assert words in caught.value.problem
    assert caught.value.remedy.endswith(".")


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
