"""The child that reads headers may die, hang or lie: one sentence, and the next file goes on."""

import json
import sys

import pytest

from fhc_desktop.imaging.catalogue import read_catalogue
from fhc_desktop.imaging.described_file import read_study
from fhc_desktop.imaging.reports import Reports
from fhc_desktop.imaging.sandbox.protocol import GREETING
from fhc_desktop.imaging.sandbox.sandbox import Sandbox
from fhc_desktop.imaging.unreadable import UnreadableImage
from fhc_desktop.plain_values import told
from tests.heads import small_phantom, write_dicom
from tests.imaging.archives import picture
from tests.structured_reports import one_head, write_report
from tests.told_reports import report
from tests.told_reports import told as told_length

# Reads a request as the decoder does, then does what a test says.
CHILD = f"""
import json, os, sys, time
os.write(1, {GREETING!r})
while True:
    head = sys.stdin.buffer.read(4)
    if not head:
        break
    request = json.loads(sys.stdin.buffer.read(int.from_bytes(head, "big")))
    sys.stdin.buffer.read(request["size"])
    text = b""
"""
SAY = "os.write(1, len(text).to_bytes(4, 'big') + text)"


@pytest.mark.parametrize(
    "study", [{}, "a study", {"patient_id": 7}, {"objections": ["A"] * 100}, None]
)
def test_that_a_child_that_lies_about_a_study_is_found_out(tmp_path, study):
    path = write_dicom(small_phantom(), tmp_path / "head.dcm")
    lie = json.dumps({"described": {"headers": [], "study": study, "is_cut": False}}).encode()
    sandbox = Sandbox([sys.executable, "-c", f"{CHILD}    text = {lie!r}\n    {SAY}\n"], seconds=2)

    with pytest.raises(UnreadableImage, match="ended the decoder"):
        read_study(path, sandbox=sandbox)
    sandbox.close()


HONEST = told(report(told_length(value="172.0")))
LIES = {
    "nothing": None,
    "a word": "a report",
    "half of it": {"name": "SR1.dcm"},
    "a number for a name": HONEST | {"device": 7},
    "letters that steer a terminal": HONEST | {"device": "\x1b[2J"},
    "a text without end": HONEST | {"device": "A" * 5000},
    "a measurement that is none": HONEST | {"measurements": [{"value": 172.0}]},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_that_a_child_that_lies_about_a_report_is_found_out(tmp_path, lie):
    path = write_report(tmp_path / "SR1.dcm", one_head())
    said = json.dumps({"described": {"report": lie}}).encode()
    sandbox = Sandbox([sys.executable, "-c", f"{CHILD}    text = {said!r}\n    {SAY}\n"], seconds=9)

    with pytest.raises(UnreadableImage, match="ended the decoder"):
        Reports(sandbox).read(path)
    sandbox.close()


@pytest.fixture
def listed_by(tmp_path):
    """Return what is listed of two images when a child does as told for the first of them."""
    made = []
    for name in ("1.png", "2.png"):
        (tmp_path / name).write_bytes(picture())

    def listed(lines):
        good = json.dumps({"described": {"headers": [{"rows": 32}], "is_cut": False}})
        told = "\n".join(f"        {line}" for line in lines)
        code = (
            f"{CHILD}    if request['name'] == '1.png':\n{told}\n"
            f"    else:\n        text = {good.encode()!r}\n    {SAY}\n"
        )
        made.append(Sandbox([sys.executable, "-c", code], seconds=2))
        return read_catalogue(tmp_path, sandbox=made[-1])

    yield listed
    for sandbox in made:
        sandbox.close()


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["os._exit(1)"], "ended the decoder"),
        (["time.sleep(60)"], "more than 2 seconds"),
        (["text = b'no json'"], "ended the decoder"),
        (["text = b'[' * 100000"], "ended the decoder"),
        (["os.write(1, b'\\xff' * 4)", "continue"], "ended the decoder"),
        (["text = b'{}'"], "ended the decoder"),
    ],
)
def test_that_a_child_that_fails_costs_one_sentence(listed_by, lines, told):
    found = listed_by(lines)

    assert [image.path.name for image in found.images] == ["2.png"]
    (unlisted,) = found.unlisted
    assert unlisted.problem.startswith("1.png")
    assert told in unlisted.problem


@pytest.mark.parametrize(
    "header",
    [
        {"rows": 2**40},
        {"patient_name": "A" * 2000},
        {"patient_name": ["A"]},
        {"patient_name": 7},
        {"instance_number": "7"},
        {"study_date": "not a day"},
        {"unheard_of": "A"},
        {"path": "/etc/passwd"},
        {"file": [1]},
        "no header",
    ],
)
def test_that_a_child_that_lies_costs_one_sentence(listed_by, header):
    lie = json.dumps({"described": {"headers": [header], "is_cut": False}}).encode()

    found = listed_by([f"text = {lie!r}"])

    assert [image.path.name for image in found.images] == ["2.png"]
    assert "ended the decoder" in found.unlisted[0].problem
