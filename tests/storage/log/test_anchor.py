import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.storage.log.anchor import (
    ANCHOR,
    NoAnchor,
    count_in_anchor,
    log_name,
    move_anchor_on,
    read_anchor,
    write_anchor,
)
from fhc_desktop.storage.log.chain import BEGINNING, ChainEnd

KEY, OTHER_KEY = "ab" * 32, "cd" * 32
END = ChainEnd(60, 60, "0f" * 32)


def test_that_an_anchor_tells_what_was_put_down(tmp_path):
    write_anchor(tmp_path, KEY, END)

    assert read_anchor(tmp_path, KEY) == END
    assert count_in_anchor(tmp_path) == 60
    assert (tmp_path / ANCHOR).stat().st_mode & 0o777 == 0o600


def test_that_no_anchor_and_another_logs_anchor_are_told_apart(tmp_path):
    assert read_anchor(tmp_path, KEY) is NoAnchor.MISSING
    assert count_in_anchor(tmp_path) == 0
    write_anchor(tmp_path, KEY, END)
    assert read_anchor(tmp_path, OTHER_KEY) is NoAnchor.OF_ANOTHER_LOG


def test_that_an_anchor_tells_nothing_of_the_key(tmp_path):
    write_anchor(tmp_path, KEY, END)

    assert KEY not in (tmp_path / ANCHOR).read_text()
    assert log_name(KEY) not in KEY
    assert log_name(KEY) != log_name(OTHER_KEY)


@given(st.data())
def test_that_an_anchor_with_any_changed_byte_tells_no_other_end(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("anchor")
    write_anchor(folder, KEY, END)
    content = bytearray((folder / ANCHOR).read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    (folder / ANCHOR).write_bytes(content)

    found = read_anchor(folder, KEY)
    assert found == END or isinstance(found, NoAnchor)


def test_that_an_anchor_moves_on_and_never_back(tmp_path):
    further = ChainEnd(61, 61, "1e" * 32)
    for end in (END, further, END, BEGINNING):
        move_anchor_on(tmp_path, KEY, end)

    assert read_anchor(tmp_path, KEY) == further


def test_that_a_damaged_anchor_is_written_anew(tmp_path):
    (tmp_path / ANCHOR).write_text("{}")
    move_anchor_on(tmp_path, KEY, END)

    assert read_anchor(tmp_path, KEY) == END


def test_that_an_anchor_that_cannot_be_written_stays_as_it_was(tmp_path, file_size_limit):
    write_anchor(tmp_path, KEY, END)
    with file_size_limit(16):
        move_anchor_on(tmp_path, KEY, ChainEnd(61, 61, "1e" * 32))

    assert read_anchor(tmp_path, KEY) == END


@pytest.mark.parametrize("end", [BEGINNING, END])
def test_that_a_folder_that_is_not_there_takes_no_anchor(tmp_path, end):
    move_anchor_on(tmp_path / "nowhere", KEY, end)

    assert read_anchor(tmp_path / "nowhere", KEY) is NoAnchor.MISSING
