import contextlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.storage.log.circumstances import Circumstances, EarlierTime, clock_note
from fhc_desktop.storage.log.measurement_log import LogEntry, MeasurementLog
from tests.storage.log_examples import EXAM, NOW, an_entry

WINTER, SUMMER = 3600, 7200
BEFORE = EarlierTime(7, NOW, WINTER)


def test_that_the_scanner_is_named_as_the_file_names_it():
    study = StudyInfo(manufacturer="Hersteller Süd", device="Scan 9")
    known = Circumstances.of(replace(EXAM, study=study), now=NOW)

    assert (known.scanner_manufacturer, known.scanner_model) == ("Hersteller Süd", "Scan 9")
    assert Circumstances.of(EXAM, now=NOW).scanner_model == ""


@pytest.mark.parametrize(("waited_s", "kept"), [(12.5, 12.5), (0, 0), (-1, None)])
def test_that_the_seconds_from_proposal_to_acceptance_are_counted(waited_s, kept):
    proposal = replace(EXAM.proposal, said_at=NOW - timedelta(seconds=waited_s))

    assert Circumstances.of(EXAM.with_proposal(proposal), now=NOW).seconds_to_accept == kept


def test_that_what_nobody_knows_stays_empty():
    known = Circumstances.of(EXAM, now=NOW)

    assert known.seconds_to_accept is None
    assert known.correction_reason == ""
    assert known.numbers_hidden is False


@pytest.mark.parametrize(
    ("display", "kept"),
    [(Display(), ""), (Display(gamma=1.2, is_inverted=True), "gamma 1.2, inverted")],
)
def test_that_how_the_picture_was_shown_is_kept_in_words(tmp_path, display, kept):
    entry = LogEntry.of(EXAM, operator="", now=NOW, display=display)
    with contextlib.closing(MeasurementLog.open(tmp_path)) as log:
        log.append(entry)

        assert log.entries()[0].circumstances.display_state == kept


def test_that_the_local_offset_is_that_of_the_day_of_the_acceptance():
    winter, summer = (
        Circumstances.of(EXAM, now=datetime(2026, month, 4, tzinfo=UTC)) for month in (1, 7)
    )

    for known, month in ((winter, 1), (summer, 7)):
        offset = datetime(2026, month, 4, tzinfo=UTC).astimezone().utcoffset()
        assert known.utc_offset_seconds == offset.total_seconds()


def test_that_nothing_is_noted_while_the_clock_goes_on():
    assert clock_note(BEFORE, NOW, WINTER) == ""
    assert clock_note(BEFORE, NOW + timedelta(days=900), WINTER) == ""
    assert clock_note(BEFORE, NOW + timedelta(days=1), None) == ""


def test_that_a_clock_that_went_back_is_noted():
    note = clock_note(BEFORE, NOW - timedelta(hours=2), WINTER)

    assert note.startswith("By the clock this is 2:00:00 before record 7")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (WINTER, SUMMER, "UTC+01:00 at record 7 and is UTC+02:00"),
        (SUMMER, WINTER, "UTC+02:00 at record 7 and is UTC+01:00"),
        (WINTER, -12600, "UTC+01:00 at record 7 and is UTC-03:30"),
    ],
)
def test_that_a_change_of_summer_time_or_zone_is_noted(before, after, words):
    note = clock_note(replace(BEFORE, utc_offset_seconds=before), NOW, after)

    assert words in note


@pytest.mark.parametrize("years", [-10, 10])
def test_that_records_keep_their_order_and_note_a_clock_that_jumped(tmp_path, years):
    jumped = NOW.replace(year=NOW.year + years)
    entries = [an_entry(), an_entry(created_at=jumped), an_entry()]
    with contextlib.closing(MeasurementLog.open(tmp_path)) as log:
        for entry in entries:
            log.append(entry)
        kept = log.entries()

    assert [entry.entry_id for entry in kept] == [entry.entry_id for entry in entries[::-1]]
    noted = [bool(entry.circumstances.clock_note) for entry in kept]
    assert noted == ([False, True, False] if years < 0 else [True, False, False])
