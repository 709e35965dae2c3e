"""A date typed with dots is day first wherever it is typed."""

from datetime import date

import pytest

from fhc_desktop.__main__ import main
from fhc_desktop.domain.dating.gestation import DatingMethod, GestationalAge
from fhc_desktop.domain.dating.typed_dating import parse_dating
from fhc_desktop.workflow.examining import examine
from tests.heads import small_phantom, write_dicom
from tests.reading import READERS


def test_that_an_lmp_with_dots_gives_the_same_age_in_an_english_locale(tmp_path):
    exam = examine(write_dicom(small_phantom(), tmp_path / "loc.dcm"), READERS)
    typed = parse_dating(DatingMethod.LMP, "04.03.2026", order="mdy", today=date(2026, 7, 20))

    dated = exam.with_exam_date(date(2026, 7, 20)).with_dating(typed)

    assert dated.age == GestationalAge(19 * 7 + 5)


@pytest.mark.parametrize("lmp", ["01/03/2024", "24-03-01", "01-03-2024"])
def test_that_the_command_line_refuses_what_could_be_two_days(capsys, lmp):
    with pytest.raises(SystemExit) as ended:
        main(["growth", "--hc", "175", "--exam-date", "2024-07-20", "--lmp", lmp])

    assert ended.value.code == 2
    assert "could be several days: write it as 2024-" in capsys.readouterr().err


def test_that_the_command_line_takes_a_date_with_dots(capsys):
    status = main(["growth", "--hc", "175", "--exam-date", "20.07.2024", "--lmp", "01.03.2024"])

    assert status == 0
    assert "20w1d" in capsys.readouterr().out
