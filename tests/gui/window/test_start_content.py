"""What the start page tells of an unfinished examination: whose, where, how far and since when."""

from dataclasses import replace

import pytest

from fhc_desktop.domain.examination.draft import Progress
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.examination.repeat_content import local_text
from fhc_desktop.gui.window.start_content import StartContent, UnfinishedRow
from tests.storage.draft_examples import AT, a_draft

DRAFT = a_draft("Ada")
ACCEPTED_BEFORE = replace(DRAFT, supersedes="a row")
NOT_LOGGED = replace(DRAFT, progress=Progress.NOT_LOGGED)
SECOND = replace(DRAFT, present=replace(DRAFT.present, is_second_reading=True))
NAMELESS = replace(DRAFT, present=replace(DRAFT.present, patient=Patient()))


def test_that_a_row_tells_patient_file_frame_and_time():
    words = f"Ada  ·  4711  ·  010_HC.png, frame 3  ·  not accepted  ·  {local_text(AT)}"

    assert UnfinishedRow.of(DRAFT).text == words


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (ACCEPTED_BEFORE, "changed since it was accepted"),
        (NOT_LOGGED, "accepted, NOT LOGGED"),
        (SECOND, "second reading, not accepted"),
        (NAMELESS, "No patient named"),
    ],
)
def test_that_it_says_how_far_the_examination_has_come(draft, words):
    row = UnfinishedRow.of(draft)

    assert words in row.text
    assert row.is_warning is (draft is NOT_LOGGED)


@pytest.mark.parametrize(
    ("count", "title"),
    [(0, ""), (1, "1 unfinished examination"), (3, "3 unfinished examinations")],
)
def test_that_the_title_counts_them(count, title):
    assert StartContent.of((DRAFT,) * count).title == title


def test_that_without_names_a_warning_is_still_one_and_nothing_can_be_deleted():
    seen = StartContent.of((DRAFT, NOT_LOGGED)).deidentified

    assert [row.text for row in seen.rows] == [
        "Patient and file hidden  ·  not accepted",
        "Patient and file hidden  ·  accepted, NOT LOGGED",
    ]
    assert [row.is_warning for row in seen.rows] == [False, True]
    assert not seen.can_delete
