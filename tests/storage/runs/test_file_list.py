from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.storage.runs.file_list import ListedFile, read_list, write_list

NAMES = st.text(st.characters(exclude_characters="\0/"), min_size=1).filter(
    lambda name: name not in {".", ".."}
)
FILES = st.lists(
    st.builds(ListedFile, NAMES.map(Path)) | st.builds(ListedFile, NAMES.map(Path), NAMES, NAMES)
)


@given(FILES)
def test_that_a_list_is_read_as_it_was_written_whatever_its_names_are_made_of(
    tmp_path_factory, files
):
    target = tmp_path_factory.getbasetemp() / "files.jsonl"

    found = write_list(target, iter(files))

    assert list(read_list(target)) == files
    assert found.count == len(files)


def test_that_the_digest_is_of_the_paths_in_their_order_and_of_nothing_else(tmp_path):
    one, other = ListedFile(Path("a")), ListedFile(Path("b"), "is empty.", "Copy it.")
    mended = ListedFile(Path("b"))

    digests = [
        write_list(tmp_path / "files.jsonl", files).sha256
        for files in ([one, other], [one, mended], [other, one], [one])
    ]

    assert digests[0] == digests[1]
    assert len(set(digests)) == 3
