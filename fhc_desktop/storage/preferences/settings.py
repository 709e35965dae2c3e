"""What the user prefers: defaults in the code, and a file with what differs from them."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from fhc_desktop.atomic_file import PRIVATE_MODE, make_private_folder, write_atomically
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST
from fhc_desktop.ordinary_file import read_ordinary_file

RECENT_FILES = 10


class SettingsNotSaved(FhcError):  # noqa: N818 - named for what the user meets
    """The settings file could not be written; the old one is untouched."""


class _Broken(Exception):  # noqa: N818 - a finding between two functions, not an error of anyone's
    """The file is there but holds no settings."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Preferences; ``recent_files`` are paths, the newest first, and none where none are kept.

    ``standard_key`` names the growth standard of the next image, ``nichd_groups`` are the keys of
    the charts by group that the user asked for herself, ``local_charts`` the paths of chart files.
    ``log_filters`` are those of the log's window that were given a name, as it writes them, and
    ``hidden_log_columns`` the columns that are not shown there. ``report_forms`` are those in which
    a report was filed last, ``report_paper`` its paper; empty is the one that is usual here.
    ``institution_name``, its ``institution_address`` of one line or more, and the path of its
    ``institution_logo`` stand at the head of reports.
    """

    operator: str = ""
    device: str = "auto"
    recent_files: tuple[str, ...] = ()
    recent_files_kept: bool = True
    standard_key: str = INTERGROWTH_21ST.key
    nichd_groups: tuple[str, ...] = ()
    local_charts: tuple[str, ...] = ()
    lens_open: bool = True
    log_filters: tuple[str, ...] = ()
    hidden_log_columns: tuple[str, ...] = ()
    report_forms: tuple[str, ...] = ("pdf",)
    report_paper: str = ""
    institution_name: str = ""
    institution_address: str = ""
    institution_logo: str = ""


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings in force, and a sentence for the user where they are not those of the file."""

    settings: Settings
    notice: str | None = None


_KNOWN = frozenset(field.name for field in fields(Settings))


def with_recent(settings: Settings, path: Path) -> Settings:
    """Return settings that name a file as the newest of at most ten, and once only.

    Where no recent files are kept, nothing of the path is.
    """
    if not settings.recent_files_kept:
        return settings
    others = tuple(known for known in settings.recent_files if known != str(path))
    return replace(settings, recent_files=(str(path), *others)[:RECENT_FILES])


def without_recent(settings: Settings) -> Settings:
    return replace(settings, recent_files=())


def without_recent_from_now_on(settings: Settings) -> Settings:
    return replace(without_recent(settings), recent_files_kept=False)


def load_settings(path: Path) -> LoadedSettings:
    """Return the settings; a broken file gives the defaults and is kept beside as ``.broken``."""
    try:
        return LoadedSettings(_settings_of(_overrides(path)))
    except _Broken:
        return LoadedSettings(Settings(), _set_aside(path))
    except OSError as cause:
        return LoadedSettings(
            Settings(),
            f"The settings file {path} cannot be read ({cause.strerror}): "
            "the defaults are in force.",
        )


def save_settings(settings: Settings, path: Path) -> None:
    """Write what differs from the defaults; keys that this version does not know stay."""
    try:
        make_private_folder(path.parent)
        content = _foreign_keys(path) | _differences(settings)
        # Names of recent files may name patients: the file is the user's alone.
        write_atomically(path, _as_json(content), mode=PRIVATE_MODE)
    except OSError as cause:
        raise SettingsNotSaved(
            f"The settings could not be saved in {path.parent} ({cause.strerror}).",
            "Make room on the disk, or ask for permission to write in that folder.",
        ) from cause


def discard_broken(path: Path) -> None:
    """Remove what was set aside of a damaged settings file: it may name recent files.

    Raises:
        SettingsNotSaved: it is still there.
    """
    try:
        _broken(path).unlink(missing_ok=True)
    except OSError as cause:
        raise SettingsNotSaved(
            f"{_broken(path)} could not be removed ({cause.strerror}); it may name recent files.",
            "Remove it by hand, or ask for permission to write in that folder.",
        ) from cause


def _overrides(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(read_ordinary_file(path))
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError) as cause:
        raise _Broken from cause
    if not isinstance(content, dict):
        raise _Broken
    return content


def _settings_of(overrides: Mapping[str, Any]) -> Settings:
    """Return settings in which every value has the type that the program relies on."""
    defaults, known = Settings(), {}
    for name in _KNOWN & overrides.keys():
        value = overrides[name]
        if isinstance(getattr(defaults, name), tuple):
            if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
                raise _Broken
            value = tuple(value)
        elif type(value) is not type(getattr(defaults, name)):
            raise _Broken
        known[name] = value
    settings = Settings(**known)
    # A version that does not know the switch may have added some.
    most = RECENT_FILES if settings.recent_files_kept else 0
    return replace(settings, recent_files=settings.recent_files[:most])


def _broken(path: Path) -> Path:
    return path.with_name(f"{path.name}.broken")


def _set_aside(path: Path) -> str:
    broken = _broken(path)
    try:
        path.replace(broken)
    except OSError:
        return f"The settings file {path} is damaged: the defaults are in force."
    return f"The settings file was damaged: the defaults are in force. It was kept as {broken}."


def _foreign_keys(path: Path) -> dict[str, Any]:
    try:
        overrides = _overrides(path)
    except _Broken:
        _set_aside(path)
        return {}
    return {name: value for name, value in overrides.items() if name not in _KNOWN}


def _differences(settings: Settings) -> dict[str, Any]:
    defaults = asdict(Settings())
    return {name: value for name, value in asdict(settings).items() if value != defaults[name]}


def _as_json(content: Mapping[str, Any]) -> bytes:
    # ASCII escapes carry any text, even the half characters of a file name that is not UTF-8.
    return (json.dumps(content, indent=2, sort_keys=True) + "\n").encode("ascii")
