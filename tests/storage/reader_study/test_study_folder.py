"""A study is read as it was written, or refused in a sentence."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fhc_desktop.storage.reader_study.study_folder import LIST_NAME, NoStudy, open_study
from tests.studies import PLAN, made_study

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inside: (
        st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside, max_size=3)
    ),
    max_leaves=5,
)


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
        lambda said: said["pictures"].pop(),
        lambda said: said["lists"].pop(),
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


@given(st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_a_list_with_anything_in_any_place_is_a_study_or_refused(folder, tmp_path, data):
    said = json.loads((folder.path / LIST_NAME).read_text())
    where: object = said
    while isinstance(where, dict | list) and where:
        holder = where
        name = data.draw(
            st.sampled_from(sorted(where) if isinstance(where, dict) else range(len(where)))
        )
        where = where[name]
    holder[name] = data.draw(ANYTHING)
    (tmp_path / LIST_NAME).write_text(json.dumps(said))

    try:
        found = open_study(tmp_path)
    except NoStudy:
        return
    for one in found.study.lists:
        for code in one.codes:
            assert found.picture_path(code).parent == tmp_path / "pictures"
