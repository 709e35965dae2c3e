"""Settings that only serve the display: followed where they leave a picture, told where not."""

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from fhc_desktop.domain.image.display import Display, GreyWindow
from tests.heads import small_phantom
from tests.reading import load_image

GRAY = small_phantom().gray
DEEP = GRAY.astype(np.uint16) * 16
STORED = "The file’s display settings were not usable, and the stored values are shown: "
OTHERS = "Some of the file’s display settings were not usable, and the others are in force: "
NAME = "Secret^Name"


def table(descriptor=None, data=None):
    item = Dataset()
    if descriptor is not None:
        item.LUTDescriptor = descriptor
        item.add_new("LUTData", "US", data)
    item.LUTExplanation = NAME
    return Sequence([item])


def put(dataset, pixels, *, bits):
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 16, bits, bits - 1
    dataset.PixelRepresentation = int(pixels.dtype.kind == "i")
    dataset.PixelData = pixels.tobytes()
    dataset["PixelData"].VR = "OW"


@pytest.fixture
def shown(dataset, saved):
    """Give a head some settings; return the picture and the remarks on it."""

    def show(**settings):
        with pydicom.config.disable_value_validation():
            for keyword, value in settings.items():
                if value == NAME:
                    dataset.add_new(keyword, "LO", value)
                else:
                    setattr(dataset, keyword, value)
            image = load_image(saved(dataset)).image
        return image.gray, image.remarks

    return show


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"VOILUTSequence": table()}, "its VOI lookup table is empty"),
        ({"VOILUTSequence": table([256, 0, 16], 7)}, "holds 1 of the 256 entries"),
        ({"VOILUTSequence": table([1, 0, 8], 255)}, "its VOI lookup table leaves 1 of"),
        ({"VOILUTSequence": table([256, 0], [7] * 256)}, "its VOI lookup table is damaged"),
        ({"WindowCenter": 32768, "WindowWidth": 65536}, "its window leaves 2 of"),
        ({"WindowCenter": -500, "WindowWidth": 100}, "its window leaves 1 of"),
        ({"WindowCenter": 100, "WindowWidth": 2}, "its window leaves"),
        ({"WindowCenter": 100, "WindowWidth": 0}, "no usable centre and width"),
        ({"WindowCenter": 100, "WindowWidth": -200}, "no usable centre and width"),
        ({"WindowCenter": "nan", "WindowWidth": "inf"}, "no usable centre and width"),
        ({"WindowCenter": NAME, "WindowWidth": "256"}, "no usable centre and width"),
        ({"WindowCenter": 128}, "no usable centre and width"),
        (
            {"WindowCenter": 128, "WindowWidth": 256, "RescaleSlope": 0, "RescaleIntercept": 9},
            "no numbers to reckon with",
        ),
    ],
)
def test_that_what_cannot_be_displayed_costs_no_picture(shown, settings, words):
    gray, (remark,) = shown(**settings)

    assert np.array_equal(gray, GRAY)
    assert words in remark
    assert remark.startswith((STORED, OTHERS))
    assert NAME not in remark


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"ModalityLUTSequence": table()}, "its modality lookup table is empty"),
        ({"RescaleSlope": None, "RescaleIntercept": 1}, "no numbers to reckon with"),
        ({"VOILUTFunction": NAME}, "its VOI function is unknown"),
        ({"WindowCenter": [32768, 128], "WindowWidth": [65536, 256]}, "its window leaves 2"),
        ({"WindowCenter": [128, 9], "WindowWidth": [0, 256, 256][1:]}, None),
        ({"WindowCenter": [128, 40], "WindowWidth": 256}, None),
        ({"VOILUTSequence": Sequence()}, None),
        ({"VOILUTSequence": table()}, "its VOI lookup table is empty"),
        ({"PresentationLUTShape": NAME}, "its presentation shape does not fit"),
        ({"PresentationLUTShape": "IDENTITY"}, None),
    ],
)
def test_that_the_settings_that_are_left_stay_in_force(shown, settings, words):
    gray, remarks = shown(**{"WindowCenter": 128, "WindowWidth": 256} | settings)

    assert np.array_equal(gray, GRAY)
    assert len(remarks) == (words is not None)
    for remark in remarks:
        assert remark.startswith(OTHERS)
        assert words in remark
        assert NAME not in remark


@pytest.mark.parametrize("settings", [{}, {"VOILUTSequence": None}, {"WindowCenter": None}])
def test_that_settings_that_are_not_there_are_not_missed(shown, settings):
    gray, remarks = shown(**settings)

    assert np.array_equal(gray, GRAY)
    assert remarks == ()


def test_that_a_narrow_window_that_leaves_a_picture_is_followed(shown):
    gray, remarks = shown(WindowCenter=80.5, WindowWidth=101)

    assert np.array_equal(gray, np.rint(np.clip((GRAY - 30.0) * 2.55, 0, 255)))
    assert remarks == ()


def test_that_a_window_may_be_narrower_than_one_in_a_finer_unit(shown):
    finer = {"RescaleSlope": 0.001, "RescaleIntercept": 0}
    window = {"WindowCenter": 0.1275, "WindowWidth": 0.255, "VOILUTFunction": "LINEAR_EXACT"}
    gray, remarks = shown(**finer, **window)

    assert np.abs(gray.astype(int) - GRAY).max() <= 1
    assert remarks == ()


def test_that_a_table_longer_than_8_bit_pixels_is_followed(shown):
    gray, remarks = shown(
        ModalityLUTSequence=table([4096, 0, 16], list(range(4096))),
        VOILUTSequence=table([65536 % 2**16, 0, 8], [*range(256), *[255] * 65280]),
    )

    assert np.array_equal(gray, GRAY)
    assert remarks == ()


def test_that_12_bits_in_words_are_not_shown_black_where_the_window_is_none(dataset, shown):
    put(dataset, DEEP, bits=16)
    gray, (remark,) = shown(WindowCenter=1e6, WindowWidth=10)

    assert np.abs(gray.astype(int) - GRAY).max() <= 1
    assert remark.startswith(STORED)


def test_that_8_bits_that_announce_16_are_not_shown_black(dataset, shown):
    put(dataset, GRAY.astype(np.uint16), bits=16)
    gray, (remark,) = shown()

    assert np.array_equal(gray, GRAY)
    assert "the range of its bits stored leaves" in remark


def test_that_signed_values_without_a_window_reach_from_black_to_white(dataset, shown):
    put(dataset, DEEP.astype(np.int16) - 2000, bits=16)
    gray, remarks = shown()

    assert (gray.min(), gray.max()) == (0, 255)
    assert remarks == ()


def test_that_monochrome1_stays_inverted(shown):
    gray, (remark,) = shown(
        PhotometricInterpretation="MONOCHROME1", WindowCenter=9e9, WindowWidth=1
    )

    assert np.array_equal(gray, 255 - GRAY)
    assert remark.startswith(STORED)


def test_that_colours_beyond_the_bits_stored_are_all_shown(dataset, shown):
    colors = np.stack([GRAY, GRAY // 2, 255 - GRAY], axis=-1)
    dataset.PixelData = colors.tobytes()
    dataset.SamplesPerPixel, dataset.PlanarConfiguration = 3, 0
    plain, _ = shown(PhotometricInterpretation="RGB")
    gray, (remark,) = shown(BitsStored=6, HighBit=5)

    assert np.array_equal(gray, plain)
    assert "more bits than it announces" in remark


# The windows that the file gives to choose from ---------------------------------------------------


@pytest.fixture
def offered(dataset, saved):
    """Give a head some windows; return the picture and what can be chosen for it."""

    def offer(**settings):
        for keyword, value in settings.items():
            setattr(dataset, keyword, value)
        image = load_image(saved(dataset)).image
        return image.gray, image.windows

    return offer


TWO = {
    "WindowCenter": [128, 100],
    "WindowWidth": [256, 101],
    "WindowCenterWidthExplanation": ["ALL", "SKULL"],
}


def through(preset, gray):
    return Display(preset.window).table()[gray]


def test_that_the_files_windows_are_offered_by_their_names(offered):
    _, windows = offered(**TWO)

    assert [(one.name, one.number) for one in windows] == [("ALL", 1), ("SKULL", 2)]
    assert windows[0].window == GreyWindow()
    assert windows[1].window == GreyWindow(100, 101)


@pytest.mark.parametrize("photometric", ["MONOCHROME1", "MONOCHROME2"])
@pytest.mark.parametrize("rescaled", [{}, {"RescaleSlope": 2, "RescaleIntercept": -30}])
@pytest.mark.parametrize("function", ["LINEAR", "LINEAR_EXACT"])
def test_that_a_window_shows_what_the_file_with_it_alone_would_show(
    offered, photometric, rescaled, function
):
    settings = {
        "WindowCenter": [150, 100],
        "WindowWidth": [300, 120],
        "PhotometricInterpretation": photometric,
        "VOILUTFunction": function,
        **rescaled,
    }
    gray, (_, second) = offered(**settings)
    alone, none = offered(**settings | {"WindowCenter": 100, "WindowWidth": 120})

    # Half of one of the picture's 256 levels, each of which is 2.5 of the narrower window's.
    assert np.abs(through(second, gray).astype(int) - alone).max() <= 2
    assert none == ()


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"WindowCenter": 128, "WindowWidth": 256, "WindowCenterWidthExplanation": "ALL"},
        TWO | {"VOILUTFunction": "SIGMOID"},
        TWO | {"VOILUTSequence": table([256, 0, 8], list(range(256)))},
    ],
)
def test_that_where_there_is_nothing_to_choose_nothing_is_offered(offered, settings):
    assert offered(**settings)[1] == ()


def test_that_windows_without_names_go_by_their_numbers(offered):
    settings = TWO | {"WindowCenterWidthExplanation": None}

    assert [one.name for one in offered(**settings)[1]] == [
        "Window 1 of the file",
        "Window 2 of the file",
    ]


def test_that_a_window_that_is_none_is_not_offered_and_the_others_keep_their_numbers(offered):
    settings = {"WindowCenter": [128, 9, 90, 9e9], "WindowWidth": [256, 0, 90, 1]}

    assert [one.number for one in offered(**settings)[1]] == [1, 3]
