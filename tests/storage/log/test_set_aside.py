from datetime import UTC, datetime

import pytest

from fhc_desktop.storage.log.set_aside import set_aside

NOW = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)


def test_that_what_is_set_aside_keeps_its_bytes_and_says_when(tmp_path):
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "file").write_bytes(b"as it was")

    aside = set_aside(tmp_path / "log", NOW)

    assert aside == tmp_path / "log.set-aside-20260501T083000Z"
    assert (aside / "file").read_bytes() == b"as it was"
    assert not (tmp_path / "log").exists()


def test_that_nothing_that_was_set_aside_is_written_over(tmp_path):
    places = []
    for content in ("first", "second", "third"):
        (tmp_path / "file").write_text(content)
        places.append(set_aside(tmp_path / "file", NOW))

    assert [place.read_text() for place in places] == ["first", "second", "third"]


def test_that_what_is_not_there_cannot_be_set_aside(tmp_path):
    with pytest.raises(FileNotFoundError):
        set_aside(tmp_path / "nothing", NOW)
