"""Measure an archive: a run in a folder of its own, which the same call goes on with.

The folder holds what the run is, the list of its files, a record of each that was measured, and in
the end the table of them all.
"""

from array import array
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from fhc_desktop.atomic_file import file_by_parts
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.image.calibration import CalibrationSource
from fhc_desktop.imaging.files.file_access import opened
from fhc_desktop.imaging.files.file_stamp import FileStamp, FileStamps
from fhc_desktop.imaging.loader import digest_of
from fhc_desktop.reporting.batch.batch import BatchRow, FailedFile
from fhc_desktop.reporting.batch.batch_cells import is_failure
from fhc_desktop.reporting.batch.batch_objects import row_object
from fhc_desktop.storage.runs.faults import RunUnavailable, said_by_system
from fhc_desktop.storage.runs.file_list import FileList, ListedFile, read_list, write_list
from fhc_desktop.storage.runs.journal import Journal
from fhc_desktop.storage.runs.run_description import (
    RunDescription,
    read_description,
    write_description,
)

DESCRIPTION, LIST, JOURNAL, REPORTS = "run.json", "files.jsonl", "journal.txt", "reports"
# What the file itself says of its scale; no table beside it has a word then.
_OWN_SCALES = {CalibrationSource.ULTRASOUND_REGION.value, CalibrationSource.PIXEL_SPACING.value}

Item = Path | FailedFile
Measuring = Callable[[Iterable[Item]], Generator[BatchRow, None, None]]


class AnotherRun(FhcError):  # noqa: N818 - named for what the user meets
    """The run in a folder is not the one that was called for; nothing of it was changed."""


@dataclass(frozen=True, slots=True)
class Due:
    """A file that is to be measured, with its number in the list."""

    number: int
    item: Item


class ArchiveRun:
    """A run that was begun, or is gone on with: what of it is done, and what is due."""

    def __init__(self, folder: Path, description: RunDescription) -> None:
        self.folder = folder
        self.description = description
        self._stamps = FileStamps()
        self._journal = Journal(folder / JOURNAL, description.files.count)
        self.torn_bytes = self._journal.lost_bytes

    @property
    def count(self) -> int:
        return self.description.files.count

    def due_numbers(self) -> "array[int]":
        """Return which files have no record yet, or one of another content; look at each once.

        Of a run that is complete those that could not be looked at are due again: whoever calls it
        once more may have seen to them.
        """
        is_again = self.is_complete
        found = array("q")
        for number, file in enumerate(read_list(self.folder / LIST)):
            record = self._journal.record(number)
            if record is None or self._has_changed(record, file, is_again=is_again):
                found.append(number)
        return found

    def measure(
        self, numbers: Iterable[int], measuring: Measuring
    ) -> Generator[BatchRow, None, None]:
        """Yield the rows of these files, in order, each once its record is kept.

        Raises:
            RunUnavailable: one could not be kept; those before it are.
        """
        waiting: deque[tuple[int, FileStamp]] = deque()

        def items() -> Iterator[Item]:
            for due in self._due(numbers):
                path = due.item.path if isinstance(due.item, FailedFile) else due.item
                # Looked at before it is read: what changes in between is found the next time.
                waiting.append((due.number, self._stamps.stamp(path)))
                yield due.item

        with closing(measuring(items())) as rows:
            for row in rows:
                number, stamp = waiting.popleft()
                self._journal.add(number, _record_of(row, stamp))
                yield row

    def told(self) -> Iterator[dict[str, Any]]:
        """Yield the object of each file's row in the order of the list."""
        for number in range(self.count):
            yield self._known(number)["row"]

    @property
    def is_complete(self) -> bool:
        return self._journal.done == self.count

    @property
    def done(self) -> int:
        """How many files have a record."""
        return self._journal.done

    @property
    def failed(self) -> int:
        """How many of a complete run's files failed, or lack a number that is withheld."""
        return sum(not self._known(number)["has_succeeded"] for number in range(self.count))

    def reports_folder(self) -> Path:
        """Return where the run's reports lie.

        Raises:
            RunUnavailable: there can be no such folder.
        """
        folder = self.folder.absolute() / REPORTS
        try:
            folder.mkdir(exist_ok=True)
        except OSError as cause:
            raise said_by_system(folder, cause) from cause
        return folder

    def close(self) -> None:
        self._journal.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _due(self, numbers: Iterable[int]) -> Iterator[Due]:
        wanted = iter(numbers)
        awaited = next(wanted, None)
        for number, file in enumerate(read_list(self.folder / LIST)):
            if awaited is None:
                return
            if number == awaited:
                yield Due(number, _item_of(file))
                awaited = next(wanted, None)

    def _known(self, number: int) -> dict[str, Any]:
        record = self._journal.record(number)
        if record is None:
            raise LookupError(number)
        return record

    def _has_changed(self, record: Mapping[str, Any], file: ListedFile, *, is_again: bool) -> bool:
        row = record["row"]
        if file.problem:
            return bool(row != row_object(_failed(file)))
        if record["stamp"] is None or (is_again and is_failure(row)) or self._lacks_report(row):
            return True
        stamp, before = self._stamps.stamp(file.path), _stamp_of(record["stamp"])
        if stamp.tables != before.tables and not _has_own_scale(row):
            return True
        if stamp.own == before.own:
            return False
        return is_failure(row) or row["sha256"] != _digest(file.path)

    def _lacks_report(self, row: Mapping[str, Any]) -> bool:
        name = row.get("report")
        return name is not None and not (name and (self.folder / REPORTS / name).is_file())


def begun_at(folder: Path) -> datetime | None:
    """Return when the run in a folder was begun; None where there is none yet.

    Raises:
        RunUnavailable: it cannot be read.
    """
    found = read_description(folder / DESCRIPTION)
    return None if found is None else found.begun


def open_run(
    folder: Path,
    items: Iterable[Item],
    describe: Callable[[FileList, Iterable[Path]], RunDescription],
) -> ArchiveRun:
    """Begin the run of a folder, or go on with it where it is the same one.

    ``items`` are listed on the disk first; ``describe`` is told what they come to, with the paths
    of those that can be opened, and says what is called for.

    Raises:
        AnotherRun: the folder has another run, or something that is none.
        RunUnavailable: it cannot be read or written, or another process works on it.
        FhcError: what ``describe`` may raise; nothing was begun then.
    """
    _make_folder(folder)
    before = read_description(folder / DESCRIPTION)
    try:
        with file_by_parts(folder / LIST) as draft:
            files = write_list(draft, map(_listed, items))
            paths = (file.path for file in read_list(draft) if not file.problem)
            wanted = describe(files, paths)
            if before is not None:
                _check_same(before, wanted, draft, folder)
    except OSError as cause:
        raise said_by_system(folder / LIST, cause) from cause
    if before is None:
        write_description(folder / DESCRIPTION, wanted)
    return ArchiveRun(folder, before or wanted)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
        names = {entry.name for entry in folder.iterdir() if not entry.name.startswith(".")}
    except OSError as cause:
        raise RunUnavailable(
            f"{folder} cannot be a folder of a run: {cause.strerror or cause}.",
            "Name another one with --run; the folder that it lies in must be there.",
        ) from cause
    # A call that was ended while it listed has left no more than its list.
    if names - {LIST} and DESCRIPTION not in names:
        raise AnotherRun(
            f"{folder} holds files, and no run.", "Name a new folder, or an empty one, with --run."
        )


def _check_same(before: RunDescription, wanted: RunDescription, draft: Path, folder: Path) -> None:
    differences = list(before.differences(wanted))
    if not differences:
        return
    if before.files != wanted.files:
        differences.append(_first_difference(folder / LIST, draft))
    raise AnotherRun(
        f"The run in {folder} is another one: {'; '.join(filter(None, differences))}.",
        "Call what it was begun with, or begin another run in a folder of its own.",
    )


def _first_difference(before: Path, draft: Path) -> str:
    with suppress(OSError):
        old, new = read_list(before), read_list(draft)
        while True:
            here, there = next(old, None), next(new, None)
            if here is None or there is None or here.path != there.path:
                first = there or here
                return "" if first is None else f"they part at {first.path}"
    return ""


def _listed(item: Item) -> ListedFile:
    if isinstance(item, FailedFile):
        return ListedFile(item.path, item.error, item.remedy)
    return ListedFile(item)


def _item_of(file: ListedFile) -> Item:
    return _failed(file) if file.problem else file.path


def _failed(file: ListedFile) -> FailedFile:
    return FailedFile(file.path, file.problem, file.remedy)


def _record_of(row: BatchRow, stamp: FileStamp) -> dict[str, Any]:
    may_pass = isinstance(row, FailedFile) and row.may_pass
    return {
        "stamp": None if may_pass or not stamp.own else [stamp.own, stamp.tables],
        "has_succeeded": row.has_succeeded,
        "row": row_object(row),
    }


def _stamp_of(told: Any) -> FileStamp:
    own, tables = told
    return FileStamp(tuple(own), tables)


def _has_own_scale(row: Mapping[str, Any]) -> bool:
    scale = row.get("calibration")
    return scale is not None and scale["source"] in _OWN_SCALES


def _digest(path: Path) -> str | None:
    try:
        with opened(path) as handle:
            return digest_of(handle, path)
    except FhcError:
        return None
