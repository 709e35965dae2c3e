"""What an archive wants of a report, as far as it can be checked here."""

import io
import time
from xml.etree import ElementTree as ET

import pypdf
import pytest

from tests.reporting.examinations import accepted, graded
from tests.reporting.proof.reports import report

DC = "{http://purl.org/dc/elements/1.1/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    return report(accepted(graded()), tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def reader(content):
    return pypdf.PdfReader(io.BytesIO(content))


@pytest.fixture(scope="module")
def root(reader):
    return reader.trailer["/Root"]


def test_that_the_metadata_say_in_xml_what_the_entries_say(reader, root):
    told = ET.fromstring(root["/Metadata"].get_data().decode("utf-8"))  # noqa: S314 - our own

    assert "".join(told.find(f".//{DC}title").itertext()) == reader.metadata.title
    assert told.find(f".//{XMP}CreatorTool").text == reader.metadata.creator
    assert told.find(f".//{XMP}CreateDate").text == "2026-11-23T11:40:07+00:00"
    assert reader.metadata.creation_date.isoformat() == "2026-11-23T11:40:07+00:00"


def test_that_the_metadata_name_nobody(root):
    assert b"Ada" not in root["/Metadata"].get_data()


def test_that_the_colours_are_srgb_by_a_profile_that_is_in_the_file(root):
    (intent,) = root["/OutputIntents"]
    profile = intent["/DestOutputProfile"]
    assert profile["/N"] == 3
    assert profile.get_data()[36:40] == b"acsp"
    assert profile.get_data()[16:20] == b"RGB "


def test_that_the_profile_does_not_change_with_the_clock(content, tmp_path):
    time.sleep(1.1)  # its time is in seconds
    assert report(accepted(graded()), tmp_path) == content


def test_that_title_and_language_are_told_to_whoever_reads_aloud(root):
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_that_the_file_has_an_identity_and_no_lock(reader):
    assert len(reader.trailer["/ID"]) == 2
    assert not reader.is_encrypted


def test_that_each_font_that_draws_a_letter_is_in_the_file(reader):
    for page in reader.pages:
        drawn = set()

        def note(text, _user, _text, font, _size, drawn=drawn):
            if text.strip() and font is not None:
                drawn.add(font["/BaseFont"])

        page.extract_text(visitor_text=note)
        fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
        within = {f["/BaseFont"] for f in fonts if "/FontFile2" in f.get("/FontDescriptor", {})}
        assert drawn
        assert drawn <= within
