"""What can be read in the file is what the content says, whatever a patient is called."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.patient import Patient
from fhc_desktop.reporting.content.printed import printed
from fhc_desktop.reporting.content.report_content import NOT_GIVEN
from fhc_desktop.reporting.pdf.lettering import printable
from fhc_desktop.reporting.pdf.report import pdf_bytes
from fhc_desktop.reporting.pdf.right_to_left import in_visual_order
from fhc_desktop.reporting.proof.carried import page_lines
from tests.reporting.examinations import (
    accepted,
    graded,
    graded_and_edited,
    headless,
    proposed,
    small,
    too_late,
    uncalibrated,
    undated,
)
from tests.reporting.pdf.read_back import of, read

MARKUP = st.sampled_from(
    ["<b>", "</para>", "&amp;", "<img src='x'/>", "%s", "{0}", ") Tj (", "\\n", "\u202e", "\u200f",
     "\x00", "<!--", "]]>", "endstream", "176.8 mm", "שלום", "علي", "李", "\U0001f600", "e\u0301"]
)  # fmt: skip
BOX = "stands for a character that cannot be shown here."
HOSTILE = st.lists(MARKUP | st.text(max_size=12), min_size=1, max_size=6).map("".join)


@pytest.mark.parametrize(
    "exam",
    [
        accepted(graded()),
        accepted(graded_and_edited()),
        proposed(),
        graded(Grade.NOT_MEASURABLE),
        uncalibrated(),
        headless(),
        undated(),
        too_late(),
        small(),
    ],
)
def test_that_every_word_of_the_content_can_be_read_in_the_file(exam):
    content = of(exam)
    said = {word for row in printed(content) for word in _words(f"{row.value} {row.note}")}

    assert said - {"accepted"} - set(_words(read(pdf_bytes(content)))) == set()


def _words(text):
    return re.findall(r"[^\s;:,()]+", text)


def _changes_nothing_but_itself(plain, name):
    exam = accepted(replace(proposed(), patient=Patient("4711", name)))
    pages = page_lines(pdf_bytes(of(exam)))
    said = printable(name) or NOT_GIVEN
    own = set(in_visual_order(said) + said + " ·4711…")

    assert len(pages) == len(plain)
    for page, other in zip(pages, plain, strict=True):
        gone, come = Counter(other) - Counter(page), Counter(page) - Counter(other)
        assert all("Ada Example" in line for line in gone)
        # Nothing has come but pieces of the name, alone or in the foot, and what a box stands for.
        assert [line for line in come if not set(line) <= own and BOX not in line] == []


@pytest.fixture(scope="module")
def plain():
    return page_lines(pdf_bytes(of(accepted())))


@given(name=HOSTILE)
@settings(max_examples=10)
def test_that_a_hostile_name_changes_nothing_but_itself(plain, name):
    _changes_nothing_but_itself(plain, name)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@given(name=HOSTILE)
@settings(max_examples=300)
def test_that_300_hostile_names_change_nothing_but_themselves(plain, name):
    _changes_nothing_but_itself(plain, name)
