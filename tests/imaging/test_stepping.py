"""Stepping through a cine reads the file once and decodes one frame at a time."""

import os

import numpy as np
import pydicom
import pytest
from pydicom.encaps import encapsulate

from fhc_desktop.imaging import loader
from fhc_desktop.imaging.loader import UnreadableImage, load_image
from fhc_desktop.imaging.sandbox.sandbox import Sandbox
from tests.imaging.archives import picture
from tests.phantoms import small_phantom, write_dicom

FRAMES = 6


@pytest.fixture
def cine(tmp_path):
    """A cine of JPEG frames, frame n of which is 30 n bright; the third is broken."""
    path = write_dicom(small_phantom(), tmp_path / "cine.dcm")
    dataset = pydicom.dcmread(path)
    dataset.Rows = dataset.Columns = 64
    dataset.NumberOfFrames = FRAMES
    dataset.file_meta.TransferSyntaxUID = "1.2.840.10008.1.2.4.50"
    frames = [picture(30 * number, side=64, kind="JPEG") for number in range(1, FRAMES + 1)]
    frames[2] = frames[2][:100]
    dataset.PixelData = encapsulate(frames)
    dataset["PixelData"].VR = "OB"
    dataset.save_as(path)
    return path


@pytest.fixture
def sandbox():
    made = Sandbox()
    yield made
    made.close()


def level(path, frame, sandbox):
    return int(np.median(load_image(path, frame=frame, sandbox=sandbox).image.gray))


def test_that_a_broken_frame_stops_no_other(cine, sandbox):
    with pytest.raises(UnreadableImage):
        load_image(cine, frame=3, sandbox=sandbox)

    assert [level(cine, frame, sandbox) for frame in (1, 2, 4, 6)] == pytest.approx(
        [30, 60, 120, 180], abs=1
    )


def test_that_the_file_is_read_once_for_all_frames(cine, sandbox, monkeypatch):
    level(cine, 1, sandbox)
    monkeypatch.setattr(loader, "opened", None)  # whoever opens it again fails

    assert level(cine, 5, sandbox) == pytest.approx(150, abs=1)
    assert load_image(cine, frame=2, sandbox=sandbox).image.source.frame_count == FRAMES


def test_that_a_file_that_changed_meanwhile_is_read_again(cine, sandbox):
    first = load_image(cine, sandbox=sandbox).image.source.sha256
    dataset = pydicom.dcmread(cine)
    dataset.PatientName = "Other"
    dataset.save_as(cine)

    changed = load_image(cine, frame=2, sandbox=sandbox)

    assert changed.image.source.sha256 != first
    assert changed.study.patient_name == "Other"


def test_that_stepping_goes_on_when_the_decoder_has_died(cine, sandbox):
    level(cine, 1, sandbox)
    os.kill(sandbox.process_id, 9)
    sandbox._child.wait()

    assert level(cine, 2, sandbox) == pytest.approx(60, abs=1)


def test_that_two_files_in_turn_keep_their_own_frames(cine, sandbox, tmp_path):
    other = tmp_path / "other.png"
    other.write_bytes(picture(200, side=64))

    levels = [level(cine, 1, sandbox), level(other, 1, sandbox), level(cine, 2, sandbox)]

    assert levels == pytest.approx([30, 200, 60], abs=1)


def test_that_another_sandbox_never_answers_for_a_file_it_has_not_seen(cine, sandbox):
    level(cine, 1, sandbox)
    second = Sandbox()

    assert level(cine, 2, second) == pytest.approx(60, abs=1)
    second.close()
