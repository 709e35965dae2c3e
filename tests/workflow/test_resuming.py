"""What a picture shows when it is opened: what was done to it, its row in the log, or its file."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.draft import Draft, PictureKey
from fhc_desktop.domain.examination.editing import Editing
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.patient import Patient
from fhc_desktop.imaging.unreadable import UnreadableImage
from fhc_desktop.storage.log.measurement_log import LogEntry
from fhc_desktop.workflow.continuing import (
    FileChanged,
    JudgedOtherwise,
    OtherPatient,
    same_file,
    same_patient,
)
from fhc_desktop.workflow.keeping import Desk
from fhc_desktop.workflow.records import Records
from fhc_desktop.workflow.resuming import (
    DraftWithoutPicture,
    Wanted,
    as_correction,
    next_head,
    picture_of,
    resume,
    row_of_picture,
    row_wanted,
)
from tests.heads import small_phantom, write_dicom, write_png
from tests.local_charts import NARROW
from tests.reading import READERS
from tests.reporting.examinations import image, proposed
from tests.several_heads import LEFT, RIGHT, TWO_HEADS

HELD = Ellipse(60.0, 40.0, 20.0, 20.0, 0.0)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)
PATH = Path("/scans/scan 2.dcm")
USUAL = StandardChoice()
ADA, ZOE = Patient("4711", "Ada Example"), Patient("4712", "Zoë Other")


def fresh(patient=ADA):
    return replace(proposed(), proposal=None, outline_px=None, image=IMAGE, patient=patient)


IMAGE = image()
EXAM = replace(proposed(), image=IMAGE, patient=ADA)


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path / "data", lambda _: None)
    yield made
    made.close()


@pytest.fixture
def opened(desk, log):
    """Open the picture as somebody who wants it so."""

    def open_picture(exam=None, operator="Dr A", **wanted):
        asked, picture = Wanted(PATH, **wanted), exam or fresh()
        row = row_wanted(picture, asked, Records(log), operator=operator)
        return resume(picture, asked, desk=desk, row=row, choice=USUAL)

    return open_picture


def left(desk, editing):
    draft = Draft.of(editing, PictureKey.of(editing.exam.image), at=NOW)
    desk.put(draft)
    return draft


def logged(log, exam=EXAM, operator="Dr A", **changes):
    entry = LogEntry.of(exam, operator=operator, now=NOW, **changes)
    log.append(entry)
    return entry


def grown(exam):
    return exam.with_outline(exam.outline_px.grown(2))


def work():
    return Editing.of(EXAM, supersedes=None).recorded(grown)


def test_that_an_unknown_picture_is_as_its_file_has_it(opened):
    found = opened()

    assert found.editing == Editing.of(fresh(), supersedes=None)
    assert found.problem is None


def test_that_what_was_done_to_it_is_found(opened, desk):
    left(desk, work())

    found = opened()

    assert found.editing.exam.outline_px == work().exam.outline_px
    assert found.editing.history.can_undo


def test_that_a_row_is_shown_accepted_and_would_be_corrected(opened, log):
    entry = logged(log)

    found = opened()

    assert found.editing.exam.is_accepted
    assert found.editing.acceptance.at == NOW
    assert found.editing.supersedes == entry.entry_id


def test_that_what_was_done_comes_before_the_row(opened, desk, log):
    entry = logged(log)
    correcting = Editing.of(EXAM, supersedes=entry.entry_id).recorded(grown)
    left(desk, correcting)

    assert opened().editing.exam.outline_px == correcting.exam.outline_px


def test_that_work_that_is_in_the_log_by_now_is_shown_as_logged(opened, desk, log):
    left(desk, work())
    entry = logged(log, work().exam)

    found = opened()

    assert found.editing.acceptance.entry_id == entry.entry_id
    assert desk.unfinished == ()


def test_that_another_operators_row_is_not_shown(opened, log):
    logged(log, operator="Dr B")

    assert opened().editing.exam.outline_px is None


def test_that_the_newest_row_of_the_file_is_shown_whomever_it_names(log):
    logged(log, EXAM.with_patient(ZOE))
    entry = logged(log, EXAM.with_fetus(Fetus("A")))

    assert row_of_picture(fresh(Patient()), Records(log), operator=" Dr A ") == entry


@pytest.mark.parametrize(
    ("patient", "is_shown"), [(ADA, True), (Patient(), False), (ZOE, False)], ids=repr
)
def test_that_of_another_file_with_the_same_pixels_a_row_is_shown_for_its_own_patient_alone(
    log, patient, is_shown
):
    logged(log)
    copy = replace(IMAGE, source=replace(IMAGE.source, sha256="cd" * 32))

    found = row_of_picture(replace(fresh(patient), image=copy), Records(log), operator="Dr A")

    assert (found is not None) is is_shown


def test_that_a_row_that_was_corrected_is_not_shown(opened, log):
    first = logged(log)
    second = logged(log, grown(EXAM), supersedes=first.entry_id)

    assert opened().editing.supersedes == second.entry_id


def test_that_a_second_reading_shows_nothing_of_the_row(opened, log):
    logged(log)

    found = opened(is_second_reading=True)

    exam = found.editing.exam
    assert (exam.outline_px, exam.acceptance, found.editing.supersedes) == (None, None, None)
    assert exam.is_second_reading
    assert exam.patient == ADA


def test_that_without_a_row_a_second_reading_is_the_first_one(opened, desk):
    assert not opened(is_second_reading=True).editing.exam.is_second_reading

    left(desk, work())
    assert opened(is_second_reading=True).editing.exam.outline_px == work().exam.outline_px


def test_that_a_second_reading_and_a_first_one_keep_each_its_own(opened, desk, log):
    left(desk, work())
    logged(log)
    second = opened(is_second_reading=True).editing.recorded(lambda exam: exam.with_outline(HELD))
    left(desk, second)

    assert opened(is_second_reading=True).editing.exam.outline_px == HELD
    assert len(desk.unfinished) == 2


def test_that_a_row_opened_from_the_log_is_as_it_says_and_undo_leads_to_its_own_work(
    opened, desk, log
):
    entry = logged(log)
    left(desk, work())
    assert not opened(entry=entry).editing.history.can_undo

    correcting = Editing.of(EXAM, supersedes=entry.entry_id).recorded(grown)
    left(desk, correcting)
    found = opened(entry=entry)
    assert found.editing.exam.is_accepted
    assert found.editing.undone().exam.outline_px == correcting.exam.outline_px


def test_that_a_chart_that_has_gone_is_told(opened, desk):
    left(desk, work().recorded(lambda exam: exam.with_standard(NARROW)))

    assert isinstance(opened().problem, JudgedOtherwise)


def test_that_another_patient_is_told_when_it_was_opened_for_the_same_one(opened, log):
    logged(log)
    previous = EXAM.with_patient(ZOE)

    found = opened(take_over=lambda exam: same_patient(exam, previous))

    assert isinstance(found.problem, OtherPatient)
    assert found.editing.exam.patient == ADA


def test_that_a_picture_left_for_another_woman_takes_nothing_over_and_says_so(opened, desk):
    unnamed = Editing.of(fresh(Patient()), supersedes=None)
    left(desk, unnamed.recorded(lambda exam: exam.with_patient(ZOE)))
    dated = fresh().with_dating(Dating.from_lmp(date(2026, 1, 1)))

    found = opened(fresh(Patient()), take_over=lambda exam: same_patient(exam, dated))

    assert isinstance(found.problem, OtherPatient)
    assert found.editing.exam.patient == ZOE
    assert found.editing.exam.dating == unnamed.exam.dating != dated.dating


def test_that_a_frame_that_was_left_takes_over_what_was_typed_since(opened, desk):
    left(desk, Editing.of(fresh(), supersedes=None))
    dated = fresh().with_dating(Dating.from_lmp(date(2026, 1, 1)))

    found = opened(take_over=lambda exam: same_file(exam, dated))

    assert found.editing.exam.dating == dated.dating


# The picture itself ---------------------------------------------------------------------------


@pytest.fixture
def scan(tmp_path):
    return write_dicom(small_phantom(), tmp_path / "head.dcm")


def draft_of(path, desk):
    exam = picture_of(Wanted(path), READERS, today=TODAY)
    return left(
        desk, Editing.of(exam, supersedes=None).recorded(lambda e: e.with_fetus(Fetus("A")))
    )


def test_that_a_draft_finds_its_picture_again(scan, desk):
    draft = draft_of(scan, desk)

    exam = picture_of(Wanted(scan, draft=draft), READERS, today=TODAY)

    assert PictureKey.of(exam.image) == draft.picture


def test_that_a_picture_that_has_gone_is_told_and_its_draft_is_kept(scan, desk):
    draft = draft_of(scan, desk)
    scan.unlink()

    with pytest.raises(DraftWithoutPicture) as told:
        picture_of(Wanted(scan, draft=draft), READERS, today=TODAY)

    assert "head.dcm" in told.value.problem
    assert "The unfinished examination is kept." in told.value.remedy
    assert desk.unfinished == (draft,)


def test_that_another_picture_in_its_place_is_told(scan, desk):
    draft = draft_of(scan, desk)
    write_png(small_phantom(seed=2), scan)

    with pytest.raises(DraftWithoutPicture, match="is another picture now"):
        picture_of(Wanted(scan, draft=draft), READERS, today=TODAY)


def test_that_a_file_that_is_no_image_is_told_as_ever(tmp_path):
    broken = tmp_path / "broken.png"
    broken.write_text("not a picture")

    with pytest.raises(UnreadableImage):
        picture_of(Wanted(broken), READERS, today=TODAY)


def test_that_a_logged_file_that_has_changed_is_refused(scan):
    with pytest.raises(FileChanged):
        picture_of(
            Wanted(scan, entry=LogEntry.of(EXAM, operator="Dr A", now=NOW)), READERS, today=TODAY
        )


# Several heads ------------------------------------------------------------------------------------


def head(outline_px, letter=""):
    return EXAM.with_proposal(TWO_HEADS).with_outline(outline_px).with_fetus(Fetus(letter))


def next_of(editing, desk, *beside):
    picture = PictureKey.of(editing.exam.image)
    return next_head(editing, picture, beside=beside, desk=desk, choice=USUAL)


def test_that_before_anything_is_accepted_another_head_is_a_step_of_the_same_examination(desk):
    assert next_of(Editing.of(head(LEFT), supersedes=None), desk) is None
    assert next_of(work(), desk) is None


def test_that_beside_an_accepted_head_the_next_begins_without_its_letter(desk):
    found = next_of(Editing.of(head(LEFT, "A"), supersedes="e1"), desk).editing

    assert (found.exam.outline_px, found.exam.fetus) == (RIGHT, Fetus())
    assert (found.supersedes, found.acceptance) == (None, None)
    assert found.exam.patient == ADA
    assert found.undone().exam.outline_px is None


def test_that_a_head_that_was_begun_is_found_again(desk):
    begun = Editing.of(head(RIGHT, "B"), supersedes=None).recorded(grown)
    left(desk, begun)

    found = next_of(Editing.of(head(LEFT, "A"), supersedes="e1"), desk).editing

    assert found.exam.outline_px == begun.exam.outline_px
    assert found.exam.fetus == Fetus("B")


def test_that_a_head_that_is_logged_is_shown_so_with_the_models_word_on_all_of_them(desk, log):
    row = logged(log, head(RIGHT, "B"))

    found = next_of(Editing.of(head(LEFT, "A"), supersedes="e1"), desk, row).editing

    assert (found.supersedes, found.exam.is_accepted) == (row.entry_id, True)
    assert found.exam.proposal.heads == TWO_HEADS.heads


def test_that_a_wrong_head_is_corrected_by_the_one_on_the_screen_in_a_step(desk, log):
    row = logged(log, head(LEFT))
    shown = Editing.of(head(RIGHT), supersedes=None)
    picture = PictureKey.of(IMAGE)

    def correction(entry_id):
        return as_correction(shown, picture, entry_id, desk=desk, readings=[row], choice=USUAL)

    found = correction(row.entry_id).editing
    assert (found.supersedes, found.exam.outline_px) == (row.entry_id, RIGHT)
    assert found.undone().exam.is_accepted
    assert correction("gone") is None
