"""A report leads back to its image where that is found, and to nothing else under its name."""

import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import pydicom
import pytest

from fhc_desktop.domain.examination.examination import Acceptance
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.standards import STANDARDS, WHO_2017
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.patient import Patient
from fhc_desktop.imaging.unreadable import UnreadableImage
from fhc_desktop.reporting.content.dossier_content import DossierPart
from fhc_desktop.reporting.content.report_form import ReportForm
from fhc_desktop.reporting.proof.carried import NoReport
from fhc_desktop.reporting.proof.verdict import Signers
from fhc_desktop.storage.log.measurement_log import LogEntry
from fhc_desktop.workflow.examining import examine
from fhc_desktop.workflow.exporting import export_pdf
from fhc_desktop.workflow.exporting_dicom import export_dicom
from fhc_desktop.workflow.filing_folder import Destination, file_dossier
from fhc_desktop.workflow.records import Records
from fhc_desktop.workflow.reopening import (
    Shown,
    as_reported,
    check_report,
    is_report,
    row_of_report,
)
from fhc_desktop.workflow.told import Told
from tests.heads import SMALL_OUTLINE_PX, small_phantom, write_dicom, write_png
from tests.reading import READERS
from tests.structured_reports import IMAGE, one_head, write_image, write_report

NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)
ERIKA = Patient("4711", "Erika")


def accepted(path, *, entry_id="17", **changes):
    outlined = replace(
        examine(path, READERS), patient=ERIKA, outline_px=SMALL_OUTLINE_PX, **changes
    )
    return outlined.with_acceptance(Acceptance(outlined.facts, "Dr Who", NOW, entry_id))


@pytest.fixture
def image(tmp_path):
    folder = tmp_path / "scans"
    folder.mkdir()
    return write_dicom(small_phantom(), folder / "head.dcm")


@pytest.fixture
def report(image, tmp_path):
    return export_pdf(accepted(image), tmp_path / "report.pdf", now=NOW)


def checked(report, *places, chosen=None):
    return check_report(report, places, READERS, known=STANDARDS, signers=Signers(), chosen=chosen)


def test_that_the_image_is_found_where_images_were_opened_and_agrees(report, image):
    found = checked(report, image.parent)

    assert found.verdict.is_good
    assert "byte for byte" in found.verdict.text
    assert [one.exam.image.source.path for one in found.found] == [image.resolve()]
    assert found.missing == ()


def test_that_the_image_is_found_beside_the_report(report, image):
    beside = report.parent / image.name
    image.rename(beside)

    assert checked(report).found[0].exam.image.source.path == beside.resolve()


def test_that_an_image_that_is_not_found_is_named_and_the_rest_is_checked(report):
    found = checked(report)

    assert found.verdict.is_good
    assert found.missing == ("head.dcm",)
    assert "The image was not looked at" in found.verdict.text


def test_that_another_image_of_that_name_is_not_taken_for_it(report, image, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    write_dicom(small_phantom(seed=2), tmp_path / "elsewhere" / image.name)
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / image.name).write_bytes(b"no image")

    found = checked(report, tmp_path / "elsewhere", tmp_path / "empty", image.parent)

    assert found.found[0].exam.image.source.path == image.resolve()
    assert checked(report, tmp_path / "elsewhere").missing == ("head.dcm",)
    assert checked(report, tmp_path / "elsewhere").verdict.is_good


def test_that_of_an_image_that_was_chosen_it_is_told_that_it_is_another_one(report, tmp_path):
    other = write_png(small_phantom(seed=2), tmp_path / "other.png")

    found = checked(report, chosen=other)

    assert not found.verdict.is_good
    assert "The image is another one" in found.verdict.text
    assert found.missing == ("head.dcm",)


def test_that_the_right_image_is_taken_whatever_its_name(report, image, tmp_path):
    renamed = image.rename(tmp_path / "another name.dcm")

    found = checked(report, chosen=renamed)

    assert found.verdict.is_good
    assert found.missing == ()


def test_that_a_chosen_file_that_is_no_image_is_told(report):
    with pytest.raises(UnreadableImage):
        checked(report, chosen=report)


def test_that_no_path_in_a_report_leads_out_of_the_folders(image, tmp_path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (tmp_path / "reports").mkdir()
    exam = accepted(image)
    outside = secret / "head.dcm"
    outside.write_bytes(image.read_bytes())
    source = replace(exam.image.source, path=image.with_name(f"..{chr(92)}secret{chr(92)}head.dcm"))
    forged = replace(exam, image=replace(exam.image, source=source))
    report = export_pdf(forged, tmp_path / "reports" / "a.pdf", now=NOW)

    assert checked(report).found == ()


def test_that_a_dossier_finds_each_of_its_images_and_names_the_others(image, tmp_path):
    other = write_dicom(small_phantom(seed=2), image.with_name("other.dcm"))
    parts = [DossierPart(accepted(path)) for path in (image, other)]
    to = Destination(tmp_path, (ReportForm.PDF,), tmp_path / "data")
    (written,) = file_dossier(parts, to, Told(now=NOW)).written
    assert checked(written.path, image.parent).missing == ()
    assert checked(written.path, image.parent).verdict.is_good

    other.unlink()
    found = checked(written.path, image.parent)

    assert found.missing == ("other.dcm",)
    assert len(found.found) == 1
    assert found.verdict.is_good


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 and nothing", b"no report"])
def test_that_what_is_no_report_is_told_in_a_sentence(content, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(content)

    with pytest.raises(NoReport, match=r"a\.pdf"):
        checked(path)


def test_that_a_report_is_told_from_an_image_by_its_name_and_its_beginning(report, image, tmp_path):
    assert is_report(report)
    assert not is_report(image)
    assert not is_report(image.rename(tmp_path / "scan.pdf"))
    assert not is_report(tmp_path)
    assert not is_report(tmp_path / "gone.pdf")
    assert not is_report(tmp_path / "a\0b.pdf")


def test_that_what_a_report_says_is_shown_again_and_is_accepted_by_nobody(image, tmp_path):
    scale = Calibration(0.5, 0.5, CalibrationSource.RULER, "50 mm")
    exam = accepted(
        image,
        manual_calibration=scale,
        exam_date=date(2026, 5, 20),
        standard=WHO_2017,
        comment="Far border shadowed.",
    )
    report = export_pdf(exam, tmp_path / "report.pdf", now=NOW)
    (found,) = checked(report, image.parent).found

    shown = as_reported(found, STANDARDS)

    assert shown.facts == exam.facts
    assert shown.measurement == exam.measurement
    assert shown.comment == exam.comment == "Far border shadowed."
    assert shown.acceptance is None


def logged(exam, log, **more):
    entry = LogEntry.of(exam, operator="Dr Who", now=NOW, **more)
    log.append(entry)
    return entry


def test_that_the_row_that_the_report_is_of_is_shown_from_where_the_image_is_now(
    image, log, tmp_path
):
    entry = logged(accepted(image), log)
    report = export_pdf(accepted(image, entry_id=entry.entry_id), tmp_path / "a.pdf", now=NOW)
    moved = image.rename(tmp_path / image.name)
    (found,) = checked(report).found

    shown, row = row_of_report(found, Records(log), operator="Dr Who")

    assert shown is Shown.ROW
    assert row.entry_id == entry.entry_id
    assert row.image.path == moved.resolve()


def test_that_another_row_of_the_picture_is_told_from_the_reports_own(image, log, report):
    (found,) = checked(report, image.parent).found
    assert row_of_report(found, Records(log), operator="Dr Who") == (Shown.REPORT, None)

    entry = logged(accepted(image), log)

    shown, row = row_of_report(found, Records(log), operator="Dr Who")
    assert shown is Shown.OTHER_ROW
    assert row.entry_id == entry.entry_id


def filed(exam, target, form=ReportForm.STRUCTURED_REPORT):
    return export_dicom(form, exam, target, target.parent / "data", now=NOW).path


@pytest.fixture
def in_study(tmp_path):
    """An image of a study in a folder of its own."""
    folder = tmp_path / "study"
    folder.mkdir()
    return write_image(folder / "IM1.dcm")


@pytest.fixture
def structured(in_study, tmp_path):
    return filed(accepted(in_study), tmp_path / "SR1.dcm")


def without_measurement(report):
    dataset = pydicom.dcmread(report)
    dataset.remove_private_tags()
    dataset.save_as(report)
    return report


def test_that_a_structured_report_leads_back_to_all_that_it_was_written_of(in_study, structured):
    found = checked(structured, in_study.parent)

    assert found.verdict.is_good
    assert "it is not signed" in found.verdict.headline
    assert "byte for byte" in found.verdict.text
    (picture,) = found.found
    exam, shown = accepted(in_study), as_reported(picture, STANDARDS)
    assert shown.facts == exam.facts
    assert shown.measurement == exam.measurement
    assert shown.acceptance is None


def test_that_the_image_that_it_refers_to_is_found_under_another_name(in_study, structured):
    renamed = in_study.rename(structured.with_name("exported by the archive"))
    write_image(structured.with_name("IM0.dcm"), small_phantom(seed=2), SOPInstanceUID="1.2.3.9")

    found = checked(structured)

    assert found.verdict.is_good
    assert found.found[0].exam.image.source.path == renamed.resolve()


def test_that_other_pixels_under_the_uid_that_it_refers_to_are_a_fault(structured):
    write_image(structured.with_name("IM1.dcm"), small_phantom(seed=2))

    found = checked(structured)

    assert "The image is another one" in found.verdict.text
    assert found.found == ()


def test_that_an_image_that_is_not_found_is_named_with_its_uid(in_study, structured):
    in_study.unlink()

    found = checked(structured)

    assert found.verdict.is_good
    assert found.missing == (f"IM1.dcm (SOP Instance UID {IMAGE})",)


def test_that_a_tree_alone_brings_back_the_outline_and_nobodys_word(in_study, structured):
    found = checked(without_measurement(structured), in_study.parent)

    assert not found.verdict.is_good
    assert not found.verdict.is_contradictory
    (picture,) = found.found
    shown = as_reported(picture, STANDARDS)
    assert shown.outline_px == SMALL_OUTLINE_PX
    assert shown.acceptance is None
    assert shown.measurement == accepted(in_study).measurement


def test_that_a_tree_alone_names_its_image_by_the_uid(in_study, structured):
    in_study.unlink()

    assert checked(without_measurement(structured)).missing == (f"SOP Instance UID {IMAGE}",)


def test_that_the_row_of_a_tree_alone_is_the_one_with_its_outline(in_study, structured, log):
    (found,) = checked(without_measurement(structured), in_study.parent).found
    assert row_of_report(found, Records(log), operator="Dr Who") == (Shown.REPORT, None)

    entry = logged(accepted(in_study), log)

    shown, row = row_of_report(found, Records(log), operator="Dr Who")
    assert shown is Shown.ROW
    assert row.entry_id == entry.entry_id


def test_that_a_pdf_in_a_dicom_object_is_the_pdf(in_study, tmp_path):
    report = filed(accepted(in_study), tmp_path / "DOC1.dcm", ReportForm.ENCAPSULATED_PDF)

    found = checked(report, in_study.parent)

    assert is_report(report)
    assert found.verdict.is_good
    assert "The signer is UNKNOWN here" in found.verdict.text
    assert len(found.found) == 1


def test_that_a_byte_altered_in_a_pdf_in_a_dicom_object_breaks_its_seal(in_study, tmp_path):
    report = filed(accepted(in_study), tmp_path / "DOC1.dcm", ReportForm.ENCAPSULATED_PDF)
    report.write_bytes(report.read_bytes().replace(b'"center_x":', b'"center_y":', 1))

    assert "The file was changed after it was signed." in checked(report).verdict.text


def test_that_each_head_of_a_picture_has_its_own_report(in_study, tmp_path):
    for letter in "AB":
        moved = SMALL_OUTLINE_PX.moved(0.5 * (letter == "B"), 0)
        outlined = replace(examine(in_study, READERS), outline_px=moved, fetus=Fetus(letter))
        exam = outlined.with_acceptance(Acceptance(outlined.facts, "Dr Who", NOW, letter))
        report = filed(exam, tmp_path / f"SR{letter}.dcm")

        (found,) = checked(report, in_study.parent).found

        assert found.facts.outline_px == moved
        assert as_reported(found, STANDARDS).fetus == Fetus(letter)


def test_that_a_structured_report_of_another_program_is_told(tmp_path):
    with pytest.raises(NoReport, match=r"SR1\.dcm was not written by FHC Desktop"):
        checked(write_report(tmp_path / "SR1.dcm", one_head()))


def test_that_a_report_for_research_systems_carries_nothing_to_verify(in_study, tmp_path):
    report = filed(accepted(in_study), tmp_path / "SR2.dcm", ReportForm.MEASUREMENT_REPORT)

    with pytest.raises(NoReport, match=r"SR2\.dcm carries no measurement"):
        checked(report)


@pytest.mark.parametrize("kept", [600, 2000, 9000])
def test_that_a_structured_report_that_is_cut_short_is_one_sentence(structured, kept):
    structured.write_bytes(structured.read_bytes()[:kept])

    with pytest.raises(NoReport, match=r"SR1\.dcm is (incomplete|damaged)"):
        checked(structured)


def test_that_a_measurement_that_is_cut_short_is_a_fault(structured):
    structured.write_bytes(structured.read_bytes()[:-100])

    assert "cannot be read" in checked(structured).verdict.faults[0]


def test_that_the_search_for_an_image_under_another_name_ends_when_it_is_told_to(
    in_study, structured
):
    in_study.rename(structured.with_name("exported by the archive"))

    found = check_report(
        structured, (), READERS, known=STANDARDS, signers=Signers(), go_on=lambda: False
    )

    assert found.found == ()


def test_that_a_report_in_an_archive_finds_its_image_there(in_study, structured):
    packed = structured.with_name("study.zip")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(in_study, "images/0001")
        archive.write(structured, "reports/SR1.dcm")
    in_study.unlink()

    found = checked(packed / "reports" / "SR1.dcm")

    assert found.verdict.is_good
    assert found.found[0].exam.image.source.path.name == "0001"
