"""A study is read as it was written, or refused in a sentence."""

import json

import pytest

from fhc_desktop.storage.reader_study.study_folder import LIST_NAME, NoStudy, open_study
from tests.studies import PLAN, made_study


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return made_study(tmp_path_factory.mktemp("made"))


@pytest.fixture
def altered(folder, tmp_path):
    """Write the study's list anew with something in it changed."""

    def alter(change):
        said = json.loads((folder.path / LIST_NAME).read_text())
        change(said)
        (tmp_path / LIST_NAME).write_text(json.dumps(said))
        return tmp_path

    return alter


def test_that_a_study_is_what_was_written(folder):
    again = open_study(folder.path)

    assert again == folder
    assert again.study.plan == PLAN
    assert len(again.study.pictures) == 4


def test_that_another_list_has_another_digest(folder, altered):
    other = open_study(altered(lambda said: said["plan"].update(seed=99)))

    assert other.sha256 != folder.sha256


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said.update(form="fhc-desktop reader study 2"),
        lambda said: said.pop("lists"),
        lambda said: said["pictures"][0].update(file="../key.csv"),
        lambda said: said["plan"].update(readers=["../A"]),
        lambda said: said["plan"].update(repeats="many"),
        lambda said: said.update(made_at="yesterday"),
    ],
)
def test_that_an_altered_list_is_refused(altered, change):
    with pytest.raises(NoStudy):
        open_study(altered(change))


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000])
def test_that_what_is_no_list_is_refused(tmp_path, content):
    (tmp_path / LIST_NAME).write_bytes(content)

    with pytest.raises(NoStudy):
        open_study(tmp_path)


def test_that_a_folder_without_a_list_is_no_study(tmp_path):
    with pytest.raises(NoStudy, match="is no reader study"):
        open_study(tmp_path)
