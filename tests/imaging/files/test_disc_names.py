"""One name of a file on a disc, in all the spellings that systems and copies give it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.imaging.files.disc_names import disc_name, is_plain

NAMES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", min_size=1, max_size=8)


@given(NAMES, st.sampled_from(["", ".", ";1", ".;1", ".dcm", ".DCM", ".dcm;1", ".dicom", ".IMA"]))
def test_that_what_is_added_to_a_name_leaves_it_the_same(name, added):
    assert disc_name(name + added) == disc_name(name.lower() + added) == disc_name(name)


@given(NAMES, NAMES)
def test_that_two_names_of_a_disc_stay_two(one, other):
    assert (disc_name(one) == disc_name(other)) == (one == other)


@pytest.mark.parametrize("name", ["IM0.jpg", "IM0.1", "IM0-1", "IM0 copy", "IM00"])
def test_that_another_file_is_another(name):
    assert disc_name(name) != disc_name("IM0")


@pytest.mark.parametrize("name", ["", ".", "..", "/etc", "a/b", "a\\b", "C:", "a\0b"])
def test_that_no_name_that_leads_elsewhere_is_plain(name):
    assert not is_plain(name)
    assert is_plain("IM000000")
