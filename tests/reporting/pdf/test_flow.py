"""Tables flow over as many pages as they need: nothing is lost, parted from its head or cut."""

import io

import pypdf
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from fhc_desktop.reporting.pdf.flow import (
    WIDTH,
    Cell,
    Column,
    Line,
    fill,
    pages_of,
    section,
    sentences,
)
from fhc_desktop.reporting.pdf.paper import Paper

COLUMNS = (Column(100, "First"), Column(100, "Second"), Column(WIDTH - 200))


def laid_out(story):
    """Return the text of each page that a story fills."""
    written = io.BytesIO()
    canvas, rest = Canvas(written, pagesize=Paper.A4.size), list(story)
    while rest:
        rest = fill(canvas, rest)
        canvas.showPage()
    canvas.save()
    pages = pypdf.PdfReader(io.BytesIO(written.getvalue())).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def numbered(count, words=""):
    return [Line((Cell(f"n{one}."), Cell(words, span=2)), f"note{one}.") for one in range(count)]


def test_that_a_table_goes_on_under_its_title_and_its_heads():
    pages = laid_out([section("Title", COLUMNS, numbered(90))])

    assert len(pages) > 2
    assert all(page.startswith("Title First Second n") for page in pages)
    said = " ".join(pages).split()
    assert [word for word in said if word[0] == "n"] == [
        word for one in range(90) for word in (f"n{one}.", f"note{one}.")
    ]


def test_that_a_note_stays_with_its_line():
    for page in laid_out([section("Title", COLUMNS, numbered(90))]):
        words = page.split()
        assert words[3][0] == "n"
        assert words[3][1].isdigit()
        assert words[-1].startswith("note")


def test_that_no_head_stands_alone_at_the_foot_of_a_page():
    for rows in range(20, 40):
        full = section("Full", COLUMNS, numbered(rows))
        for page in laid_out([full, section("Next", COLUMNS, numbered(3))]):
            assert not page.endswith("Next First Second")


@settings(max_examples=30, deadline=None)
@given(
    words=st.lists(st.text("abc ديم李", min_size=1, max_size=30), max_size=400),
    columns=st.integers(1, 3),
)
def test_that_text_of_any_length_stands_whole_on_its_pages(words, columns):
    long = " ".join(words)
    line = Line((Cell(long, span=columns), *[Cell("x")] * (3 - columns)), long, 1)

    story = [section("Title", COLUMNS, [line, *numbered(2)])]
    count = pages_of([section("Title", COLUMNS, [line, *numbered(2)])])
    pages = laid_out(story)

    assert len(pages) == count
    said = " ".join(pages).replace("Title First Second", "")
    for letter in "abc李":
        assert said.count(letter) >= 2 * long.count(letter)


def test_that_nothing_is_said_without_sentences():
    assert sentences("Title", ()) == []


def test_that_a_sentence_has_its_sign():
    assert laid_out(sentences("Title", ("One.", "Two."))) == ["Title – One. – Two."]


def test_that_an_empty_line_takes_its_place():
    (page,) = laid_out([section("Title", COLUMNS, [Line((Cell(""),) * 3), *numbered(1)])])

    assert page.endswith("n0. note0.")
