"""Stepping through a cine reads the file once and decodes one frame at a time."""

import os
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.encaps import encapsulate

from fhc_desktop.imaging.loader import Loader, UnreadableImage
from fhc_desktop.imaging.sandbox.sandbox import Sandbox
from tests.heads import small_phantom, write_dicom, write_png
from tests.imaging.archives import picture

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


@pytest.fixture
def loader(sandbox):
    return Loader(sandbox)


def level(path, frame, loader):
    return int(np.median(loader.load(path, frame=frame).image.gray))


def test_that_a_broken_frame_stops_no_other(cine, loader):
    with pytest.raises(UnreadableImage):
        loader.load(cine, frame=3)

    assert [level(cine, frame, loader) for frame in (1, 2, 4, 6)] == pytest.approx(
        [30, 60, 120, 180], abs=1
    )


def test_that_the_file_is_read_once_for_all_frames(cine, loader, monkeypatch):
    level(cine, 1, loader)
    monkeypatch.setattr(Path, "open", None)  # whoever opens it again fails

    assert level(cine, 5, loader) == pytest.approx(150, abs=1)
    assert loader.load(cine, frame=2).image.source.frame_count == FRAMES


def test_that_a_file_that_changed_meanwhile_is_read_again(cine, loader):
    first = loader.load(cine).image.source.sha256
    dataset = pydicom.dcmread(cine)
    dataset.PatientName = "Other"
    dataset.save_as(cine)

    changed = loader.load(cine, frame=2)

    assert changed.image.source.sha256 != first
    assert changed.study.patient_name == "Other"


@pytest.mark.skipif(not hasattr(os, "waitid"), reason="needs to wait for somebody else's child")
def test_that_stepping_goes_on_when_the_decoder_has_died(cine, loader, sandbox):
    level(cine, 1, loader)
    os.kill(sandbox.process_id, 9)
    os.waitid(os.P_PID, sandbox.process_id, os.WEXITED | os.WNOWAIT)

    assert level(cine, 2, loader) == pytest.approx(60, abs=1)


def test_that_two_files_in_turn_keep_their_own_frames(cine, loader, tmp_path):
    other = tmp_path / "other.png"
    other.write_bytes(picture(200, side=64))

    levels = [level(cine, 1, loader), level(other, 1, loader), level(cine, 2, loader)]

    assert levels == pytest.approx([30, 200, 60], abs=1)


def test_that_two_loaders_of_one_sandbox_keep_their_own_files(cine, loader, sandbox, tmp_path):
    other = tmp_path / "other.png"
    other.write_bytes(picture(200, side=64))

    levels = [level(cine, 1, loader), level(other, 1, Loader(sandbox)), level(cine, 2, loader)]

    assert levels == pytest.approx([30, 200, 60], abs=1)


def test_that_a_still_has_no_second_frame_when_it_was_read_before_either(loader, tmp_path):
    path = write_png(small_phantom(), tmp_path / "still.png")
    loader.load(path)

    with pytest.raises(UnreadableImage):
        loader.load(path, frame=2)
