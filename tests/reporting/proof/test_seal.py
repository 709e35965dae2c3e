"""The seal covers every byte, names its key, and is the same for the same file."""

import io

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fhc_desktop.reporting.pdf.report import pdf_bytes
from fhc_desktop.reporting.proof.seal import Holds, Seal, seal_of, sealed, signer_of
from tests.reporting.examinations import accepted
from tests.reporting.pdf.read_back import of, read_pages
from tests.reporting.proof.reports import KEY, OTHER_KEY, OURS

MEASUREMENT = {"measurement.json": b'{"hc": 176.8}\n'}


@pytest.fixture(scope="module")
def pages():
    return pdf_bytes(of(accepted()))


@pytest.fixture(scope="module")
def signed(pages):
    return sealed(pages, MEASUREMENT, KEY)


def test_that_the_same_file_gives_the_same_bytes(pages, signed):
    assert sealed(pages, MEASUREMENT, KEY) == signed


def test_that_an_untouched_file_is_whole_and_names_its_signer(signed):
    assert signer_of(KEY) == OURS
    assert seal_of(signed) == Seal(Holds.WHOLE, OURS)


def test_that_nothing_is_sealed_without_a_key(pages):
    assert seal_of(sealed(pages, MEASUREMENT, None)) == Seal(Holds.NOT_SIGNED)
    assert seal_of(pages) == Seal(Holds.NOT_SIGNED)


@given(data=st.data())
@settings(max_examples=200)
def test_that_one_changed_byte_breaks_the_seal(signed, data):
    place = data.draw(st.integers(0, len(signed) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != signed[place]))
    changed = signed[:place] + bytes([byte]) + signed[place + 1 :]

    assert seal_of(changed).holds is not Holds.WHOLE


@pytest.mark.parametrize("more", [b"\n", b"%%EOF\n"])
def test_that_what_is_added_behind_the_end_breaks_the_seal(signed, more):
    assert seal_of(signed + more).holds is Holds.CHANGED


def test_that_of_two_seals_none_holds(pages, signed):
    other = sealed(pages, MEASUREMENT, OTHER_KEY)

    assert seal_of(signed + other).holds is Holds.CHANGED


def test_that_a_name_that_looks_like_a_seal_is_none(signed):
    # As it would stand in a text of JSON, whose line ends are spelt out.
    name = f"FHC Desktop report\\nEd25519 key {OURS}\\nEd25519 signature {'0' * 128}\\n".encode()
    file = sealed(
        pdf_bytes(of(accepted())), {"measurement.json": b'{"name": "' + name + b'"}'}, KEY
    )

    assert seal_of(file) == Seal(Holds.WHOLE, OURS)


def test_that_pages_and_metadata_are_those_without_it(pages, signed):
    assert read_pages(signed) == read_pages(pages)
    assert pypdf.PdfReader(io.BytesIO(signed)).metadata == (
        pypdf.PdfReader(io.BytesIO(pages)).metadata
    )


def test_that_the_measurement_is_associated_as_the_data_of_the_document(signed):
    reader = pypdf.PdfReader(io.BytesIO(signed))
    assert reader.attachments["measurement.json"] == list(MEASUREMENT.values())
    told = {
        one.get_object()["/F"]: one.get_object()["/AFRelationship"]
        for one in reader.trailer["/Root"]["/AF"]
    }
    assert told == {"measurement.json": "/Data", "seal.txt": "/Supplement"}
