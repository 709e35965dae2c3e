"""Where images lie together: a folder with all below it, or an archive."""

import os
import stat
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol, TypeVar

from fhc_desktop.domain.catalogue import Unlisted
from fhc_desktop.domain.natural_order import natural_order
from fhc_desktop.imaging.files.archive import Archive
from fhc_desktop.imaging.files.disc_names import disc_name, is_plain
from fhc_desktop.imaging.files.file_access import opened, unopened
from fhc_desktop.imaging.unreadable import shown_name

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

MOST_FILES = 10_000
_DEEPEST = 16


class Place(Protocol):
    """Where images lie together; ``unlisted`` are the files in it that are not opened at all."""

    @property
    def root(self) -> Path: ...

    @property
    def unlisted(self) -> list[Unlisted]: ...

    def files(self, most: int | None = MOST_FILES) -> Iterator[Path]:
        """Yield the files that may be images, in the order that people expect.

        Raises:
            OSError: the place itself cannot be read.
        """

    def opened(self, path: Path) -> AbstractContextManager[BinaryIO]:
        """Open one of them.

        Raises:
            UnreadableImage: why it cannot be opened.
        """

    def holds(self, path: Path) -> bool:
        """Say whether a file lies in this place, wherever its links lead."""

    def referenced(self, components: tuple[str, ...]) -> list[Path]:
        """Return the files in this place that a DICOMDIR may mean by these names.

        The one of exactly these names is meant; without it there may be none, or several.
        """


class FolderPlace:
    """A folder on a disk. Links to folders are not followed: they may lead round in a circle."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.unlisted: list[Unlisted] = []
        self._named: dict[Path, dict[str, list[Path]]] = {}

    def files(self, most: int | None = MOST_FILES) -> Iterator[Path]:
        """Tell of a folder below that cannot be read, and leave it out; None is no limit.

        Beside the folders that wait to be read only the names of one are held.
        """
        self.unlisted.clear()
        walked = self._walked()
        yield from islice(walked, most)
        if next(walked, None) is not None:
            self.unlisted.append(_too_many(self.root))

    def opened(self, path: Path) -> AbstractContextManager[BinaryIO]:
        return opened(path)

    def holds(self, path: Path) -> bool:
        return _lies_inside(path, self.root)

    def referenced(self, components: tuple[str, ...]) -> list[Path]:
        if not components or not all(map(is_plain, components)):
            return []
        found = [self.root]
        for component in components:
            found = [below for folder in found for below in self._called(folder, component)]
        # What may not be listed may still be opened by its name.
        exact = self.root.joinpath(*components)
        meant = [exact] if exact in found or not found else found
        return [file for file in meant if self.holds(file)]

    def _walked(self) -> Iterator[Path]:
        waiting = deque([(self.root, 0)])
        while waiting:
            folder, depth = waiting.popleft()
            names, folders = self._listed(folder, is_root=depth == 0)
            if depth < _DEEPEST:
                waiting += [(folder / below, depth + 1) for below in folders]
            yield from map(folder.joinpath, names)

    def _called(self, folder: Path, component: str) -> list[Path]:
        if folder not in self._named:
            try:
                below = sorted(folder.iterdir())
            except OSError:
                below = []
            self._named[folder] = _by(below, lambda path: disc_name(path.name))
        return self._named[folder].get(disc_name(component), [])

    def _listed(self, folder: Path, *, is_root: bool) -> tuple[list[str], list[str]]:
        files: list[str] = []
        folders: list[str] = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if _is_file(entry):
                        files.append(entry.name)
                    elif entry.is_dir(follow_symlinks=False):
                        folders.append(entry.name)
        except OSError as cause:
            if is_root:
                raise
            self.unlisted.append(Unlisted.of(folder, unopened(folder, cause)))
            return [], []
        return sorted(files, key=natural_order), sorted(folders, key=natural_order)


class ArchivePlace:
    """An archive that is open; its members are read where they lie, but for archives among them."""

    def __init__(self, archive: Archive) -> None:
        self.root = archive.path
        self.unlisted = list(archive.unlisted)
        self._archive = archive
        self._named = _by(archive.names, _key)

    def files(self, most: int | None = MOST_FILES) -> Iterator[Path]:
        names = [PurePosixPath(name) for name in self._archive.names]
        shown = [name for name in names if not any(part.startswith(".") for part in name.parts)]
        shown.sort(key=lambda name: (str(name.parent), natural_order(name.name)))
        return (self.root / name for name in islice(shown, most))

    def opened(self, path: Path) -> AbstractContextManager[BinaryIO]:
        return self._archive.opened(path)

    def holds(self, path: Path) -> bool:
        return path.is_relative_to(self.root)

    def referenced(self, components: tuple[str, ...]) -> list[Path]:
        if not all(map(is_plain, components)):
            return []
        exact = "/".join(components)
        found = self._named.get(_key(exact), [])
        return [self.root / name for name in ([exact] if exact in found else found)]


def _key(name: str) -> tuple[str, ...]:
    return tuple(map(disc_name, name.split("/")))


def _by(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    found: dict[K, list[T]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found


def _lies_inside(path: Path, root: Path) -> bool:
    """Say whether a path, wherever its links lead, is an ordinary file below a folder."""
    try:
        true = path.resolve(strict=True)
        return true.is_relative_to(root.resolve(strict=True)) and true.is_file()
    except (OSError, RuntimeError, ValueError):
        return False


def _is_file(entry: "os.DirEntry[str]") -> bool:
    """Say whether this is an ordinary file, or a link to one; never a pipe or a device.

    Raises:
        PermissionError: the folder gives names and nothing more.
    """
    try:
        return stat.S_ISREG(entry.stat().st_mode)
    except PermissionError:
        if entry.is_symlink():
            return False  # it leads to where one may not go
        raise
    except OSError:
        return False


def _too_many(root: Path) -> Unlisted:
    return Unlisted(
        root,
        f"{shown_name(root)} holds more than {MOST_FILES:,} files: the others are not listed.",
        "Open one of the folders below it.",
    )
