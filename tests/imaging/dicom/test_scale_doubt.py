"""What DICOM files say of having been scaled, cropped or resampled."""

import pytest
from pydicom.dataset import Dataset

from fhc_desktop.imaging.dicom.scale_doubt import doubt_of_scale, speaks_of_another_grid

SIZE = (600, 800)
PLAIN_TYPE = ("ORIGINAL", "PRIMARY", "OBSTETRICAL")
DERIVED_TYPE = ("DERIVED", "PRIMARY", "OBSTETRICAL")


def told(description=None, *, image_type=DERIVED_TYPE, codes=()):
    dataset = Dataset()
    dataset.ImageType = list(image_type)
    if description is not None:
        dataset.DerivationDescription = description
    if codes:
        dataset.DerivationCodeSequence = [code(*parts) for parts in codes]
    return dataset


def code(value, scheme, meaning):
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, scheme, meaning
    return item


@pytest.mark.parametrize(
    "words",
    [
        "Scaled image",
        "Clipped rectangular image region",
        "Image was resized to 50 %",
        "down-sampled by 2, JPEG lossy 20:1",
        "CROPPED",
        "MEDCOM RESAMPLED",
        "zoomed 1.5x",
        "Magnified",
        "bilinear interpolation",
        "grayscale image scaled to 400 x 300",
        "Lossy compression; reduced size",
        "Bild skaliert",
        "auf 50 % verkleinert",
        "image redimensionnée",
        "Imagen recortada",
        "immagine ridimensionata",
    ],
)
def test_that_words_of_scaling_and_the_like_are_heard(words):
    assert speaks_of_another_grid(told(words))
    assert speaks_of_another_grid(told(words, image_type=PLAIN_TYPE))


@pytest.mark.parametrize(
    "words",
    [
        None,
        "",
        "Lossy compression",
        "JPEG 2000 irreversible (lossy) 16:1",
        "Lossy compression with JPEG baseline, IJG quality factor 90, compression ratio 21.521",
        "Lossless JPEG compression, selection value 1, point transform 0, compression ratio 2.917",
        "Converted to grey scale",
        "grayscale",
        "pixel values rescaled to 8 bits",
        "intensity scaling",
        "Rescaled to 8 bits",
        "chroma subsampling 4:2:2",
        "JPEG, subsampled 4:2:0",
        "not resampled",
        "Colour Doppler removed, de-identified",
        "temporally interpolated",
    ],
)
def test_that_other_ways_of_being_derived_are_no_doubt(words):
    assert not speaks_of_another_grid(told(words))


@pytest.mark.parametrize(
    ("image_type", "is_doubted"),
    [
        (("DERIVED", "SECONDARY", "RESAMPLED"), True),
        (("DERIVED", "PRIMARY", "OBSTETRICAL", "ZOOM"), True),
        (("DERIVED", "PRIMARY", "IMAGE_CROPPED"), True),
        (("ORIGINAL", "PRIMARY", "OBSTETRICAL", "ZOOM"), False),
        (("DERIVED", "SECONDARY", "MUSCULOSKELETAL", "0001"), False),
        (("DERIVED",), False),
        ((), False),
    ],
)
def test_that_the_kind_of_image_speaks_of_it_where_it_is_derived(image_type, is_doubted):
    assert speaks_of_another_grid(told(image_type=image_type)) is is_doubted


@pytest.mark.parametrize(
    ("codes", "is_doubted"),
    [
        ([("113085", "DCM", "Spatial resampling")], True),
        ([("113085", "DCM", "")], True),
        ([("113040", "DCM", "Lossy Compression"), ("1", "99OURS", "Cropping")], True),
        ([("113040", "DCM", "Lossy Compression")], False),
        ([("121327", "DCM", "Full fidelity image")], False),
        ([("113087", "DCM", "Smoothing")], False),
    ],
)
def test_that_codes_speak_of_it(codes, is_doubted):
    assert speaks_of_another_grid(told(codes=codes)) is is_doubted


def test_that_an_enhanced_image_speaks_of_it_in_its_frames():
    group, dataset = Dataset(), told()
    group.DerivationImageSequence = [told("Scaled image")]
    dataset.SharedFunctionalGroupsSequence = [group]

    assert speaks_of_another_grid(dataset)


def test_that_the_reason_repeats_nothing_but_the_word():
    reason = doubt_of_scale(told("ZQXNAME scaled by ZQXDOCTOR"), SIZE)

    assert "“scaled”" in reason
    assert "ZQX" not in reason
