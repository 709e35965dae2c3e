"""A folder, a DICOMDIR or a ZIP archive becomes a catalogue of the images in it.

Only headers are read, in the child process that decodes untrusted files.
"""

import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path

from fhc_desktop.domain.catalogue import Catalogue, ImageHeader, Unlisted, catalogued
from fhc_desktop.imaging.described_file import described, headers_in
from fhc_desktop.imaging.files.archive import open_archive
from fhc_desktop.imaging.files.disc_names import disc_name
from fhc_desktop.imaging.files.file_access import opened, unopened
from fhc_desktop.imaging.files.file_kind import (
    ARCHIVE,
    DICOM,
    DICOM_DIRECTORY,
    HEAD_BYTES,
    VIDEO,
    is_image,
    kind_of,
)
from fhc_desktop.imaging.files.places import MOST_FILES, ArchivePlace, FolderPlace, Place
from fhc_desktop.imaging.sandbox.sandbox import Sandbox
from fhc_desktop.imaging.unreadable import UnreadableImage, shown_name

_LARGEST_DIRECTORY_BYTES = 32 * 2**20
_IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".dcm", ".dicom")
_VIDEO_SUFFIXES = (".mp4", ".m4v", ".mov", ".avi")
_DIRECTORY_NAME = disc_name(DICOM_DIRECTORY)
_ANNOTATION_ENDING = "_annotation.png"


def is_catalogue(path: Path) -> bool:
    """Say whether a path is a folder, a DICOMDIR or a ZIP archive, by what it holds."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return True
        if not stat.S_ISREG(mode):
            return False
        with path.open("rb") as handle:
            return kind_of(handle.read(HEAD_BYTES)) in {ARCHIVE, DICOM_DIRECTORY}
    except (OSError, ValueError):
        return False


def read_catalogue(
    path: Path, *, sandbox: Sandbox, go_on: Callable[[], bool] = lambda: True
) -> Catalogue:
    """Return the images of a place as ``list_images`` finds them, grouped as DICOM does.

    Raises:
        UnreadableImage: the place itself cannot be read, or there is nothing in it.
    """
    items = list_images(path, sandbox=sandbox, go_on=go_on)
    unlisted = tuple(item for item in items if isinstance(item, Unlisted))
    images = catalogued(item for item in items if isinstance(item, ImageHeader))
    return Catalogue(path, images, unlisted)


def list_images(
    path: Path, *, sandbox: Sandbox, go_on: Callable[[], bool] = lambda: True
) -> list[ImageHeader | Unlisted]:
    """List what lies in a folder, what a DICOMDIR (or that of a folder) names, or an archive.

    A folder's own images come before those of its subfolders, image 2 before image 10. A file that
    is broken is listed in its place with its sentence and the others go on; one that is no image
    at all is passed over, as are HC18's annotations. ``go_on`` is asked between two files: the
    list ends where it says no, and where nobody would scroll any further.

    Raises:
        UnreadableImage: the place itself cannot be read, or there is nothing in it.
    """
    return list(_items(path, sandbox, go_on, most=MOST_FILES))


def images_in(path: Path, *, sandbox: Sandbox) -> Iterator[ImageHeader | Unlisted]:
    """Yield what ``list_images`` lists, one after the other, of folders of any size.

    Raises:
        UnreadableImage: the place itself cannot be read, or there was nothing in it.
    """
    return _items(path, sandbox, lambda: True, most=None)


def _items(
    path: Path, sandbox: Sandbox, go_on: Callable[[], bool], *, most: int | None
) -> Iterator[ImageHeader | Unlisted]:
    is_empty = True
    with _placed(path) as (place, directory):
        found: Iterable[ImageHeader | Unlisted] = _looked_through(place, sandbox, go_on, most)
        if directory is not None:
            found = _on_disc(place, directory, sandbox, go_on)
        # What is not listed is known once the others are.
        for item in chain(found, place.unlisted):
            is_empty = False
            yield item
    if is_empty:
        raise UnreadableImage(
            f"There are no images in {shown_name(path)}.",
            "Choose a folder, DICOMDIR or ZIP archive with PNG, JPEG, BMP, TIFF, DICOM or video "
            "files.",
        )


@contextmanager
def _placed(path: Path) -> Iterator[tuple[Place, Path | None]]:
    """Open the place that a path means, with the DICOMDIR that speaks for it if there is one."""
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError) as cause:
        raise unopened(path, cause) from cause
    if is_folder:
        folder = FolderPlace(path)
        yield folder, _directory_of(folder)
        return
    with opened(path) as handle:
        kind = kind_of(handle.read(HEAD_BYTES))
    if kind == DICOM_DIRECTORY:
        yield FolderPlace(path.parent), path
    elif kind == ARCHIVE:
        with open_archive(path) as archive:
            packed = ArchivePlace(archive)
            yield packed, _directory_of(packed)
    else:
        raise UnreadableImage(
            f"{shown_name(path)} is neither a folder, a DICOMDIR nor a ZIP archive.",
            "Choose one of these, or open the file as an image.",
        )


def _directory_of(place: Place) -> Path | None:
    found = place.referenced((DICOM_DIRECTORY,))
    # Several differ by what was added to the name when they were copied: any is a word on the rest.
    return min(found, key=lambda path: (len(path.name), path.name), default=None)


def _on_disc(
    place: Place, directory: Path, sandbox: Sandbox, go_on: Callable[[], bool]
) -> list[ImageHeader | Unlisted]:
    """List what a DICOMDIR names and what it forgot; all there is where it cannot be read."""
    try:
        with place.opened(directory) as handle:
            said = sandbox.describe(
                handle, directory, DICOM_DIRECTORY, most_bytes=_LARGEST_DIRECTORY_BYTES
            )
        headers = headers_in(said, directory)
    except UnreadableImage as fault:
        others = _looked_through(place, sandbox, go_on, MOST_FILES)
        return [Unlisted.of(directory, fault), *others]
    items: list[ImageHeader | Unlisted] = [] if headers else [_names_nothing(directory)]
    named: set[Path] = set()
    for header, file in headers:
        found = _of_dicom(place, file)
        if len(found) == 1:
            named.add(found[0])
            items.append(_at(found[0], header))
        else:
            items.append(_not_found(place, directory, file, found))
    return [*items, *_listed(place, _forgotten(place, named), sandbox, go_on)]


def _of_dicom(place: Place, file: tuple[str, ...]) -> list[Path]:
    """Return the files that are meant; of several those that are DICOM, which a DICOMDIR names."""
    found = place.referenced(file)
    return found if len(found) == 1 else [path for path in found if _kind(place, path) == DICOM]


def _forgotten(place: Place, named: set[Path]) -> Iterator[Path]:
    """Return the files of DICOM on a disc that are not named as images.

    What lies in a folder with a DICOMDIR of its own is another disc's. Other pictures on a disc
    belong to the programs that come with it.
    """
    try:
        files = list(place.files())
    except OSError as cause:
        place.unlisted.append(Unlisted.of(place.root, unopened(place.root, cause)))
        return iter(())
    others = {
        path.parent
        for path in files
        if disc_name(path.name) == _DIRECTORY_NAME
        and path.parent != place.root
        and _kind(place, path) == DICOM_DIRECTORY
    }
    return (
        path
        for path in files
        if path not in named
        and place.holds(path)
        and others.isdisjoint(path.parents)
        and _kind(place, path) == DICOM
    )


def _kind(place: Place, path: Path) -> str | None:
    try:
        with place.opened(path) as handle:
            return kind_of(handle.read(HEAD_BYTES))
    except UnreadableImage:
        return None


def _looked_through(
    place: Place, sandbox: Sandbox, go_on: Callable[[], bool], most: int | None
) -> Iterator[ImageHeader | Unlisted]:
    try:
        yield from _listed(place, place.files(most), sandbox, go_on)
    except OSError as cause:
        raise unopened(place.root, cause) from cause


def _listed(
    place: Place, files: Iterable[Path], sandbox: Sandbox, go_on: Callable[[], bool]
) -> Iterator[ImageHeader | Unlisted]:
    for path in files:
        if not go_on():
            break
        if _is_passed_over(path):
            continue
        try:
            yield from _described(place, path, sandbox)
        except UnreadableImage as fault:
            yield Unlisted.of(path, fault)


def _described(place: Place, path: Path, sandbox: Sandbox) -> list[ImageHeader]:
    """Return the header of an image; nothing where the file is none and does not claim to be."""
    try:
        with place.opened(path) as handle:
            kind = kind_of(handle.read(HEAD_BYTES))
            if kind == VIDEO:
                return [ImageHeader(path)]  # its header may lie at its end: it is opened when asked
            if kind is not None and is_image(kind):
                said = described(sandbox, handle, path, kind)
                return [_at(path, header) for header, _ in headers_in(said, path)]
    except UnreadableImage:
        if _is_nothing(place, path):
            return []
        raise
    if kind == ARCHIVE and _is_called_archive(path):
        raise _unopened_archive(path, is_packed=isinstance(place, ArchivePlace))
    if _is_called_image(path):
        raise UnreadableImage(
            f"{shown_name(path)} is not an image, whatever its name says.",
            "Export the image again from the scanner, or copy the file again.",
        )
    return []


def _is_nothing(place: Place, path: Path) -> bool:
    """Say whether an unreadable file has neither an image's name nor an image's first bytes."""
    if _is_called_image(path):
        return False
    try:
        with place.opened(path) as handle:
            return kind_of(handle.read(HEAD_BYTES)) is None
    except UnreadableImage:
        return True


def _at(path: Path, header: ImageHeader) -> ImageHeader:
    return replace(header, path=path)


def _is_passed_over(path: Path) -> bool:
    """Say whether a file is by its name none to measure: hidden, an annotation, a directory."""
    name = path.name.lower()
    return (
        name.startswith(".")
        or name.endswith(_ANNOTATION_ENDING)
        or disc_name(name) == _DIRECTORY_NAME
    )


def _is_called_image(path: Path) -> bool:
    return path.suffix.lower() in (*_IMAGE_SUFFIXES, *_VIDEO_SUFFIXES)


def _is_called_archive(path: Path) -> bool:
    # Documents of many programs are ZIP archives by their content.
    return path.suffix.lower() in {"", ".zip"}


def _unopened_archive(path: Path, *, is_packed: bool) -> UnreadableImage:
    """Return what to do with an archive that lies among the images of a place."""
    if is_packed:
        return UnreadableImage(
            f"{shown_name(path)} is an archive inside an archive and is not opened.",
            "Unpack it first.",
        )
    return UnreadableImage(
        f"{shown_name(path)} is a ZIP archive and is not looked through with its folder.",
        "Open the archive by itself.",
    )


def _names_nothing(directory: Path) -> Unlisted:
    return Unlisted(
        directory,
        f"{shown_name(directory)} names no image.",
        "Open one of the folders beside it.",
    )


def _not_found(place: Place, directory: Path, file: tuple[str, ...], found: list[Path]) -> Unlisted:
    named = "/".join(file) or "a file without a name"
    name = Path("".join(c if c.isprintable() else "?" for c in named))
    says = f"{shown_name(directory)} names {str(name)[:80]}"
    what, remedy = ", which is not there.", "Copy the whole disc or folder again."
    if found:
        spellings = " and ".join(shown_name(path) for path in found)
        what = f", and {spellings} may each be that: they are listed by what they say."
        remedy = "Compare them, and delete the one that does not belong to this disc."
    return Unlisted(place.root / name.name, f"{says}{what}", remedy)
