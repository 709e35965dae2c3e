"""The list of a run: its files in order, on the disk, so that it may be of any length."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ListedFile:
    """One file; ``problem`` says why it is not to be opened, and is empty of all others."""

    path: Path
    problem: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class FileList:
    """How many files there are, and the SHA-256 over their paths in order, in hexadecimal."""

    count: int
    sha256: str


def write_list(target: Path, files: Iterable[ListedFile]) -> FileList:
    """Write a list, file by file, and return what it comes to.

    Raises:
        OSError: it could not be written.
    """
    count, digest = 0, hashlib.sha256()
    with target.open("w", encoding="ascii", newline="\n") as lines:
        for file in files:
            path = json.dumps(str(file.path))  # in ASCII, whatever bytes a name is made of
            digest.update(path.encode() + b"\n")
            said = f",{json.dumps([file.problem, file.remedy])}" if file.problem else ""
            lines.write(f"[{path}{said}]\n")
            count += 1
    return FileList(count, digest.hexdigest())


def read_list(source: Path) -> Iterator[ListedFile]:
    """Yield the files of a list that was written, in order."""
    with source.open(encoding="ascii", newline="\n") as lines:
        for line in lines:
            path, *said = json.loads(line)
            yield ListedFile(Path(path), *(said[0] if said else ()))
