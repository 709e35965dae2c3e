"""Prepare: what the program needs before there is anything to see, and a window does not make."""

from dataclasses import dataclass
from pathlib import Path

from fhc_desktop.imaging.readers import Readers
from fhc_desktop.storage.preferences.folders import Folders
from fhc_desktop.storage.preferences.settings import LoadedSettings, load_settings
from fhc_desktop.workflow.looker_process import LookerProcess


@dataclass(frozen=True, slots=True)
class Prepared:
    """Settings, networks that are not loaded yet, and readers; who has them closes the last two."""

    loaded: LoadedSettings
    looker: LookerProcess
    readers: Readers


def prepare(folders: Folders, model: Path | None, readers: Readers) -> Prepared:
    """Read the settings, and say by them which networks are to look."""
    loaded = load_settings(folders.settings_file)
    return Prepared(loaded, LookerProcess(model, loaded.settings.device), readers)
