"""A reader study's folder: what was decided, the pictures' copies, and the readers' files.

    study.json          the lists, the pictures' digests and what of them is shown
    pictures/           a copy of each picture under its code
    reads/READER.jsonl  a line for each read, never changed: see ``reads_file``
    reads/READER.unfinished.json  the outline that she has not accepted yet

Which file a picture was copied from stands in the key alone, which lies elsewhere.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fhc_desktop.atomic_file import PRIVATE_MODE, write_atomically
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.reader_study.reader_study import ReaderStudy
from fhc_desktop.plain_values import read, told

LIST_NAME, PICTURES, READS = "study.json", "pictures", "reads"
_FORM = "fhc-desktop reader study 1"
_LARGEST_BYTES = 64 * 2**20


class NoStudy(FhcError):  # noqa: N818 - named for what the user meets
    """A folder that is none of a reader study, or whose list was altered."""


@dataclass(frozen=True, slots=True)
class StudyFolder:
    """A study and where it lies; ``sha256`` is the digest of its list as it stands on the disk."""

    path: Path
    study: ReaderStudy
    sha256: str

    def picture_path(self, code: str) -> Path:
        return self.path / PICTURES / self.study.picture(code).file

    def reads_path(self, reader: str) -> Path:
        return self.path / READS / f"{reader}.jsonl"

    def unfinished_path(self, reader: str) -> Path:
        return self.path / READS / f"{reader}.unfinished.json"


def write_study(folder: Path, study: ReaderStudy) -> None:
    """Write what was decided; a folder becomes a study by it.

    Raises:
        OSError: the disk does not take it.
    """
    text = json.dumps({"form": _FORM, **told(study)}, indent=1)
    write_atomically(folder / LIST_NAME, text.encode("utf-8"), mode=PRIVATE_MODE)


def open_study(folder: Path) -> StudyFolder:
    """Read a study.

    Raises:
        NoStudy: there is none, or another version of the program wrote it, or it was altered.
    """
    try:
        with (folder / LIST_NAME).open("rb") as file:
            content = file.read(_LARGEST_BYTES)
    except OSError as cause:
        raise NoStudy(
            f"{folder} is no reader study: it has no {LIST_NAME} to read.",
            "Name the folder that “fhc-desktop study make” wrote.",
        ) from cause
    try:
        study = _study_of(json.loads(content))
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError, FhcError) as cause:
        raise NoStudy(
            f"{folder / LIST_NAME} is not understood: another version of the program wrote it, or "
            "it was altered.",
            "Take the list as it was made, from a copy of the study.",
        ) from cause
    return StudyFolder(folder, study, hashlib.sha256(content).hexdigest())


def _study_of(said: dict[str, Any]) -> ReaderStudy:
    study: ReaderStudy = read(ReaderStudy, said)
    # A list that came by mail must not lead out of its folder.
    if said["form"] != _FORM or any(Path(one.file).name != one.file for one in study.pictures):
        raise ValueError(said["form"])
    return study
