"""What the log's window shows, and what of it may be seen while somebody looks on."""

from dataclasses import replace
from datetime import date

import pytest

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.calibration import CalibrationSource, typed_calibration
from fhc_desktop.gui.log.content import (
    EMPTY,
    Findings,
    Order,
    deidentified,
    log_content,
    without_entries,
)
from fhc_desktop.gui.log.log_filter import ALL, LogFilter
from fhc_desktop.storage.log.entry import RecordedImage
from fhc_desktop.storage.log.log_query import SortBy
from tests.gui.course_examples import A, entries_of, seen

SCALE = typed_calibration(0.25, 0.25, source=CalibrationSource.RULER, detail="over Müller.png")
TROUBLE = FhcError("The log is damaged.", "Restore it.")


def entries(**facts):
    (entry,) = entries_of([seen(140, **facts).with_manual_calibration(SCALE)])
    path = entry.image.path.with_name("Müller.png")
    return (replace(entry, image=RecordedImage(path, entry.image.sha256)),)


def found(entries, wanted=ALL, *, total=None, **more):
    """What the log answered, all of it read."""
    numbers = tuple(range(len(entries)))
    total = len(entries) if total is None else total
    return Findings(wanted, numbers=numbers, pages={0: entries}, total=total, **more)


def titles(content):
    return [column.title for column in content.columns.values()]


def all_words(content):
    """Everything that the window says, tips included."""
    note = [] if content.note is None else [content.note.title, content.note.text]
    told = [
        words(entry)
        for entries in content.found.pages.values()
        for entry in entries
        for column in content.columns.values()
        for words in (column.text, column.tip)
        if words is not None
    ]
    offered = [column.title for column in content.offered.values()]
    return "\n".join([content.title, content.wanted, content.count_text, *note, *told, *offered])


def test_that_an_entry_is_told_with_all_that_it_names():
    said = all_words(log_content(found(entries(fetus=A))))

    for words in ("4711", "Zoë Müller", "A, left", "Müller.png", "LMP 2026-01-10", "A. Operator"):
        assert words in said


def test_that_what_may_be_seen_names_nobody_and_no_day_of_the_pregnancy():
    wanted = LogFilter(text="zoë", operator="A. Operator", examined_from=date(2026, 1, 10))
    content = log_content(found(entries(fetus=Fetus("A", "beside Zoë’s scar")), wanted))
    said = all_words(deidentified(content))

    for secret in ("4711", "Zoë", "zoë", "Müller", "scar", "2026-01-10", "A. Operator"):
        assert secret not in said
    assert "Examined" not in titles(deidentified(content))
    assert "HC" in titles(deidentified(content))
    assert "172.5 mm" in said
    assert "patients hidden" in deidentified(content).title
    assert not deidentified(content).names_patients


def test_that_hidden_or_not_the_entries_are_those_of_the_log():
    content = log_content(found(entries()))

    assert deidentified(content).found == content.found


def test_that_fetuses_have_a_column_only_where_one_was_named():
    unsaid = frozenset({SortBy.FETUS})

    assert "Fetus" not in titles(log_content(found(entries(), unsaid=unsaid)))
    assert "Fetus" in titles(log_content(found(entries(fetus=A))))
    assert "Fetus" not in titles(deidentified(log_content(found(entries(fetus=A)))))


def test_that_columns_that_are_hidden_are_offered_and_the_last_ones_stay():
    content = log_content(found(entries()), hidden={SortBy.GRADE})

    assert "Grade" not in titles(content)
    assert SortBy.GRADE in content.offered
    assert titles(log_content(found(entries()), hidden=set(SortBy)))
    only_names = log_content(found(entries()), hidden=set(SortBy) - {SortBy.NAME})
    assert titles(only_names) == ["Name"]
    assert "HC" in titles(deidentified(only_names))


@pytest.mark.parametrize(
    ("count", "wanted", "words"),
    [
        (0, ALL, ""),
        (1, ALL, "1 measurement"),
        (2, ALL, "2 measurements"),
        (1, LogFilter(text="zoë"), "1 measurement found of 1,200"),
        (2, LogFilter(in_force_only=True), "2 measurements found of 1,200"),
    ],
)
def test_that_they_are_counted_in_words(count, wanted, words):
    assert log_content(found(entries() * count, wanted, total=1200)).count_text == words


def test_that_a_table_with_nothing_to_show_gives_way_to_a_note():
    wrong_way = LogFilter(examined_from=date(2026, 2, 1), examined_to=date(2026, 1, 1))
    by_name = log_content(found((), LogFilter(text="zoë"), total=3))
    by_grade = log_content(found((), LogFilter(operator="Dr A"), total=3))

    assert log_content(found(entries())).note is None
    assert log_content(found(())).note == EMPTY
    assert by_name.note.title == "No patient matches “zoë”"
    assert (by_grade.note.title, by_grade.note.text) == (
        "No measurement matches",
        "Wanted: operator Dr A.",
    )
    assert "end before they begin" in log_content(found((), wrong_way, total=3)).note.text
    assert deidentified(by_name).note is None
    assert "is damaged" in deidentified(without_entries(TROUBLE, is_open=True)).note.title


@pytest.mark.parametrize("is_open", [False, True])
def test_that_a_log_that_cannot_be_read_says_so_and_what_can_be_tried(is_open):
    note = without_entries(TROUBLE, is_open=is_open).note

    assert note.is_error
    assert note.title.startswith("Not logging: ") is not is_open
    assert note.step == ("Try again" if is_open else "")


def test_that_a_heading_sorts_and_turns_round_when_it_is_chosen_again():
    by_name = Order().chosen(SortBy.NAME)

    assert by_name == Order(SortBy.NAME, descending=False)
    assert by_name.chosen(SortBy.NAME) == Order(SortBy.NAME, descending=True)
    assert by_name.chosen(SortBy.ACCEPTED) == Order()
