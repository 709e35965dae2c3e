"""Reports go into a folder one by one; nothing there is written over, and what was done is told."""

from dataclasses import replace

import pytest
from pypdf import PdfReader

from fhc_desktop.domain.patient import Patient
from fhc_desktop.reporting.content.report_form import ReportForm
from fhc_desktop.workflow.filing_folder import Destination, ToFile, file_all
from fhc_desktop.workflow.told import Told
from tests.reporting.examinations import NOW, accepted, proposed

PDF = (ReportForm.PDF,)


def to_file(**changes):
    return ToFile(accepted(replace(proposed(), **changes)), Told(now=NOW))


@pytest.fixture
def to(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    return Destination(folder, PDF, tmp_path / "data")


def names_in(to):
    return sorted(path.name for path in to.folder.iterdir())


def test_that_what_nobody_accepted_cannot_be_filed():
    with pytest.raises(ValueError, match="accepted"):
        ToFile(proposed(), Told(now=NOW))


def test_that_the_suggested_name_tells_when_and_which_image_and_nobody(to):
    filed = file_all([to_file(patient=Patient("4711", "Ada Example"))], to)

    assert names_in(to) == ["head-circumference-20261123-114007-ab12ab12.pdf"]
    assert [one.path.name for one in filed.written] == names_in(to)
    assert filed.problem is None
    assert all(one.is_signed for one in filed.written)


def test_that_no_file_is_written_over_not_even_one_of_the_same_run(to):
    report = to_file()
    before = to.folder / f"{report.suggested_stem}.pdf"
    before.write_bytes(b"filed earlier")

    file_all([report, report], to)

    stem = report.suggested_stem
    assert names_in(to) == sorted(f"{stem}{end}.pdf" for end in ("", "-2", "-3"))
    assert before.read_bytes() == b"filed earlier"


def test_that_each_report_is_of_its_own_examination(to):
    ada, eva = (to_file(patient=Patient("1", name)) for name in ("Ada", "Eva"))

    filed = file_all([ada, eva], to)

    words = [PdfReader(one.path).pages[0].extract_text() for one in filed.written]
    assert "Ada" in words[0]
    assert "Eva" in words[1]


def test_that_a_place_that_refuses_is_told_with_what_was_written_before(to, tmp_path):
    good = file_all([to_file()], to, name="report")
    gone = replace(to, folder=tmp_path / "gone")

    filed = file_all([to_file()], gone, name="report")

    assert len(good.written) == 1
    assert filed.written == ()
    assert "its folder does not exist" in filed.problem.problem
    assert not gone.folder.exists()


@pytest.mark.parametrize("mode", [0o500, 0o000])
def test_that_a_folder_that_is_closed_to_us_is_told(to, ordinary_user, users_folder, mode):
    file_all([to_file()], to)  # an ordinary user may not see the library that is loaded for it
    closed = users_folder / "closed"
    with ordinary_user():
        closed.mkdir(mode=mode)
        filed = file_all([to_file()], Destination(closed, PDF, users_folder / "data"))

    assert "must not be written to" in filed.problem.problem


def test_that_cancelling_ends_between_two_files_and_keeps_what_is_there(to):
    heard = []
    wanted = [to_file(), to_file(), to_file()]

    filed = file_all(wanted, to, done=heard.append, is_cancelled=lambda: len(heard) == 2)

    assert filed.is_cancelled
    assert heard == [1, 2]
    assert len(names_in(to)) == len(filed.written) == 2
    assert all(PdfReader(one.path).pages for one in filed.written)
