"""A ZIP archive whose members are read where they lie: nothing of it is unpacked to a disk.

A member's path is that of the archive with its name behind it, ``export.zip/study/IM1``, so that
it can be opened again like any file.
"""

import io
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, TypeVar, cast

from fhc_desktop.domain.catalogue import Unlisted
from fhc_desktop.imaging.unreadable import UnreadableImage, shown_name

T = TypeVar("T")

MOST_MEMBERS = 10_000
_MOST_LISTED_BYTES = 4 * 2**20  # of the archive's own table of contents
_LARGEST_MEMBER_BYTES = 2**30
_LARGEST_TOTAL_BYTES = 4 * 2**30
_LARGEST_RATIO = 200
_RATIO_COUNTS_FROM_BYTES = 2**20
_DEEPEST = 16
_LONGEST_NAME = 1024
_NAMELESS = "."  # what a path makes of an empty name
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED = 0x1
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ORDINARY_MODES = (0, stat.S_IFREG)
_PACK_AGAIN = "Export or copy the archive again, or unpack it and open the folder."


class Archive:
    """An open archive; ``names`` are those of its members that may be read."""

    def __init__(self, path: Path, packed: zipfile.ZipFile) -> None:
        self.path = path
        self._packed = packed
        self._members, self.unlisted = _sorted_out(path, packed.infolist())

    @property
    def names(self) -> list[str]:
        return list(self._members)

    def size_bytes(self, name: str) -> int:
        """Return how long a member says that it is; no more than that is ever read."""
        return self._members[name].file_size

    @contextmanager
    def opened(self, path: Path) -> Iterator[BinaryIO]:
        """Open a member by its path.

        Raises:
            UnreadableImage: it is not there, or not one that is read.
        """
        info = self._members.get(path.relative_to(self.path).as_posix())
        if info is None:
            raise self._refusal(path)
        if info.file_size == 0:
            raise UnreadableImage(
                f"{shown_name(path)} is empty.", "Export or copy the image again: this copy failed."
            )
        with _guarded(path, lambda: self._packed.open(info)) as member:
            yield cast("BinaryIO", _Member(path, member))

    def _refusal(self, path: Path) -> UnreadableImage:
        for refused in self.unlisted:
            if refused.path == path:
                return UnreadableImage(refused.problem, refused.remedy)
        return UnreadableImage(
            f"{shown_name(path)} is not in the archive {shown_name(self.path)}.", "Choose it again."
        )


def find_archive(path: Path) -> Path | None:
    """Return the archive that a path leads into; None where it leads to an ordinary place."""
    with suppress(OSError, ValueError):
        if path.exists():
            return None
        for above in path.parents:
            if above.is_file():
                return above if is_archive(above) else None
    return None


def is_archive(path: Path) -> bool:
    with suppress(OSError, ValueError), path.open("rb") as handle:
        return handle.read(4) in _MAGIC
    return False


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open an archive, refusing at once what is made to swell.

    Raises:
        UnreadableImage: it is damaged, or beyond the limits.
    """
    with ExitStack() as stack:
        try:
            handle = stack.enter_context(_Gate(path))
        except (OSError, ValueError) as cause:
            raise UnreadableImage(
                f"{shown_name(path)} cannot be opened.",
                "Check the drive or network, and try again.",
            ) from cause
        packed = stack.enter_context(_guarded(path, lambda: zipfile.ZipFile(handle)))
        _check_totals(path, packed.infolist(), os.fstat(handle.fileno()).st_size)
        yield Archive(path, packed)


class _Gate(io.FileIO):
    """The archive's bytes; its table of contents would otherwise be read whole, however long."""

    def read(self, size: int | None = -1) -> bytes:
        rest = os.fstat(self.fileno()).st_size - self.tell()
        wanted = rest if size is None or size < 0 else min(size, rest)
        if wanted > _MOST_LISTED_BYTES:
            raise zipfile.BadZipFile
        return super().read(max(0, wanted))


class _Member(io.RawIOBase):
    """A member as a file; what is wrong with its packing comes as a sentence."""

    def __init__(self, path: Path, member: Any) -> None:
        self._path = path
        self._member = member

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        piece = _guarded(self._path, lambda: self._member.read(len(target)))
        target[: len(piece)] = piece
        return len(piece)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return int(_guarded(self._path, lambda: self._member.seek(offset, whence)))

    def tell(self) -> int:
        return int(self._member.tell())


def _guarded(path: Path, work: Callable[[], T]) -> T:
    """Turn what zipfile raises over a damaged archive into a sentence.

    Over mutated archives it raises a dozen classes that have nothing in common, so the net is wide;
    only calls into zipfile belong inside.
    """
    try:
        return work()
    except Exception as cause:
        raise UnreadableImage(
            f"{shown_name(path)} is damaged or incomplete: its ZIP data cannot be unpacked.",
            _PACK_AGAIN,
        ) from cause


def _check_totals(path: Path, members: list[zipfile.ZipInfo], packed_bytes: int) -> None:
    total = sum(info.file_size for info in members)
    if len(members) > MOST_MEMBERS:
        raise _refused(path, f"holds more than {MOST_MEMBERS:,} files")
    if total > _LARGEST_TOTAL_BYTES:
        raise _refused(path, "unpacks to more than 4 GiB")
    if _swells(total, packed_bytes):
        raise _refused(path, f"unpacks to more than {_LARGEST_RATIO} times its size")


def _refused(path: Path, what: str) -> UnreadableImage:
    return UnreadableImage(
        f"{shown_name(path)} {what}, and is not opened.",
        "Export fewer images into one archive, or unpack it and open the folder.",
    )


def _swells(unpacked_bytes: int, packed_bytes: int) -> bool:
    return (
        unpacked_bytes > _RATIO_COUNTS_FROM_BYTES and unpacked_bytes > _LARGEST_RATIO * packed_bytes
    )


def _sorted_out(
    path: Path, members: list[zipfile.ZipInfo]
) -> tuple[dict[str, zipfile.ZipInfo], list[Unlisted]]:
    """Return the members that may be read by their name, and a sentence for each of the others."""
    readable: dict[str, zipfile.ZipInfo] = {}
    faults: dict[str, str] = {}
    for info in members:
        # Not ``is_dir``, which looks at the last letter of a name that may have none.
        if info.filename.endswith("/"):
            continue
        name = str(PurePosixPath(info.filename))
        if name in readable or name in faults:
            readable.pop(name, None)
            faults[name] = "is in the archive more than once, and none of these is opened"
            continue
        fault = _fault(info)
        if fault is None:
            readable[name] = info
        else:
            faults[name] = fault
    return readable, [_unlisted(path, name, fault) for name, fault in faults.items()]


def _unlisted(path: Path, name: str, fault: str) -> Unlisted:
    # Its own path may lead anywhere: it is shown, and never opened.
    member = path / PurePosixPath(name).name if _leads_out(name) else path / name
    shown = "A file without a name" if name == _NAMELESS else shown_name(Path(name))
    return Unlisted(member, f"{shown} {fault}.", _PACK_AGAIN)


def _fault(info: zipfile.ZipInfo) -> str | None:
    return next((words for is_so, words in _FAULTS if is_so(info)), None)


def _leads_out(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not parts or name.startswith("/") or ".." in parts or "\\" in name or ":" in name


_FAULTS: tuple[tuple[Callable[[zipfile.ZipInfo], bool], str], ...] = (
    (
        # zipfile ends a name at its first NUL.
        lambda info: str(PurePosixPath(info.filename)) == _NAMELESS,
        "is in the archive, and is not opened",
    ),
    (
        lambda info: _leads_out(info.filename) or "\0" in info.orig_filename,
        "has a path that leads out of the archive, and is not opened",
    ),
    (
        lambda info: (
            len(info.filename) > _LONGEST_NAME or len(PurePosixPath(info.filename).parts) > _DEEPEST
        ),
        "lies deeper in the archive than any export, and is not opened",
    ),
    (
        lambda info: stat.S_IFMT(info.external_attr >> 16) not in _ORDINARY_MODES,
        "is a link or a device and not a file, and is not opened",
    ),
    (lambda info: bool(info.flag_bits & _ENCRYPTED), "is locked with a password"),
    (
        lambda info: info.compress_type not in _PACKINGS,
        "is packed in a way that is not opened here: only plain and deflated files are",
    ),
    (
        lambda info: info.file_size > _LARGEST_MEMBER_BYTES,
        "unpacks to more than 1 GiB, which no image to measure does",
    ),
    (
        lambda info: _swells(info.file_size, info.compress_size),
        f"unpacks to more than {_LARGEST_RATIO} times its size, as no image does",
    ),
)
