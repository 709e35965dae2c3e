import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.storage.preferences.settings import (
    LoadedSettings,
    Settings,
    SettingsNotSaved,
    discard_broken,
    load_settings,
    save_settings,
    with_recent,
    without_recent,
    without_recent_from_now_on,
)

ANY_TEXT = st.text(st.characters(codec=None), max_size=30)
ANY_SETTINGS = st.builds(
    Settings,
    operator=ANY_TEXT,
    device=ANY_TEXT,
    recent_files=st.lists(ANY_TEXT, max_size=10).map(tuple),
    standard_key=ANY_TEXT,
    nichd_groups=st.lists(ANY_TEXT, max_size=4).map(tuple),
    local_charts=st.lists(ANY_TEXT, max_size=3).map(tuple),
    lens_open=st.booleans(),
    institution_name=ANY_TEXT,
    institution_address=ANY_TEXT,
    institution_logo=ANY_TEXT,
)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "settings.json"


def test_that_the_defaults_are_in_force_without_a_file(file):
    assert load_settings(file) == LoadedSettings(Settings())
    assert not file.exists()


@given(ANY_SETTINGS)
def test_that_settings_come_back_as_they_were_saved(tmp_path_factory, settings):
    file = tmp_path_factory.mktemp("settings") / "settings.json"

    save_settings(settings, file)

    assert load_settings(file) == LoadedSettings(settings)


def test_that_only_what_differs_from_the_defaults_is_written(file):
    save_settings(Settings(operator="Sø"), file)

    assert json.loads(file.read_text()) == {"operator": "Sø"}


def test_that_a_value_set_back_to_its_default_leaves_the_file(file):
    save_settings(Settings(operator="Sø", device="cpu"), file)
    save_settings(Settings(device="cpu"), file)

    assert json.loads(file.read_text()) == {"device": "cpu"}


def test_that_keys_of_another_version_stay(file):
    file.write_text('{"operator": "A", "twins": [1, 2]}')

    loaded = load_settings(file)
    save_settings(Settings(operator="B"), file)

    assert loaded == LoadedSettings(Settings(operator="A"))
    assert json.loads(file.read_text()) == {"operator": "B", "twins": [1, 2]}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[1]",
        b"null",
        b'{"operator": 5}',
        b'{"operator": null}',
        b'{"recent_files": "one"}',
        b'{"recent_files": [1]}',
        b'{"nichd_groups": "all"}',
        b'{"local_charts": [null]}',
        b'{"standard_key": ["who2017"]}',
        b'{"lens_open": 0}',
        b"[" * 100_000,
    ],
)
def test_that_a_broken_file_gives_the_defaults_and_is_kept(file, content):
    file.write_bytes(content)

    loaded = load_settings(file)

    kept = file.with_name("settings.json.broken")
    assert loaded.settings == Settings()
    assert "damaged" in loaded.notice
    assert str(kept) in loaded.notice
    assert kept.read_bytes() == content
    assert load_settings(file) == LoadedSettings(Settings())


def test_that_saving_over_a_broken_file_keeps_it_too(file):
    file.write_text("{")

    save_settings(Settings(operator="A"), file)

    assert load_settings(file).settings.operator == "A"
    assert file.with_name("settings.json.broken").read_text() == "{"


def test_that_a_file_that_may_not_be_read_gives_the_defaults(ordinary_user, users_folder):
    file = users_folder / "settings.json"
    with ordinary_user():
        save_settings(Settings(operator="A"), file)
        file.chmod(0o000)
        loaded = load_settings(file)

    assert loaded.settings == Settings()
    assert "cannot be read" in loaded.notice
    assert file.exists()


def test_that_settings_that_cannot_be_saved_say_so(ordinary_user, users_folder):
    users_folder.chmod(0o500)

    with ordinary_user(), pytest.raises(SettingsNotSaved, match="could not be saved"):
        save_settings(Settings(operator="A"), users_folder / "settings.json")

    assert list(users_folder.iterdir()) == []


def test_that_a_save_that_does_not_fit_leaves_the_old_settings(file, file_size_limit):
    save_settings(Settings(operator="old"), file)

    with file_size_limit(16), pytest.raises(SettingsNotSaved):
        save_settings(Settings(operator="new" * 100), file)

    assert load_settings(file).settings.operator == "old"
    assert list(file.parent.iterdir()) == [file]


def test_that_a_full_disk_leaves_the_old_settings(small_disk):
    file = small_disk / "settings.json"
    save_settings(Settings(operator="old"), file)
    (small_disk / "ballast").write_bytes(b"x" * 252 * 1024)

    with pytest.raises(SettingsNotSaved, match="No space left on device") as caught:
        save_settings(Settings(operator="new" * 100), file)

    assert caught.value.remedy.startswith("Make room on the disk")
    assert load_settings(file).settings.operator == "old"
    assert {path.name for path in small_disk.iterdir()} == {"ballast", "settings.json"}


def test_that_settings_in_a_path_too_long_are_defaults_and_are_not_saved(tmp_path):
    file = tmp_path / ("n" * 300) / "settings.json"

    assert load_settings(file).settings == Settings()
    with pytest.raises(SettingsNotSaved, match="could not be saved"):
        save_settings(Settings(operator="A"), file)


def test_that_the_settings_are_the_users_alone(tmp_path):
    file = tmp_path / "new" / "settings.json"
    save_settings(Settings(), file)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_that_a_recent_file_comes_first_and_once():
    settings = Settings(operator="A", recent_files=("/a", "/b", "/c"))

    renewed = with_recent(settings, Path("/b"))

    assert renewed == Settings(operator="A", recent_files=(str(Path("/b")), "/a", "/c"))
    assert settings.recent_files == ("/a", "/b", "/c")


def test_that_ten_recent_files_are_remembered(file):
    settings = Settings()
    for number in range(12):
        settings = with_recent(settings, Path(f"{number}.png"))

    assert settings.recent_files == tuple(f"{number}.png" for number in range(11, 1, -1))
    file.write_text(json.dumps({"recent_files": [str(number) for number in range(30)]}))
    assert len(load_settings(file).settings.recent_files) == 10


def test_that_clearing_leaves_the_other_settings_and_goes_on_keeping():
    cleared = without_recent(Settings(operator="A", recent_files=("/a", "/b")))

    assert cleared == Settings(operator="A")
    assert with_recent(cleared, Path("/c")).recent_files == (str(Path("/c")),)


def test_that_nothing_is_remembered_where_nothing_is_to_be_kept(file):
    off = without_recent_from_now_on(Settings(operator="A", recent_files=("/a",)))

    assert with_recent(off, Path("/b")) == off == Settings(operator="A", recent_files_kept=False)
    save_settings(off, file)
    assert load_settings(file).settings == off


def test_that_what_a_version_without_the_switch_added_is_not_taken_over(file):
    file.write_text(json.dumps({"recent_files": ["/a"], "recent_files_kept": False}))

    assert load_settings(file).settings == Settings(recent_files_kept=False)


def test_that_what_was_set_aside_of_a_damaged_file_can_be_removed(file):
    file.write_text('{"recent_files": ["/Mrs Jones"')
    load_settings(file)

    discard_broken(file)
    discard_broken(file)

    assert list(file.parent.iterdir()) == []


def test_that_what_cannot_be_removed_is_named(file):
    broken = file.with_name("settings.json.broken")
    broken.mkdir()

    with pytest.raises(SettingsNotSaved, match=r"settings\.json\.broken could not be removed"):
        discard_broken(file)
