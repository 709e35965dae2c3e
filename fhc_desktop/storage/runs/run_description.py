"""What a run is: by which program and model, with which options, over which files."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from fhc_desktop.atomic_file import write_to_any_disk
from fhc_desktop.domain.examination.proposal import ModelIdentity
from fhc_desktop.ordinary_file import read_ordinary_file
from fhc_desktop.plain_values import read, told
from fhc_desktop.storage.runs.faults import RunUnavailable, said_by_system
from fhc_desktop.storage.runs.file_list import FileList

_SHOWN_DIGITS = 12


@dataclass(frozen=True, slots=True)
class RunOption:
    """What was asked for by one option, in words that are the same whenever it is."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class RunDescription:
    """All that the rows of a run follow from but the files' content; ``begun`` has its zone.

    ``job`` is the verb of the command line, ``device`` what computes.
    """

    job: str
    program: str
    model: ModelIdentity
    device: str
    options: tuple[RunOption, ...]
    files: FileList
    begun: datetime

    @property
    def day(self) -> date:
        """The day after which a date in a file is left out, however long the run takes."""
        return self.begun.date()

    def differences(self, other: "RunDescription") -> tuple[str, ...]:
        """Return in words what another run has that this one has not; nothing of when it began."""
        return tuple(self._differences(other))

    def _differences(self, other: "RunDescription") -> Iterator[str]:
        pairs = (
            ("job", self.job, other.job),
            ("program", self.program, other.program),
            ("model", _model_words(self.model), _model_words(other.model)),
            ("device", self.device, other.device),
            *_option_pairs(self, other),
            ("list of files", _list_words(self.files), _list_words(other.files)),
        )
        for name, here, there in pairs:
            if here != there:
                yield f"the {name} was {here} and is {there}"


def write_description(target: Path, description: RunDescription) -> None:
    """Write what a run is, for the next call and for whoever reads its rows.

    Raises:
        RunUnavailable: it could not be written.
    """
    text = json.dumps(told(description), indent=2)
    try:
        write_to_any_disk(target, f"{text}\n".encode("ascii"))
    except OSError as cause:
        raise said_by_system(target, cause) from cause


def read_description(source: Path) -> RunDescription | None:
    """Return what the run in a folder is; None where none was begun.

    Raises:
        RunUnavailable: it cannot be read, or is not understood.
    """
    try:
        text = read_ordinary_file(source)
    except FileNotFoundError:
        return None
    except OSError as cause:
        raise said_by_system(source, cause) from cause
    try:
        found: RunDescription = read(RunDescription, json.loads(text))
    except (AttributeError, KeyError, TypeError, ValueError) as cause:
        raise RunUnavailable(
            f"{source.name} in {source.parent.name} is damaged, or of another version of the "
            "program.",
            "Begin another run in a folder of its own.",
        ) from cause
    return found


def _option_pairs(one: RunDescription, other: RunDescription) -> Iterator[tuple[str, str, str]]:
    here = {option.name: option.value for option in one.options}
    there = {option.name: option.value for option in other.options}
    for name in here | there:
        yield name, here.get(name, "none"), there.get(name, "none")


def _model_words(model: ModelIdentity) -> str:
    return f"{model.name} {model.version} ({model.sha256[:_SHOWN_DIGITS]})"


def _list_words(files: FileList) -> str:
    return f"of {files.count:,} ({files.sha256[:_SHOWN_DIGITS]})"
