"""fhc-desktop self-check: the findings as text, as JSON and as PDF, and an honest exit status."""

import json

import pypdf
import pytest

from fhc_desktop.__main__ import main

WINDOWLESS = [
    "weights",
    "drawn head",
    "probe",
    "decoders",
    "log",
    "record",
    "report",
    "forms",
    "device",
]
pytestmark = pytest.mark.model


def test_that_this_installation_is_sound_in_json_and_on_paper(tmp_path, capsys):
    target = tmp_path / "check.pdf"
    options = ["--data-dir", str(tmp_path / "data"), "--json", "--pdf", str(target)]

    assert main(["self-check", *options]) == 0

    said = json.loads(capsys.readouterr().out)
    assert said["sound"]
    assert [one["name"] for one in said["findings"]] == [
        *WINDOWLESS,
        *("screen", "fonts", "window", "chart"),
    ]
    assert "measures as it should" in pypdf.PdfReader(target).pages[0].extract_text()
