"""Where the program keeps its things on this machine."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs

APPLICATION = "fhc-desktop"


@dataclass(frozen=True, slots=True)
class Folders:
    """``data`` holds the measurement log, ``config`` the settings; neither need exist yet."""

    data: Path
    config: Path

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.json"


def default_folders(data_dir: Path | None = None) -> Folders:
    """Return the folders that the system has for this user, or one that the user named for both."""
    if data_dir is not None:
        chosen = data_dir.expanduser().absolute()
        return Folders(data=chosen, config=chosen)
    return Folders(
        data=platformdirs.user_data_path(APPLICATION, appauthor=False),
        config=platformdirs.user_config_path(APPLICATION, appauthor=False),
    )
