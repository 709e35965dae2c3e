"""Prepare: what the program needs before there is anything to see, and a window does not make."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fhc_desktop.imaging.readers import Readers
from fhc_desktop.storage.preferences.folders import Folders
from fhc_desktop.storage.preferences.settings import LoadedSettings, load_settings
from fhc_desktop.workflow.looker_process import LookerProcess

if TYPE_CHECKING:
    from fhc_desktop.own_process import Child


@dataclass(frozen=True, slots=True)
class Prepared:
    """Settings, networks that are not loaded yet, and readers; who has them closes the last two."""

    loaded: LoadedSettings
    looker: LookerProcess
    readers: Readers


def prepare(
    folders: Folders, model: Path | None, readers: Readers, begun: "Child | None" = None
) -> Prepared:
    """Read the settings, and say by them which networks are to look.

    ``begun`` is a process that is to have them and has been started already.
    """
    loaded = load_settings(folders.settings_file)
    looker = LookerProcess(model, loaded.settings.device, begun=begun)
    return Prepared(loaded, looker, readers)
