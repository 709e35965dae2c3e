"""What is no ordinary file is refused at once: the old way of opening a pipe waits for a writer."""

import os
import socket

import pytest

from fhc_desktop.domain.growth.local_chart import UnusableChart
from fhc_desktop.imaging.catalogue import is_catalogue, list_images
from fhc_desktop.ordinary_file import NotAnOrdinaryFile, open_ordinary_file, read_ordinary_file
from fhc_desktop.segmentation.bundle import UnusableModel, load_bundle
from fhc_desktop.storage.log.measurement_log import LogUnavailable, MeasurementLog
from fhc_desktop.storage.preferences.chart_file import load_local_chart
from fhc_desktop.storage.preferences.settings import (
    Settings,
    SettingsNotSaved,
    load_settings,
    save_settings,
)
from tests.heads import small_phantom, write_png
from tests.reading import READERS, load_image, refusal

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such pipes here")


@pytest.fixture
def pipe(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


def test_that_an_ordinary_file_is_read_through_a_link_too(tmp_path):
    (tmp_path / "a").write_bytes(b"all of it")
    (tmp_path / "link").symlink_to(tmp_path / "a")

    assert read_ordinary_file(tmp_path / "link") == b"all of it"


def test_that_a_pipe_a_socket_and_a_device_are_refused(tmp_path, pipe, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a socket's path is short
    with socket.socket(socket.AF_UNIX) as open_socket:
        open_socket.bind("socket")
        for path in (pipe, tmp_path / "socket", tmp_path / os.devnull):
            with pytest.raises(NotAnOrdinaryFile, match="not an ordinary file"):
                open_ordinary_file(path)


def test_that_a_folder_and_nothing_at_all_are_told_apart(tmp_path):
    with pytest.raises(IsADirectoryError):
        open_ordinary_file(tmp_path)
    with pytest.raises(FileNotFoundError):
        open_ordinary_file(tmp_path / "none")


def test_that_a_log_whose_key_is_a_pipe_is_refused_and_nothing_changed(tmp_path, pipe):
    MeasurementLog.open(tmp_path).close()
    key = tmp_path / "log" / "measurements.key"
    key.unlink()
    pipe.rename(key)
    key.chmod(0o644)

    with pytest.raises(LogUnavailable, match="is a pipe or a device and no ordinary file") as told:
        MeasurementLog.open(tmp_path)

    assert "Nothing was changed" in told.value.remedy
    assert key.stat().st_mode & 0o777 == 0o644


def test_that_a_log_that_is_a_pipe_is_refused(tmp_path, pipe):
    MeasurementLog.open(tmp_path).close()
    (tmp_path / "log" / "measurements.sqlite3").unlink()
    pipe.rename(tmp_path / "log" / "measurements.sqlite3")

    with pytest.raises(LogUnavailable):
        MeasurementLog.open(tmp_path)


def test_that_settings_in_a_pipe_are_the_defaults_and_told(pipe):
    loaded = load_settings(pipe)

    assert loaded.settings == Settings()
    assert "cannot be read (not an ordinary file)" in loaded.notice
    with pytest.raises(SettingsNotSaved, match="not an ordinary file"):
        save_settings(Settings(operator="A"), pipe)


def test_that_a_chart_and_a_model_in_a_pipe_are_refused(pipe):
    with pytest.raises(UnusableChart, match="not an ordinary file"):
        load_local_chart(pipe)
    with pytest.raises(UnusableModel, match="not an ordinary file"):
        load_bundle(pipe)


def test_that_an_image_a_place_a_table_and_a_dicomdir_in_a_pipe_hang_nothing(tmp_path, pipe):
    folder = tmp_path / "folder"
    folder.mkdir()
    image = write_png(small_phantom(), folder / "head.png")
    for name in ("head.csv", "pixel_size.csv", "DICOMDIR", "IM0"):
        os.mkfifo(folder / name)

    assert refusal(pipe).problem == "pipe is not an ordinary file."
    assert not is_catalogue(pipe)
    assert [item.path for item in list_images(folder, sandbox=READERS.catalogues)] == [image]
    assert load_image(image).calibration.candidates == ()
