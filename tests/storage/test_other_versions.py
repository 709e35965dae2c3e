"""A data folder as another version of the program left it: an older one opens, a newer one stays.

What each schema of the log was, tests/storage/log/test_migrations.py tries one by one.
"""

from contextlib import closing
from dataclasses import replace

import pytest

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.storage.drafts.draft_store import DRAFTS, DraftStore
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.storage.log.opening import LOG, opened
from fhc_desktop.storage.preferences.folders import default_folders
from fhc_desktop.storage.preferences.settings import Settings, load_settings, save_settings
from fhc_desktop.storage.waiting.waiting_store import WAITING, WaitingStore
from tests.storage.draft_examples import a_draft
from tests.storage.log_examples import an_entry
from tests.storage.log_folders import contents, filled_log

STORES = {"log": MeasurementLog, "drafts": DraftStore, "waiting": WaitingStore}
WAITS = an_entry()
NEWER_STEP = ("CREATE TABLE added_later (a INTEGER) STRICT",)


@pytest.fixture
def folder(tmp_path):
    """A data folder with a measurement, a draft, a row that waits, and settings."""
    folder = filled_log(tmp_path / "data", 1)
    with closing(DraftStore.open(folder)) as store:
        store.keep([a_draft()])
    with closing(WaitingStore.open(folder)) as store:
        store.put(WAITS)
    save_settings(Settings(operator="Dr A"), default_folders(folder).settings_file)
    return folder


def upgraded(folder):
    """Take each database of a data folder one step further, as a newer version would."""
    for names in (LOG, DRAFTS, WAITING):
        place = folder / names.folder
        known = [()] * 50  # more than there are steps: none of them is taken again
        with closing(opened(place, known, names)) as connection:
            connection.execute(NEWER_STEP[0])
    settings = default_folders(folder).settings_file
    settings.write_text('{"operator": "Dr A", "added_later": {"a": 1}}', encoding="utf-8")
    return folder


def test_that_everything_in_a_data_folder_of_this_version_opens_again(folder):
    with closing(MeasurementLog.open(folder)) as log:
        assert log.count() == 1
    with closing(DraftStore.open(folder)) as drafts:
        assert drafts.found().drafts == (a_draft(),)
    with closing(WaitingStore.open(folder)) as waiting:
        assert waiting.found().rows == (WAITS,)


@pytest.mark.parametrize("name", STORES)
def test_that_what_a_newer_version_left_is_refused_in_a_sentence_and_not_touched(folder, name):
    before = contents(upgraded(folder))

    with pytest.raises(FhcError, match="newer version") as refused:
        STORES[name].open(folder)

    assert "Install the newest version" in refused.value.remedy
    assert contents(folder) == before


def test_that_a_newer_versions_settings_hold_and_what_it_added_stays(folder):
    file = default_folders(upgraded(folder)).settings_file

    loaded = load_settings(file)
    save_settings(replace(loaded.settings, lens_open=False), file)

    assert loaded.settings.operator == "Dr A"
    assert loaded.notice is None
    assert '"added_later"' in file.read_text(encoding="utf-8")
