"""An image as a list may name it: with folders or without, in other case, without its ending."""

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum

# What may lie beside a picture and go by its name without an ending.
_ENDINGS = (
    "png", "jpg", "jpeg", "jfif", "bmp", "dib", "tif", "tiff", "gif", "webp", "dcm", "dicom", "ima",
    "mp4", "mov", "avi",
)  # fmt: skip
_DRIVE = re.compile(r"[A-Za-z]:")


class Naming(IntEnum):
    """How well what was written fits an image."""

    NOT = 0
    ROUGHLY = 1
    EXACTLY = 2


@dataclass(frozen=True, slots=True)
class ListedImage:
    """An image by the folders above it, outermost first, and by its name.

    ``neighbours`` are the names of what lies beside it: a rough name may be theirs.
    """

    folders: tuple[str, ...]
    name: str
    neighbours: tuple[str, ...] = ()

    def named_by(self, written: str) -> Naming:
        """Return how well a name fits, which may be a path with slashes of either kind.

        The folders of a path must all be this image's. Of a whole path (from / or a drive) only
        the last one counts: the images may have come from another computer.
        """
        if written == self.name:
            return Naming.EXACTLY
        folders, name = _parted(written)
        if name == self.name:
            naming = Naming.EXACTLY
        elif _roughly(name, self.name):
            naming = Naming.ROUGHLY
        else:
            return Naming.NOT
        if not folders:
            return naming
        asked = folders[-1:] if _is_whole(written) else folders
        own = self.folders[-len(asked) :]
        is_own = [_plain(folder) for folder in asked] == [_plain(folder) for folder in own]
        return naming if is_own else Naming.NOT

    @property
    def entries(self) -> frozenset[str]:
        """What whatever names it is listed under, among others."""
        full = _plain(self.name)
        stem, _ = _stem_and_ending(full)
        return frozenset((full, stem))

    def others_named_by(self, written: str) -> tuple[str, ...]:
        """Return what else beside this image a name could mean."""
        _, name = _parted(written)
        beside = (composed(neighbour) for neighbour in self.neighbours)
        return tuple(other for other in beside if other != self.name and _roughly(name, other))

    def is_mentioned_in(self, text: str) -> bool:
        """Return whether its name stands anywhere in a text, as a word of its own.

        Without its ending it counts too, but for a name of digits, which any number could be.
        """
        stem, _ = _stem_and_ending(_plain(self.name))
        name = _plain(self.name) if stem.isdigit() else stem
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", _plain(text)) is not None


def entries_of(written: str) -> frozenset[str]:
    """Return what a name is listed under: an image that it names has one of these entries too."""
    _, name = _parted(written)
    return frozenset((_plain(written), _plain(name)))


def has_folder(written: str) -> bool:
    folders, _ = _parted(written)
    return bool(folders)


def is_picture_name(written: str) -> bool:
    """Return whether a text ends as the name of a picture does."""
    stem, ending = _stem_and_ending(_plain(written.strip()))
    return bool(stem) and bool(ending)


def composed(text: str) -> str:
    """Return a name as people read it: macOS composes accents differently from everybody else."""
    return unicodedata.normalize("NFC", text)


def _parted(written: str) -> tuple[list[str], str]:
    parts = composed(written).strip().replace("\\", "/").split("/")
    parts = [part for part in parts if part not in {"", ".", ".."} and not _DRIVE.fullmatch(part)]
    return parts[:-1], parts[-1] if parts else ""


def _is_whole(written: str) -> bool:
    return written.strip().startswith(("/", "\\")) or _DRIVE.match(written.strip()) is not None


def _roughly(written: str, name: str) -> bool:
    """Compare without case, and without the ending where only the file has one."""
    short, full = _plain(written), _plain(name)
    stem, ending = _stem_and_ending(full)
    return bool(short) and (short == full or (bool(ending) and short == stem))


def _stem_and_ending(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    return (stem, ending) if dot and ending in _ENDINGS else (name, "")


def _plain(text: str) -> str:
    return composed(text).casefold()
