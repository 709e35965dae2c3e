from datetime import UTC, datetime
from pathlib import Path

from fhc_desktop.gui.log.restore_content import (
    BEGIN,
    LOOKING,
    RESTORE,
    at_work,
    done,
    failed,
    found,
    whole,
)
from fhc_desktop.storage.log.backups import Backup
from fhc_desktop.storage.log.chain import ChainEnd
from fhc_desktop.storage.log.faults import LogUnavailable
from fhc_desktop.storage.log.restoring import NotRestored, Offer

WHY = LogUnavailable("The measurement log is damaged in 2 places.", "Restore it.")
MADE_AT = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)
OFFER = Offer(Path("/data/b.sqlite3"), "00", MADE_AT, ChainEnd(60, 60, "ab"), 40)


def test_that_what_is_wrong_stands_first_until_it_is_mended():
    for content in (found(WHY, OFFER), found(WHY, None), at_work(found(WHY, OFFER))):
        assert content.title == WHY.problem
        assert content.is_problem


def test_that_a_backup_is_offered_with_its_day_and_what_it_lacks():
    content = found(WHY, OFFER)

    assert content.step == RESTORE
    assert content.words.startswith(
        "The backup of 2026-05-01 08:30 UTC is whole, has 60 measurements and lacks 40 "
        "measurements of this machine."
    )
    assert "set aside and kept; nothing is deleted" in content.words


def test_that_without_a_sound_copy_an_empty_log_can_be_begun():
    content = found(WHY, None)

    assert content.step == BEGIN
    assert "No sound copy" in content.words


def test_that_no_step_is_offered_while_one_is_taken():
    assert (LOOKING.step, at_work(found(WHY, OFFER)).step) == ("", "")


def test_that_the_end_names_what_was_kept():
    content = done(RESTORE, (Path("/data/log.set-aside-x"), Path("/data/log.anchor.set-aside-x")))

    assert content.title == "The measurement log was restored"
    assert "kept as log.set-aside-x, log.anchor.set-aside-x." in content.words
    assert not content.is_problem
    assert done(BEGIN, ()).words == "It is used from now on."


def test_that_a_failed_step_can_be_taken_again():
    fault = NotRestored("The measurement log was not restored (full).", "Make room.")

    content = failed(fault, RESTORE)

    assert (content.title, content.words, content.step) == (fault.problem, fault.remedy, RESTORE)


def test_that_a_whole_log_is_left_alone():
    backup = Backup(Path("/data/b.sqlite3"), MADE_AT, 6, ChainEnd(60, 60, "ab"))

    assert "newest of 1 backups is of 2026-05-01 08:30 UTC" in whole((backup,)).words
    assert "no backup yet" in whole(()).words
    assert whole(()).step == ""
