"""All that was accepted of a study is restored from its rows, and what cannot be is named."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pydicom
import pytest
from pypdf import PdfReader

from fhc_desktop.domain.examination.draft import Draft, PictureKey
from fhc_desktop.domain.examination.editing import Editing
from fhc_desktop.domain.examination.examination import Acceptance
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.patient import Patient
from fhc_desktop.reporting.content.dossier_content import DossierPart
from fhc_desktop.reporting.content.report_form import ReportForm
from fhc_desktop.storage.log.measurement_log import LogEntry, LogUnavailable
from fhc_desktop.workflow.examining import examine
from fhc_desktop.workflow.filing_folder import Destination, file_dossier
from fhc_desktop.workflow.records import Records
from fhc_desktop.workflow.study_reports import StudyRows, is_of_study, study_reports, study_rows
from fhc_desktop.workflow.told import Told
from tests.heads import SMALL_OUTLINE_PX, small_phantom, write_dicom, write_png
from tests.reading import READERS

NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)
ERIKA = Patient("4711", "Erika")
DAY = date(2026, 5, 20)
STUDY, OTHER = "1.2.3.1", "1.2.3.2"
CHOICE = StandardChoice()


def scan(folder, name, *, seed=1, study=STUDY):
    path = write_dicom(small_phantom(seed=seed), folder / name)
    dataset = pydicom.dcmread(path)
    dataset.StudyInstanceUID = study
    dataset.save_as(path)
    return path


def opened(path, *, patient=ERIKA, day=DAY, **changes):
    exam = examine(path, READERS)
    return replace(exam, patient=patient, exam_date=day, outline_px=SMALL_OUTLINE_PX, **changes)


@pytest.fixture
def accept(log):
    """Accept an examination, as the window does: its row goes to the log."""
    at = iter(NOW + timedelta(minutes=number) for number in range(99))

    def accept(exam, **more):
        entry = LogEntry.of(exam, operator="Dr Who", now=next(at), **more)
        log.append(entry)
        accepted = Acceptance(exam.facts, "Dr Who", entry.created_at, entry.entry_id)
        return exam.with_acceptance(accepted)

    return accept


@pytest.fixture
def gathered(log):
    def gather(exam, not_logged=(), **more):
        rows = study_rows(exam, Records(log))
        return study_reports(DossierPart(exam), rows, not_logged, READERS, choice=CHOICE, **more)

    return gather


def names(found):
    return [part.exam.image.source.path.name for part in found.parts]


def test_that_all_that_was_accepted_of_a_study_is_there_as_it_was_accepted(
    accept, gathered, tmp_path
):
    one = accept(opened(scan(tmp_path, "1.dcm"), fetus=Fetus("A")))
    two = accept(
        opened(scan(tmp_path, "2.dcm", seed=2), fetus=Fetus("B")).with_outline(
            SMALL_OUTLINE_PX.grown(2)
        )
    )

    found = gathered(one)

    assert names(found) == ["1.dcm", "2.dcm"]
    assert found.left_out == ()
    assert found.parts[0].exam is one
    restored = found.parts[1].exam
    assert restored.is_accepted
    assert restored.facts == two.facts
    assert restored.acceptance.entry_id == two.acceptance.entry_id


def test_that_another_study_another_woman_and_what_was_corrected_are_not_of_it(
    accept, gathered, tmp_path
):
    one = accept(opened(scan(tmp_path, "1.dcm")))
    accept(opened(scan(tmp_path, "other.dcm", seed=2, study=OTHER)))
    accept(opened(scan(tmp_path, "her.dcm", seed=3), patient=Patient("4712", "Eva")))
    accept(
        opened(scan(tmp_path, "same.dcm", seed=4), patient=replace(ERIKA, issuer="B")),
    )
    corrected = one.with_outline(SMALL_OUTLINE_PX.grown(1))
    one = accept(corrected, supersedes=one.acceptance.entry_id)

    found = gathered(replace(one, patient=replace(ERIKA, issuer="A")))

    assert [part.exam.outline_px for part in found.parts] == [one.outline_px]
    assert found.left_out == ()


def test_that_a_file_without_a_study_counts_by_its_patient_and_day(accept, gathered, tmp_path):
    one = accept(opened(scan(tmp_path, "1.dcm")))
    accept(opened(write_png(small_phantom(seed=5), tmp_path / "still.png")))
    earlier = DAY - timedelta(days=28)
    accept(opened(write_png(small_phantom(seed=6), tmp_path / "old.png"), day=earlier))

    assert names(gathered(one)) == ["1.dcm", "still.png"]


@pytest.mark.parametrize(
    ("uid", "day", "of_uid", "of_day", "is_it"),
    [
        (STUDY, None, STUDY, DAY, True),
        (OTHER, DAY, STUDY, DAY, False),
        (None, DAY, STUDY, DAY, True),
        (STUDY, DAY, None, DAY, True),
        (None, None, None, DAY, False),
        (None, None, None, None, True),
    ],
)
def test_that_the_uid_decides_where_both_have_one_and_else_the_day(uid, day, of_uid, of_day, is_it):
    assert is_of_study(uid, day, of_uid=of_uid, of_day=of_day) is is_it


def test_that_an_image_that_has_gone_or_changed_is_named_with_why(accept, gathered, tmp_path):
    one = accept(opened(scan(tmp_path, "1.dcm")))
    accept(opened(scan(tmp_path, "gone.dcm", seed=2)))
    accept(opened(scan(tmp_path, "changed.dcm", seed=3)))
    accept(opened(scan(tmp_path, "old.dcm", seed=4), day=DAY - timedelta(days=28)))
    for name in ("gone.dcm", "old.dcm"):
        (tmp_path / name).unlink()
    scan(tmp_path, "changed.dcm", seed=7)

    found = gathered(one)

    assert names(found) == ["1.dcm"]
    assert {one.name: one.why for one in found.left_out}.keys() == {"gone.dcm", "changed.dcm"}
    assert "has changed" in next(one.why for one in found.left_out if one.name == "changed.dcm")


def test_that_what_cannot_be_shown_as_it_was_accepted_is_named(accept, gathered, tmp_path):
    one = accept(opened(scan(tmp_path, "1.dcm")))
    table = tmp_path / "pixel_size_and_HC.csv"
    table.write_text("filename,pixel size(mm),head circumference (mm)\nstill.png,0.5,100\n")
    accept(opened(write_png(small_phantom(seed=5), tmp_path / "still.png")))
    table.unlink()

    found = gathered(one)

    assert names(found) == ["1.dcm"]
    (left,) = found.left_out
    assert left.name == "still.png"
    assert "cannot be shown as it was" in left.why


def test_that_what_is_on_the_screen_and_not_accepted_is_not_reported(accept, gathered, tmp_path):
    accept(opened(scan(tmp_path, "1.dcm")))

    assert names(gathered(opened(scan(tmp_path, "2.dcm", seed=2)))) == ["1.dcm"]


def accepted_unlogged(exam):
    return exam.with_acceptance(Acceptance(exam.facts, "Dr Who", NOW, None))


def kept(exam):
    editing = Editing.of(exam, supersedes=None)
    return Draft.of(editing, PictureKey.of(exam.image), at=NOW)


def test_that_what_was_accepted_and_is_in_no_row_is_reported_too(accept, gathered, tmp_path):
    accept(opened(scan(tmp_path, "1.dcm")))
    two = accepted_unlogged(opened(scan(tmp_path, "2.dcm", seed=2)))
    three = accepted_unlogged(opened(scan(tmp_path, "3.dcm", seed=3)))
    hers = accepted_unlogged(opened(scan(tmp_path, "4.dcm", seed=4), patient=Patient("4712")))

    found = gathered(two, [kept(three), kept(hers)])

    assert names(found) == ["1.dcm", "3.dcm", "2.dcm"]
    assert all(part.exam.is_accepted for part in found.parts)


def test_that_without_a_log_what_is_on_the_screen_is_reported_and_the_log_is_named(tmp_path):
    exam = accepted_unlogged(opened(scan(tmp_path, "1.dcm")))
    rows = StudyRows(problem=LogUnavailable("The log is locked.", "Wait."))

    found = study_reports(DossierPart(exam), rows, [], READERS, choice=CHOICE)

    assert names(found) == ["1.dcm"]
    assert [(one.name, one.why) for one in found.left_out] == [
        ("The measurement log", "The log is locked.")
    ]


def test_that_reading_can_be_cancelled_and_tells_how_far_it_is(accept, gathered, tmp_path):
    one = accept(opened(scan(tmp_path, "1.dcm")))
    for number in (2, 3):
        accept(opened(scan(tmp_path, f"{number}.dcm", seed=number)))
    heard = []

    found = gathered(
        one, told=lambda read, of: heard.append((read, of)), is_cancelled=lambda: len(heard) == 2
    )

    assert heard == [(1, 3), (2, 3)]
    assert names(found) == ["1.dcm", "2.dcm"]


@pytest.fixture
def three(accept, gathered, tmp_path):
    exams = [accept(opened(scan(tmp_path, f"{n}.dcm", seed=n))) for n in (1, 2, 3)]
    return gathered(exams[0]).parts


def test_that_they_are_filed_as_one_report(three, tmp_path):
    heard = []
    to = Destination(tmp_path / "out", (ReportForm.PDF,), tmp_path / "data")
    to.folder.mkdir()

    filed = file_dossier(three, to, Told(now=NOW), done=heard.append)

    (written,) = filed.written
    assert "3-examinations" in written.path.name
    words = PdfReader(written.path).pages[0].extract_text()
    assert all(f"{number}.dcm" in words for number in (1, 2, 3))
    assert heard[-1] == 3


def test_that_no_dossier_is_filed_of_what_nobody_accepted(three, tmp_path):
    changed = three[1].exam.with_outline(SMALL_OUTLINE_PX.grown(3))
    to = Destination(tmp_path, (ReportForm.PDF,), tmp_path / "data")

    with pytest.raises(ValueError, match="accepted"):
        file_dossier((three[0], replace(three[1], exam=changed)), to, Told(now=NOW))


def test_that_a_cancelled_dossier_leaves_no_file(three, tmp_path):
    heard = []
    to = Destination(tmp_path / "out", (ReportForm.PDF,), tmp_path / "data")
    to.folder.mkdir()

    filed = file_dossier(
        three, to, Told(now=NOW), done=heard.append, is_cancelled=lambda: bool(heard)
    )

    assert filed.is_cancelled
    assert filed.written == ()
    assert list(to.folder.iterdir()) == []


def test_that_two_patients_are_refused_in_a_sentence(three, tmp_path):
    hers = three[1].exam.with_patient(Patient("4712", "Eva"))
    other = replace(three[1], exam=accepted_unlogged(hers))
    to = Destination(tmp_path, (ReportForm.PDF,), tmp_path / "data")

    filed = file_dossier((three[0], other), to, Told(now=NOW))

    assert "different identifiers" in filed.problem.problem
    assert filed.written == ()


def test_that_a_place_that_refuses_is_told(three, tmp_path):
    to = Destination(tmp_path / "gone", (ReportForm.PDF,), tmp_path / "data")

    assert "its folder does not exist" in file_dossier(three, to, Told(now=NOW)).problem.problem
