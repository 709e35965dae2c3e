"""Prepare: what the program needs before there is anything to see, and a window does not make."""

from dataclasses import dataclass
from pathlib import Path

from fhc_desktop.imaging.readers import Readers
from fhc_desktop.storage.preferences.folders import Folders
from fhc_desktop.storage.preferences.settings import LoadedSettings, load_settings
from fhc_desktop.workflow.proposing import LazySegmenter


@dataclass(frozen=True, slots=True)
class Prepared:
    """Settings, the network that is not loaded yet, and readers; who has them closes these."""

    loaded: LoadedSettings
    segmenter: LazySegmenter
    readers: Readers


def prepare(folders: Folders, model: Path | None) -> Prepared:
    """Read the settings and start the decoder, so that the first image need not wait for it."""
    readers = Readers()
    readers.start()
    loaded = load_settings(folders.settings_file)
    return Prepared(loaded, LazySegmenter(model, loaded.settings.device), readers)
