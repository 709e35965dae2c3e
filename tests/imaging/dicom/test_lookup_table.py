"""Tables of values as files write them, and what is none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.dataset import Dataset
from pydicom.pixels.processing import apply_voi
from pydicom.sequence import Sequence

from fhc_desktop.imaging.dicom.lookup_table import NoTable, read_lookup_table


def item(descriptor=None, data=None, vr="US"):
    found = Dataset()
    found.add_new("LUTDescriptor", "US", descriptor)
    found.add_new("LUTData", vr, data)
    return found


def entries(written, *, is_big_endian=False):
    return read_lookup_table(written, is_big_endian=is_big_endian).entries.tolist()


@pytest.mark.parametrize("order", ["<", ">"])
def test_that_a_table_in_words_is_read_in_the_files_order(order):
    data = np.array([5, 700, 65535], dtype=f"{order}u2").tobytes()

    assert entries(item([3, 0, 16], data, "OW"), is_big_endian=order == ">") == [5, 700, 65535]


def test_that_entries_of_8_bits_may_share_a_word():
    assert entries(item([4, 0, 8], bytes([1, 2, 3, 4]), "OW")) == [1, 2, 3, 4]
    assert entries(item([3, 0, 8], [0x0201, 0x0003])) == [1, 2, 3]
    assert entries(item([2, 0, 8], [7, 8])) == [7, 8]


def test_that_entries_behind_the_last_are_left_out():
    assert entries(item([2, 0, 16], [7, 8, 9, 9])) == [7, 8]


def test_that_a_table_longer_than_the_pixels_type_is_applied():
    table = read_lookup_table(item([4096, 0, 16], list(range(4096))), is_big_endian=False)

    assert table.applied(np.array([[0, 255]], np.uint8)).tolist() == [[0, 255]]


def test_that_values_beside_a_table_have_its_ends():
    table = read_lookup_table(item([300, 10, 8], [*range(200), *[200] * 100]), is_big_endian=False)

    assert table.applied(np.array([[-5, 10, 11, 290, 9999]])).tolist() == [[0, 0, 1, 200, 200]]


@given(
    st.integers(0, 400),
    st.lists(st.integers(0, 4095), min_size=2, max_size=300),
    st.lists(st.integers(0, 1000), min_size=1, max_size=50),
)
def test_that_a_table_is_applied_as_pydicom_does(first, numbers, values):
    written = item([len(numbers), first, 12], numbers)
    dataset, pixels = Dataset(), np.array([values], dtype=np.uint16)
    dataset.VOILUTSequence = Sequence([written])
    table = read_lookup_table(written, is_big_endian=False)

    assert np.array_equal(table.applied(pixels), apply_voi(pixels.astype(np.int64), dataset))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (Dataset(), "is empty"),
        (item(), "is empty"),
        (item([256, 0, 8], b"", "OW"), "is empty"),
        (item([0, 0, 16], [1, 2]), "holds 2 of the 65536 entries"),
        (item([256, 0, 16], bytes(256), "OW"), "holds 128 of the 256 entries"),
        (item([2, 0, 32], [1, 2]), "entries of 32 bits"),
        (item([2, 0, 8], [1, 256]), "larger numbers than it announces"),
    ],
)
def test_that_what_is_no_table_is_told(written, words):
    with pytest.raises(NoTable, match=words):
        entries(written)
