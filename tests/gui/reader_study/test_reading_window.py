"""A reader reads one picture after the other; what she said is stored before the next comes."""

from dataclasses import replace

import pydicom
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from fhc_desktop.domain.image.geometry import Handle
from fhc_desktop.domain.reader_study.read import UnfinishedRead
from fhc_desktop.storage.reader_study.reads_file import kept_reads, kept_unfinished
from fhc_desktop.storage.reader_study.study_folder import open_study
from fhc_desktop.workflow.making_study import make_study
from tests.gui.hand import Drag, drag_handle, in_view
from tests.gui.reader_study.conftest import wait
from tests.heads import SMALL_OUTLINE_PX, small_phantom, write_dicom
from tests.reading import READERS
from tests.studies import MADE_AT, PLAN, made_study

pytestmark = pytest.mark.gui


def do(qtbot, window, name):
    action = window.actions_by_name[name]
    assert action.isEnabled(), name
    action.trigger()
    wait(qtbot, window)


def draw(window, corner=(40, 30), opposite=(150, 115)):
    window.actions_by_name["draw"].trigger()
    view = window.image_view
    Drag(view, in_view(view, *corner)).to(in_view(view, *opposite)).drop()


def reads(folder, reader="A"):
    return kept_reads(folder.reads_path(reader)).reads


def words(window):
    return " ".join(label.text() for label in window.findChildren(QLabel))


def test_that_what_is_drawn_and_accepted_is_stored_and_the_next_picture_comes(
    qtbot, read_as, folder
):
    window = read_as(folder)
    assert window.title.text() == "Picture 1 of 6 · reader A"

    draw(window)
    drawn = window.reading.exam.outline_px
    qtbot.keyClick(window.image_view, Qt.Key.Key_Return)
    wait(qtbot, window)

    (read,) = reads(folder)
    assert (read.reader, read.place, read.outline_px) == ("A", 1, drawn)
    assert read.picture == folder.study.codes_of("A")[0]
    assert read.calibration.mm_per_column == 0.56
    assert read.seconds == 1
    assert read.list_sha256 == folder.sha256
    assert not read.is_proposal_shown
    assert not read.are_numbers_shown
    assert window.title.text() == "Picture 2 of 6 · reader A"
    assert window.reading.exam.outline_px is None


def test_that_pictures_come_in_the_readers_own_order_and_reading_comes_to_an_end(
    qtbot, read_as, folder
):
    for reader in ("A", "B"):
        window = read_as(folder, reader)
        while not window.reading.is_finished:
            draw(window)
            do(qtbot, window, "accept")
        assert window.title.text() == f"All 6 pictures are read. Thank you, {reader}."
        assert not window.actions_by_name["accept"].isEnabled()
        assert tuple(read.picture for read in reads(folder, reader)) == folder.study.codes_of(
            reader
        )
    assert folder.study.codes_of("A") != folder.study.codes_of("B")


def test_that_reading_goes_on_where_it_was_left(qtbot, read_as, folder):
    first = read_as(folder)
    draw(first)
    do(qtbot, first, "accept")
    first.close()

    assert read_as(folder).title.text() == "Picture 2 of 6 · reader A"


def test_that_an_outline_that_is_not_accepted_is_there_again(qtbot, read_as, folder):
    first = read_as(folder)
    draw(first)
    begun = first.reading.exam.outline_px
    qtbot.waitUntil(
        lambda: kept_unfinished(folder.unfinished_path("A")) == (UnfinishedRead(1, begun),)
    )
    first.close()

    again = read_as(folder)

    assert again.reading.exam.outline_px == begun
    assert reads(folder) == ()
    do(qtbot, again, "accept")
    assert again.reading.exam.outline_px is None


def test_that_an_outline_under_the_hand_is_kept_when_the_window_closes(read_as, folder):
    window = read_as(folder)
    draw(window)
    window.reading.nudge_outline("right", lambda outline: outline.moved(3, 0))
    moved = window.reading.exam.outline_px

    window.close()

    assert kept_unfinished(folder.unfinished_path("A")) == (UnfinishedRead(1, moved),)


def test_that_a_picture_can_be_called_not_measurable(qtbot, read_as, folder):
    window = read_as(folder)

    qtbot.keyClick(window.image_view, Qt.Key.Key_X)
    wait(qtbot, window)

    (read,) = reads(folder)
    assert (read.outline_px, read.hc_mm, read.place) == (None, None, 1)
    assert window.reading.place == 2


def test_that_going_back_and_accepting_adds_a_read_and_keeps_the_old_one(qtbot, read_as, folder):
    window = read_as(folder)
    assert not window.actions_by_name["back"].isEnabled()
    draw(window)
    do(qtbot, window, "accept")
    do(qtbot, window, "back")
    assert window.title.text() == "Picture 1 of 6 · reader A"
    assert window.reading.exam.outline_px == reads(folder)[0].outline_px

    drag_handle(window.image_view, Handle.A_END, 20, 0)
    do(qtbot, window, "accept")

    old, new = reads(folder)
    assert (old.place, new.place) == (1, 1)
    assert old.outline_px != new.outline_px
    assert window.reading.place == 2


def test_that_going_back_without_a_word_changes_nothing(qtbot, read_as, folder):
    window = read_as(folder)
    draw(window)
    do(qtbot, window, "accept")
    do(qtbot, window, "back")
    do(qtbot, window, "next_unread")

    assert len(reads(folder)) == 1
    assert window.reading.place == 2


def test_that_an_outline_that_was_begun_is_still_there_after_going_back_and_on(
    qtbot, read_as, folder
):
    window = read_as(folder)
    draw(window)
    do(qtbot, window, "accept")
    draw(window, (30, 20), (150, 110))
    begun = window.reading.exam.outline_px

    do(qtbot, window, "back")
    qtbot.keyClick(window.image_view, Qt.Key.Key_Right)
    do(qtbot, window, "accept")

    assert window.reading.place == 2
    assert window.reading.exam.outline_px == begun


def test_that_a_proposal_is_shown_where_the_study_says_so_and_that_is_kept(
    qtbot, read_as, tmp_path
):
    folder = made_study(tmp_path, replace(PLAN, is_proposal_shown=True))
    window = read_as(folder)
    proposed = window.reading.exam.outline_px
    assert proposed.semi_axis_a == SMALL_OUTLINE_PX.semi_axis_a

    do(qtbot, window, "accept")

    (read,) = reads(folder)
    assert read.outline_px == read.said == proposed
    assert read.is_proposal_shown


class Outspoken:
    """A model that nobody may ask."""

    def propose(self, image):  # noqa: ARG002 - whatever it is
        raise AssertionError("the model was asked")


def test_that_a_hidden_proposal_is_not_even_made(read_as, folder):
    window = read_as(folder, proposer=Outspoken())

    assert window.reading.exam.proposal is None
    assert not window.actions_by_name["reset"].isEnabled()


@pytest.mark.parametrize("are_shown", [False, True])
def test_that_the_number_is_seen_only_where_the_study_says_so(read_as, tmp_path, are_shown):
    folder = made_study(tmp_path, replace(PLAN, are_numbers_shown=are_shown))
    window = read_as(folder)

    draw(window)

    hc_mm = window.reading.exam.measurement.hc_mm
    assert (f"HC {hc_mm:.1f} mm" in words(window)) is are_shown
    assert ("HC" in words(window)) is are_shown


def test_that_nothing_tells_whose_picture_it_is(qtbot, read_as, tmp_path):
    path = write_dicom(small_phantom(), tmp_path / "Miller_Anna.dcm")
    dataset = pydicom.dcmread(path)
    dataset.PatientName, dataset.PatientID = "Miller^Anna", "ID-4711"
    dataset.LastMenstrualDate = "20250901"
    dataset.save_as(path)
    plan = replace(PLAN, repeats=0.0, is_proposal_shown=True, are_numbers_shown=True)
    make_study([path], tmp_path / "study", tmp_path / "key.csv", plan, READERS, now=MADE_AT)
    folder = open_study(tmp_path / "study")

    window = read_as(folder)
    exam = window.reading.exam
    do(qtbot, window, "accept")

    assert exam.patient.name == exam.patient.identifier == ""
    assert exam.study.patient_name is None
    assert exam.dating is None
    told = words(window) + window.windowTitle()
    told += "".join(action.toolTip() for action in window.actions_by_name.values())
    told += folder.reads_path("A").read_text()
    for secret in ("Miller", "Anna", "4711", "20250901", "2025-09-01", "key.csv"):
        assert secret not in told


def test_that_text_outside_the_scan_is_covered_where_the_file_says_what_is_scan(
    read_as, folder, tmp_path
):
    path = write_dicom(small_phantom(), tmp_path / "head.dcm")
    dataset = pydicom.dcmread(path)
    dataset.SequenceOfUltrasoundRegions[0].RegionLocationMinY0 = 30
    dataset.save_as(path)
    plan = replace(PLAN, repeats=0.0)
    make_study([path], tmp_path / "other", tmp_path / "other.csv", plan, READERS, now=MADE_AT)

    window = read_as(open_study(tmp_path / "other"))
    covered = window.image_view.grab().toImage()
    view = window.image_view
    assert covered.pixelColor(in_view(view, 12, 10)).value() == 0
    # A picture whose file says nothing is shown whole: its top may be skull.
    whole = read_as(folder)
    assert not whole.reading.exam.image.scan_boxes


def test_that_a_read_that_cannot_be_stored_stays_on_the_screen_and_is_told(qtbot, read_as, folder):
    window = read_as(folder)
    draw(window)
    drawn = window.reading.exam.outline_px
    folder.reads_path("A").mkdir(parents=True)

    do(qtbot, window, "accept")

    assert "The read was not stored" in window.message_bar.text
    assert window.reading.place == 1
    assert window.reading.exam.outline_px == drawn
    folder.reads_path("A").rmdir()
    do(qtbot, window, "accept")
    assert [read.outline_px for read in reads(folder)] == [drawn]


def test_that_a_picture_that_was_exchanged_is_not_read(read_as, folder):
    first, second = folder.study.codes_of("A")[:2]
    folder.picture_path(second).replace(folder.picture_path(first))

    window = read_as(folder)

    assert "is not the one that was put into the study" in window.message_bar.text
    assert window.reading.exam is None


def test_that_undo_and_the_arrow_keys_are_as_in_the_programs_own_window(qtbot, read_as, folder):
    window = read_as(folder)
    draw(window)
    drawn = window.reading.exam.outline_px

    qtbot.keyClick(window.image_view, Qt.Key.Key_Right)
    assert window.reading.exam.outline_px == drawn.moved(1, 0)
    window.actions_by_name["undo"].trigger()

    assert window.reading.exam.outline_px == drawn


def test_that_nothing_goes_into_a_log_or_a_draft(qtbot, read_as, folder, folders):
    window = read_as(folder)
    draw(window)
    do(qtbot, window, "accept")
    window.close()

    assert not folders.data.exists()
    assert {path.name for path in (folder.path / "reads").iterdir()} == {
        "A.jsonl",
        "A.unfinished.json",
    }


def test_that_what_is_accepted_as_the_window_closes_is_stored(read_as, folder):
    window = read_as(folder)
    draw(window)
    drawn = window.reading.exam.outline_px

    window.reading.accept()
    window.close()

    assert [read.outline_px for read in reads(folder)] == [drawn]


def test_that_a_window_that_cannot_store_does_not_close_without_a_word(read_as, folder):
    window = read_as(folder)
    draw(window)
    place = folder.unfinished_path("A")
    place.unlink(missing_ok=True)
    place.mkdir(parents=True)
    window.reading.nudge_outline("right", lambda outline: outline.moved(3, 0))

    assert not window.close()
    assert "What you have begun is on the screen alone" in window.message_bar.text
    moved = window.reading.exam.outline_px
    place.rmdir()
    assert window.close()
    assert kept_unfinished(place) == (UnfinishedRead(1, moved),)
