"""fhc-desktop show-sr: what a Structured Report tells, a line each."""

from fhc_desktop.__main__ import main
from tests.structured_reports import (
    GROUP,
    HC,
    MEAN,
    coded,
    container,
    number,
    of_fetus,
    valueless,
    write_image,
    write_report,
)

DERIVATION = ("121401", "DCM", "Derivation")
MM = ("mm", "UCUM", "mm")


def test_that_each_measurement_is_a_line(capsys, tmp_path):
    mean = number(HC, "172.0", MM, coded(DERIVATION, MEAN, "HAS CONCEPT MOD"))
    path = write_report(tmp_path / "SR1.dcm", of_fetus("A", container(GROUP, mean)))

    assert main(["show-sr", str(path)]) == 0
    title, line, measurement = capsys.readouterr().out.splitlines()
    assert title == "OB-GYN Ultrasound Procedure Report"
    assert line.startswith("SR1.dcm  ·  Example Console 9  ·  complete, not verified")
    assert measurement.split("  ")[-1] == (
        "Head Circumference (11984-2, LN); fetus A; Mean; Fetal Biometry › Biometry Group"
    )
    assert "172.0 mm" in measurement


def test_that_what_could_not_be_read_is_said_with_status_one(capsys, tmp_path):
    failed = valueless(HC, ("114006", "DCM", "Measurement failure"))
    path = write_report(tmp_path / "SR1.dcm", container(GROUP, failed))

    assert main(["show-sr", str(path)]) == 1
    assert "Measurement failure" in capsys.readouterr().err


def test_that_an_image_is_told_to_be_no_report(capsys, tmp_path):
    assert main(["show-sr", str(write_image(tmp_path / "IM1.dcm"))]) == 1
    assert "is no Structured Report" in capsys.readouterr().err
