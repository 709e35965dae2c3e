"""What the log's window shows, and what of it may be seen while somebody looks on."""

from dataclasses import replace

import pytest

from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.calibration import CalibrationSource, typed_calibration
from fhc_desktop.gui.log.content import EMPTY, deidentified, log_content, without_entries
from fhc_desktop.gui.widgets.note_page import NOT_LOGGING
from fhc_desktop.storage.log.entry import RecordedImage
from tests.gui.course_examples import A, entries_of, seen

SCALE = typed_calibration(0.25, 0.25, source=CalibrationSource.RULER, detail="over Müller.png")


def entries(**facts):
    (entry,) = entries_of([seen(140, **facts).with_manual_calibration(SCALE)])
    path = entry.image.path.with_name("Müller.png")
    return (replace(entry, image=RecordedImage(path, entry.image.sha256)),)


def titles(content):
    return [column.title for column in content.columns]


def all_words(content):
    """Everything that the window says, tips included."""
    note = [] if content.note is None else [content.note.title, content.note.text]
    told = [
        words(entry)
        for entry in content.entries
        for column in content.columns
        for words in (column.text, column.tip)
        if words is not None
    ]
    return "\n".join([content.title, content.wanted, content.count_text, *note, *told])


def test_that_an_entry_is_told_with_all_that_it_names():
    said = all_words(log_content(entries(fetus=A)))

    for words in ("4711", "Zoë Müller", "A, left", "Müller.png", "LMP 2026-01-10", "A. Operator"):
        assert words in said


def test_that_what_may_be_seen_names_nobody_and_no_day_of_the_pregnancy():
    content = log_content(entries(fetus=Fetus("A", "beside Zoë’s scar")), "zoë")
    said = all_words(deidentified(content))

    for secret in ("4711", "Zoë", "zoë", "Müller", "scar", "2026-01-10", "A. Operator"):
        assert secret not in said
    assert "HC" in titles(deidentified(content))
    assert "172.5 mm" in said
    assert "patients hidden" in deidentified(content).title
    assert not deidentified(content).names_patients


def test_that_hidden_or_not_the_entries_are_those_of_the_log():
    content = log_content(entries())

    assert deidentified(content).entries == content.entries


def test_that_fetuses_have_a_column_only_where_one_was_named():
    assert "Fetus" not in titles(log_content(entries()))
    assert "Fetus" in titles(log_content(entries(fetus=A)))
    assert "Fetus" not in titles(deidentified(log_content(entries(fetus=A))))


@pytest.mark.parametrize(
    ("found", "wanted", "count"),
    [
        (0, "", ""),
        (1, "", "1 measurement"),
        (2, "", "2 measurements"),
        (1, "zoë", "1 measurement found"),
    ],
)
def test_that_they_are_counted_in_words(found, wanted, count):
    assert log_content(entries() * found, wanted).count_text == count


def test_that_a_table_with_nothing_to_show_gives_way_to_a_note():
    assert log_content(entries()).note is None
    assert log_content(()).note == EMPTY
    assert log_content((), "zoë").note.title == "No patient matches “zoë”"
    assert deidentified(log_content((), "zoë")).note is None
    assert deidentified(without_entries(NOT_LOGGING)).note == NOT_LOGGING
