import sys

import pytest

from fhc_desktop.resources import UnreadableTable, resource, table_rows


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Return a folder in which a frozen program would look for its resources."""
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    folder = tmp_path / "resources"
    folder.mkdir()
    return folder


def test_that_a_frozen_program_finds_its_files_in_its_own_folder(installed):
    assert resource("growth/heads.csv") == installed / "growth/heads.csv"


def test_that_the_rows_of_a_table_go_by_the_names_in_its_first_line(installed):
    (installed / "heads.csv").write_text("group,mm\nä,1.5\nb,2\n", encoding="utf-8")

    assert table_rows("heads.csv") == [{"group": "ä", "mm": "1.5"}, {"group": "b", "mm": "2"}]


@pytest.mark.parametrize("content", [None, b"group\n\xff\n", b"group\n" + 200_000 * b"x"])
def test_that_a_table_that_cannot_be_read_is_said_to_be_so(installed, content):
    if content is not None:
        (installed / "heads.csv").write_bytes(content)

    with pytest.raises(UnreadableTable, match=r"heads\.csv"):
        table_rows("heads.csv")
