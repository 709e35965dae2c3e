"""Whatever is written into an attribute that may stay, nothing of the patient stays with it."""

import warnings
from io import BytesIO

import pytest
from pydicom.datadict import dictionary_VR, tag_for_keyword
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.tag import Tag
from pydicom.uid import ExplicitVRLittleEndian

from fhc_desktop.domain.pseudonym import PseudonymKey
from fhc_desktop.imaging.deidentified.attributes import deidentified_header
from fhc_desktop.imaging.deidentified.kept_attributes import KEPT
from fhc_desktop.imaging.deidentified.new_identity import NewIdentity
from tests.imaging.deidentified.hostile_files import BORN, identify
from tests.imaging.deidentified.traces import traces

KEY = PseudonymKey.fresh()
FEW = ["MUELLER", "Müller^Zoë", BORN, "12.03.1985", "4711882"]
MANY = [
    *FEW,
    *("MULLER", "zoe mueller", "Schröder", "SCHROEDER", "AASE SCHROEDER", "ZQX-4711882", "ZQX"),
    *("1985-03-12", "12/03/85", "12 Mar 1985", "120385", "850312", "85071", "1985.0312"),
    *("0.19850312", "1985\\03\\12", "20240720", "20 Jul 2024", "July 20 2024", "20JUL24", "200724"),
    *(
        "20240720101500",
        "200724.120385",
        "240720",
        "24202",
        "19991231",
        "MUELLER\\ZOE",
        "1.4711882",
    ),
]
UNKNOWN_DAY = "19991231"
REPRESENTATIONS = (None, "LO", "UN", "OB")


def traces_of(keyword, written, representation):
    """Return what of a value stands in the copy's header, at its top and in a region."""
    dataset, region = identify(Dataset()), Dataset()
    tag = Tag(tag_for_keyword(keyword))
    value = written.encode("utf-8")
    value += b" " * (len(value) % 2)
    for place in (dataset, region):
        kind = representation or dictionary_VR(tag)
        place[tag] = RawDataElement(
            tag, kind, len(value), value, 0, is_implicit_VR=False, is_little_endian=True
        )
    if keyword != "SequenceOfUltrasoundRegions":
        dataset.SequenceOfUltrasoundRegions = [region]
    identity = NewIdentity.of(dataset, KEY, fallback="")
    # A day that the file nowhere calls one stays in a name that somebody vouches for.
    vouched = frozenset({written} - {UNKNOWN_DAY})
    header, _ = deidentified_header(dataset, identity, vouched=vouched, is_looked_at=False)
    header.file_meta = FileMetaDataset()
    header.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    content = BytesIO()
    header.save_as(content)
    return traces(content.getvalue(), header)


def assert_no_traces(texts, representations):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydicom's, of what is wrong with the values
        for keyword in (*KEPT, "Manufacturer", "ManufacturerModelName"):
            for written in texts:
                for kind in representations:
                    found = traces_of(keyword, written, kind)
                    assert not found, (keyword, written, kind, found)


def test_that_no_attribute_takes_her_along():
    assert_no_traces(FEW, [None])


@pytest.mark.slow
def test_that_no_attribute_takes_her_along_in_any_writing_and_kind():
    assert_no_traces(MANY, REPRESENTATIONS)
