"""A row's picture is shown beside it only where its file is still the same."""

import pytest

from fhc_desktop.imaging.unreadable import UnreadableImage
from fhc_desktop.storage.log.measurement_log import LogEntry
from fhc_desktop.workflow.continuing import FileChanged
from fhc_desktop.workflow.examining import examine
from fhc_desktop.workflow.logged_picture import logged_picture
from tests.heads import small_phantom, write_png
from tests.reading import READERS
from tests.storage.log_examples import ACCEPTED, NOW


@pytest.fixture
def entry(tmp_path):
    path = write_png(small_phantom(seed=5), tmp_path / "head.png")
    exam = examine(path, READERS).with_outline(ACCEPTED)
    return LogEntry.of(exam, operator="", now=NOW)


def test_that_the_picture_is_that_of_the_row(entry):
    assert logged_picture(entry, READERS).pixels_sha256 == entry.image.pixels_sha256


def test_that_a_file_that_has_changed_is_not_shown(entry):
    entry.image.path.write_bytes(entry.image.path.read_bytes() + b"\0")

    with pytest.raises(FileChanged, match="has changed since"):
        logged_picture(entry, READERS)


def test_that_a_file_that_has_gone_is_told(entry):
    entry.image.path.unlink()

    with pytest.raises(UnreadableImage):
        logged_picture(entry, READERS)
