"""What can be read in the file is what the content says, whatever a patient is called."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.institution import Institution
from fhc_desktop.domain.patient import Patient
from fhc_desktop.reporting.content.dossier_content import DossierPart
from fhc_desktop.reporting.content.printed import printed
from fhc_desktop.reporting.content.report_content import NOT_GIVEN, ReportContent
from fhc_desktop.reporting.pdf.dossier import dossier_bytes
from fhc_desktop.reporting.pdf.lettering import printable
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.reporting.pdf.report import pdf_bytes
from fhc_desktop.reporting.pdf.right_to_left import in_visual_order
from fhc_desktop.reporting.proof.carried import page_lines
from tests.reporting.dossiers import course, dossier_of, mixed, twins
from tests.reporting.examinations import (
    LONG_COMMENT,
    NOW,
    accepted,
    commented,
    graded,
    graded_and_edited,
    headless,
    proposed,
    small,
    too_late,
    uncalibrated,
    undated,
)
from tests.reporting.pdf.read_back import crowded_with_reasons, of, read

MARKUP = st.sampled_from(
    ["<b>", "</para>", "&amp;", "<img src='x'/>", "%s", "{0}", ") Tj (", "\\n", "\u202e", "\u200f",
     "\x00", "<!--", "]]>", "endstream", "176.8 mm", "שלום", "علي", "李", "\U0001f600", "e\u0301"]
)  # fmt: skip
BOX = "stands for a character that cannot be shown here."
HOSTILE = st.lists(MARKUP | st.text(max_size=12), min_size=1, max_size=6).map("".join)


CLINIC = Institution("Klinik für Pränatalmedizin", "Beispielstraße 1\n12345 Musterstadt")
ARABIC = accepted(replace(graded(), patient=Patient("4711", "محمد علي")))
CROWDED = crowded_with_reasons()
# Of one patient, each with a comment of its own.
COMMENTED = [DossierPart(commented()), DossierPart(commented(LONG_COMMENT))]


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
        ARABIC,
        CROWDED,
        twins()[0].exam,
        commented(),
        commented(LONG_COMMENT),
        commented(exam=CROWDED),
    ],
)
def test_that_every_word_of_the_content_can_be_read_in_the_file(exam):
    content = ReportContent.of(exam, NOW, institution=CLINIC)

    assert missing(said_in([content]), pdf_bytes(content, Paper.LETTER)) == []


@pytest.mark.parametrize("parts", [course(), twins(), mixed(), [DossierPart(ARABIC)], COMMENTED])
def test_that_every_word_of_every_examination_can_be_read_in_the_dossier(parts):
    content = dossier_of(parts, institution=CLINIC)

    assert missing(said_in(content.reports), dossier_bytes(content)) == []


def said_in(contents):
    """Return each word of what the reports say, as it is set on a page."""
    rows = [row for content in contents for row in printed(content)]
    said = (printable(f"{row.value} {row.note}") for row in rows)
    # A word longer than a line is broken, and is told by its beginning alone.
    words = {word for text in said for word in _words(text) if len(word) < 60}
    return words - {"accepted"}


def missing(said, data):
    """Return what cannot be read; who reads a file may turn a word round again, or not."""
    found = set(_words(read(data)))
    return [word for word in said if word not in found and word[::-1] not in found]


def _words(text):
    return re.findall(r"[^\s;:,()]+", text)


# What comes or goes where there is more room or less: titles, labels and where the rest stands.
_LAYOUT = {"In full", "Patient", "Remarks", "Comment", "–", "1, on page 2", "on page 2"}


def _changes_nothing_but_itself(plain, hostile, content, instead_of):
    lines = Counter(line for page in page_lines(pdf_bytes(content)) for line in page)
    said = printable(hostile) or NOT_GIVEN
    own = set(in_visual_order(said) + said + " ·4711…–")

    gone, come = plain - lines, lines - plain
    assert [line for line in gone if instead_of not in line and line not in _LAYOUT] == []
    # Nothing has come but pieces of what is hostile, alone or in the foot, and what a box is.
    come -= Counter(dict.fromkeys(_LAYOUT, 9))
    assert [line for line in come if not set(line) <= own and BOX not in line] == []


def _as_name(hostile):
    return of(accepted(replace(proposed(), patient=Patient("4711", hostile))))


def _as_institution(hostile):
    return ReportContent.of(accepted(), NOW, institution=Institution(hostile, "Street\n" + hostile))


def _as_comment(hostile):
    return of(accepted(replace(proposed(), comment=f"{hostile}\n{hostile}")))


HOSTILE_PLACES = {
    "comment": (_as_comment, "Ada Example"),
    "name": (_as_name, "Ada Example"),
    "institution": (_as_institution, "Ada Example"),
}


@pytest.fixture(scope="module", params=HOSTILE_PLACES.values(), ids=HOSTILE_PLACES)
def place(request):
    """Return the lines without anything hostile, what makes a report with it, and its place."""
    made, stands_in = request.param
    plain = page_lines(pdf_bytes(made(stands_in)))
    return Counter(line for page in plain for line in page), made, stands_in


def _try(place, hostile):
    plain, made, instead_of = place
    _changes_nothing_but_itself(plain, hostile, made(hostile), instead_of)


@given(hostile=HOSTILE)
@settings(max_examples=8)
def test_that_hostile_text_changes_nothing_but_itself(place, hostile):
    _try(place, hostile)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@given(hostile=HOSTILE)
@settings(max_examples=300)
def test_that_300_hostile_texts_change_nothing_but_themselves(place, hostile):
    _try(place, hostile)
