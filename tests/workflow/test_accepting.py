"""What is vouched for is a row of a real log, and only what no question is open about."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fhc_desktop.domain.confidence import Confidence, Grade
from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.conflicts import keep_all_entered, keep_entered
from fhc_desktop.domain.examination.file_data import FileItem
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.identity_standing import answered, identity_standing
from fhc_desktop.storage.log.measurement_log import EntryRefused, LogUnavailable
from fhc_desktop.workflow.accepting import (
    UnansweredConflict,
    UnansweredIdentity,
    UnansweredPregnancy,
    accept,
    rows_of,
)
from fhc_desktop.workflow.records import Records
from tests.several_heads import LEFT, RIGHT, TWO_HEADS

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


def pregnancies_of(exam, records):
    return identity_standing(exam, rows_of(exam, records)).pregnancies


def accepted(exam, log, *, supersedes=None):
    return accept(exam, operator="Dr A", now=NOW, log=log, supersedes=supersedes)


def test_that_an_acceptance_is_a_row_of_the_log(exam, log):
    done = accepted(exam, log)

    (entry,) = log.entries()
    assert done.is_accepted
    assert done.acceptance.entry_id == entry.entry_id
    assert entry.facts.outline_px == exam.outline_px
    assert (entry.operator, entry.created_at) == ("Dr A", NOW)


def test_that_a_correction_names_the_row_it_supersedes(exam, log):
    first = accepted(exam, log)
    edited = first.with_outline(exam.outline_px.grown(1))
    assert not edited.is_accepted

    second = accepted(edited, log, supersedes=first.acceptance.entry_id)

    newest, oldest = log.entries()
    assert newest.supersedes == oldest.entry_id == first.acceptance.entry_id
    assert newest.entry_id == second.acceptance.entry_id


def test_that_another_comment_alone_corrects_the_row(exam, log):
    first = accepted(replace(exam, comment="Far border."), log)
    again = accepted(first, log)
    changed = accepted(replace(first, comment="Far border shadowed."), log)

    newest, oldest = log.entries()
    assert again.acceptance == first.acceptance
    assert (newest.supersedes, newest.entry_id) == (oldest.entry_id, changed.acceptance.entry_id)
    assert [one.facts.comment for one in (oldest, newest)] == [
        "Far border.",
        "Far border shadowed.",
    ]
    assert newest.said == oldest.said


def test_that_a_row_that_was_corrected_already_refuses_the_acceptance(exam, log):
    first = accepted(exam, log)
    accepted(exam, log, supersedes=first.acceptance.entry_id)

    with pytest.raises(EntryRefused, match="corrected already"):
        accepted(exam, log, supersedes=first.acceptance.entry_id)

    assert len(log.entries()) == 2


def test_that_a_log_that_takes_no_row_means_no_acceptance(exam, log, tmp_path):
    (tmp_path / "data" / "log" / "measurements.sqlite3").unlink()

    with pytest.raises(LogUnavailable, match="has gone"):
        accepted(exam, log)


def test_that_without_a_log_an_acceptance_stands_without_a_row(exam):
    done = accepted(exam, None)

    assert done.is_accepted
    assert done.acceptance.entry_id is None


def test_that_nothing_is_accepted_without_an_outline_or_a_time_in_utc(exam, log):
    with pytest.raises(ValueError, match="only an outline"):
        accepted(exam.with_outline(None), log)
    with pytest.raises(ValueError, match="UTC"):
        accept(exam, operator="", now=NOW.replace(tzinfo=None), log=log, supersedes=None)

    assert log.entries() == []


def test_that_an_acceptance_vouches_for_the_outline_on_the_screen(exam, log):
    edited = exam.with_outline(replace(exam.outline_px, angle=0.5))
    accepted(edited, log)

    (entry,) = log.entries()
    assert entry.proposal.said.outline_px == exam.outline_px
    assert entry.facts.outline_px == edited.outline_px


def test_that_what_is_not_measurable_cannot_be_accepted(exam, log):
    refusal = Confidence(Grade.NOT_MEASURABLE)
    refused = exam.with_proposal(replace(exam.proposal, confidence=refusal))

    with pytest.raises(ValueError, match="only an outline"):
        accepted(refused, log)
    assert log.entries() == []


def test_that_nothing_is_accepted_while_the_file_names_another_patient(exam, log):
    other = exam.with_patient(Patient("somebody else", exam.patient.name))

    with pytest.raises(UnansweredConflict, match="another patient"):
        accepted(other, log)

    assert log.entries() == []
    assert accepted(keep_entered(other, FileItem.IDENTIFIER), log).is_accepted


# The pregnancy that the log knows --------------------------------------------------------------


def of_patient(exam, **changes):
    facts = {
        "patient": Patient("4711", "Zoë Müller"),
        "exam_date": date(2026, 5, 30),
        "dating": Dating.from_lmp(date(2026, 1, 10)),
    }
    return replace(keep_all_entered(replace(exam, **(facts | changes))), acceptance=None)


def another_picture(exam):
    source = replace(exam.image.source, sha256="another")
    return replace(exam, image=replace(exam.image, gray=exam.image.gray[::-1], source=source))


def test_that_another_dating_is_accepted_with_its_reason_only(exam, log):
    accepted(of_patient(exam), log)
    other = of_patient(exam, dating=Dating.from_lmp(date(2026, 1, 20)))

    with pytest.raises(UnansweredPregnancy, match="differs from the one in force"):
        accepted(other, log)
    accepted(other.with_dating_reason("CRL found"), log)

    (pregnancy,) = pregnancies_of(other, Records(log))
    assert [basis.reason for basis in pregnancy.record.bases] == ["", "CRL found"]
    assert len(log.entries()) == 2


def test_that_viewing_and_accepting_the_same_dating_again_changes_nothing(exam, log):
    accepted(of_patient(exam), log)
    accepted(of_patient(another_picture(exam), exam_date=date(2026, 6, 27)), log)

    (pregnancy,) = pregnancies_of(of_patient(exam), Records(log))
    assert len(pregnancy.record.bases) == 1
    assert len(pregnancy.examinations) == 2


def test_that_in_a_multiple_pregnancy_the_fetus_must_be_named(exam, log):
    accepted(of_patient(exam, fetus=Fetus("A")), log)

    with pytest.raises(UnansweredPregnancy, match="more than one fetus"):
        accepted(of_patient(exam), log)
    accepted(of_patient(exam, fetus=Fetus("B")), log)
    assert len(log.entries()) == 2


def test_that_without_identifier_or_log_nothing_is_known(exam, log):
    nameless = of_patient(exam, patient=Patient("", "Zoë Müller"))
    accepted(nameless, log)

    assert pregnancies_of(nameless, Records(log)) == ()
    assert pregnancies_of(of_patient(exam), Records()) == ()


# Several heads in one picture ---------------------------------------------------------------------


def head(exam, outline_px, letter=""):
    found = exam.with_proposal(TWO_HEADS).with_outline(outline_px)
    return found.with_fetus(Fetus(letter))


@pytest.mark.parametrize("patient", [Patient(), Patient("4711", "Zoë Müller")])
@pytest.mark.parametrize("is_opened", [True, False])
def test_that_two_heads_of_one_picture_are_two_rows_and_each_is_corrected_by_itself(
    exam, log, patient, is_opened
):
    exam = of_patient(exam, patient=patient)
    first = accepted(head(exam, LEFT, "A"), log).acceptance.entry_id
    second = accepted(head(exam, RIGHT, "B"), log, supersedes=first if is_opened else None)

    again = accepted(head(exam, LEFT.grown(1), "A"), log, supersedes=first)

    newest, other, oldest = log.entries()
    assert newest.supersedes == oldest.entry_id == first
    assert (other.supersedes, other.superseded_by) == (None, None)
    assert second.acceptance.entry_id == other.entry_id
    assert again.acceptance.entry_id == newest.entry_id


@pytest.mark.parametrize(("logged", "letter"), [("", ""), ("A", ""), ("", "B"), ("A", "A")])
def test_that_a_second_head_is_refused_until_each_fetus_has_its_letter(exam, log, logged, letter):
    accepted(head(exam, LEFT, logged), log)

    with pytest.raises(UnansweredPregnancy, match="another head of this picture"):
        accepted(head(exam, RIGHT, letter), log)

    assert len(log.entries()) == 1


def test_that_the_same_head_of_the_same_fetus_adds_nothing_whichever_row_was_opened(exam, log):
    first = accepted(head(exam, LEFT, "A"), log).acceptance.entry_id
    second = accepted(head(exam, RIGHT, "B"), log).acceptance.entry_id

    again = accepted(head(exam, RIGHT, "B"), log, supersedes=first)

    assert again.acceptance.entry_id == second
    assert len(log.entries()) == 2


# Who she is, and whether the picture is in the log ------------------------------------------------


def test_that_nothing_is_accepted_while_it_is_open_whether_she_is_in_the_log(exam, log):
    accepted(of_patient(exam), log)
    other = of_patient(another_picture(exam), patient=Patient("4711", "Ada Example"))

    with pytest.raises(UnansweredIdentity, match="open whether for this woman"):
        accepted(other, log)

    assert len(log.entries()) == 1
    question = identity_standing(other, rows_of(other, Records(log))).question
    accepted(answered(other, question, is_same=False), log)
    (pregnancy,) = pregnancies_of(other, Records(log))
    assert [one.facts.patient.name for one in pregnancy.examinations] == ["Ada Example"]


def test_that_the_same_picture_with_the_same_facts_adds_no_row_and_is_accepted_since_then(
    exam, log
):
    first = accepted(exam, log)

    again = accept(exam, operator="Dr A", now=NOW.replace(year=2027), log=log, supersedes=None)

    assert len(log.entries()) == 1
    assert again.is_accepted
    assert again.acceptance == first.acceptance


def test_that_the_same_picture_with_other_facts_corrects_its_row(exam, log):
    first = accepted(exam, log)
    accepted(exam.with_outline(exam.outline_px.grown(1)), log)

    assert log.entries()[0].supersedes == first.acceptance.entry_id


def test_that_a_second_reading_or_another_operator_is_a_row_of_its_own(exam, log):
    accepted(exam, log)
    accepted(exam.with_second_reading(is_wanted=True), log)
    accept(exam, operator="Dr B", now=NOW, log=log, supersedes=None)

    assert [entry.supersedes for entry in log.entries()] == [None, None, None]
