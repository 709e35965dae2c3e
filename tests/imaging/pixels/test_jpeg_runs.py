"""More data behind a JPEG's own change nothing in a whole picture, and all that was made up."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from fhc_desktop.imaging.pixels.jpeg_runs import lacks_scans, with_longer_runs
from tests.heads import small_phantom

GRAY = small_phantom().gray
KINDS = {
    "sequential": {},
    "progressive": {"progressive": True},
    "restarted by rows": {"restart_marker_rows": 1},
    "restarted by blocks": {"restart_marker_blocks": 3},
}


def jpeg(pixels=GRAY, **options):
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", **options)
    return buffer.getvalue()


def decoded(encoded):
    return np.asarray(Image.open(io.BytesIO(encoded)))


def ended_early(whole, kept):
    """Cut a JPEG's data off and put the mark of its end behind them, as a faulty writer does."""
    start = whole.index(b"\xff\xda") + 20
    return whole[: start + round(kept * (len(whole) - start))].rstrip(b"\xff") + b"\xff\xd9"


@pytest.mark.parametrize("options", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("pixels", [GRAY, np.stack([GRAY, 255 - GRAY, GRAY // 2], axis=-1)])
@pytest.mark.parametrize("behind", [b"", b"\xff\xd9 notes \xff\xda"])
def test_that_a_whole_picture_stays_what_it_is(options, pixels, behind):
    whole = jpeg(pixels, **options) + behind

    longer = with_longer_runs(whole)

    assert len(longer) > len(whole)
    assert np.array_equal(decoded(longer), decoded(whole))
    assert not lacks_scans(whole)


@pytest.mark.parametrize("options", KINDS.values(), ids=KINDS)
@given(kept=st.floats(0, 0.97))
def test_that_a_picture_without_all_its_data_is_found_out(options, kept):
    cut = ended_early(jpeg(**options), kept)
    try:
        shown = decoded(cut)
    except OSError:
        return  # a decoder that says so itself

    assert lacks_scans(cut) or not np.array_equal(decoded(with_longer_runs(cut)), shown)


@given(st.binary(max_size=400))
def test_that_any_bytes_are_answered(data):
    longer = with_longer_runs(b"\xff\xd8" + data)

    assert longer is None or len(longer) > len(data) + 2
    assert lacks_scans(b"\xff\xd8" + data) in {True, False}


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"\xff\xd8\xff\xd9", b"\xff\xd8\xff\xc9\0\x0b"])
def test_that_nothing_is_told_by_what_holds_no_codes_of_huffman(data):
    assert with_longer_runs(data + b"\xff\xda\0\x02abc\xff\xd9" if len(data) > 4 else data) is None
