"""A journal keeps each record that it took, whatever ends the process or cuts the file."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.storage.runs.faults import RunUnavailable
from fhc_desktop.storage.runs.journal import Journal

COUNT = 4
TAKEN = [(2, {"row": "two"}), (0, {"row": "Ä\udcff\n"}), (2, {"row": "two again"}), (3, {"x": 0.1})]
LAST = {number: record["row"] for number, record in TAKEN if "row" in record}


def records(path, count=COUNT):
    with Journal(path, count) as journal:
        found = {number: journal.record(number) for number in range(count)}
    return {number: record for number, record in found.items() if record is not None}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    path = tmp_path_factory.mktemp("run") / "journal.txt"
    with Journal(path, COUNT) as journal:
        for number, record in TAKEN:
            journal.add(number, record)
    return path


def test_that_the_last_record_of_a_file_holds_also_for_the_next_process(written):
    found = records(written)

    assert found.keys() == {0, 2, 3}
    assert {number: found[number]["row"] for number in (0, 2)} == LAST
    assert found[3]["x"] == 0.1


def test_that_records_are_found_in_the_process_that_writes_them(tmp_path):
    with Journal(tmp_path / "journal", COUNT) as journal:
        journal.add(1, {"row": "one"})

        assert journal.record(1)["row"] == "one"
        assert journal.record(0) is None
        assert journal.done == 1


@given(st.data())
def test_that_a_journal_cut_anywhere_has_its_whole_records_and_goes_on(written, data):
    content = written.read_bytes()
    cut = data.draw(st.integers(0, len(content)))
    path = written.with_name("cut")
    path.write_bytes(content[:cut])
    whole = content[:cut].count(b"\n")

    with Journal(path, COUNT) as journal:
        assert journal.lost_bytes == cut - content.rfind(b"\n", 0, cut) - 1
        journal.add(1, {"row": "later"})

    expected = dict(TAKEN[:whole]) | {1: {"row": "later"}}
    assert records(path) == {
        number: {**record, "number": number} for number, record in expected.items()
    }


@given(st.data())
def test_that_no_changed_bit_is_taken_for_a_record(written, data):
    content = bytearray(written.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= 1 << data.draw(st.integers(0, 7))
    path = written.with_name("changed")
    path.write_bytes(content)
    whole = written.read_bytes()[:place].count(b"\n")

    found = records(path)

    kept = dict(TAKEN[:whole])
    assert found == {number: {**record, "number": number} for number, record in kept.items()}


def test_that_a_journal_of_a_longer_list_gives_none_of_what_it_has_beyond(written):
    path = shutil.copy(written, written.with_name("longer"))

    assert records(path, count=2) == {}


def test_that_one_process_writes_a_journal_at_a_time(tmp_path):
    path = tmp_path / "run" / "journal"
    path.parent.mkdir()
    with (
        Journal(path, COUNT),
        pytest.raises(RunUnavailable, match=r"Another process works on the run in run\."),
    ):
        Journal(path, COUNT)

    Journal(path, COUNT).close()


def test_that_a_full_disk_costs_the_record_that_did_not_fit_and_no_other(tmp_path, file_size_limit):
    path = tmp_path / "journal"
    with Journal(path, COUNT) as journal, file_size_limit(200):
        journal.add(0, {"row": "x" * 50})
        with pytest.raises(RunUnavailable, match=r"cannot be read or written"):
            journal.add(1, {"row": "x" * 200})

    assert records(path).keys() == {0}


def test_that_a_folder_that_is_gone_is_said_and_not_raised_as_a_fault_of_ours(tmp_path):
    with pytest.raises(RunUnavailable, match="No such file"):
        Journal(tmp_path / "gone" / "journal", COUNT)
