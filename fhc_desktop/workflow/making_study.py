"""Make a reader study: copies of pictures under codes, a list for each reader, and the key."""

import csv
import hashlib
import io
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

import fhc_desktop
from fhc_desktop.atomic_file import PRIVATE_MODE, make_private_folder, write_atomically
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource, FileCalibration
from fhc_desktop.domain.reader_study.reader_study import (
    Plan,
    ReaderStudy,
    StudyPicture,
    UnusablePlan,
    drawn_lists,
)
from fhc_desktop.imaging.files.file_access import opened
from fhc_desktop.imaging.loader import LoadedImage
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.imaging.unreadable import shown_name
from fhc_desktop.reporting.batch.batch import FailedFile
from fhc_desktop.storage.reader_study.study_folder import PICTURES, write_study

TABLE_NAME = "pixel_size.csv"
_TABLE_HEADINGS = ("filename", "pixel width (mm)", "pixel height (mm)")
_KEY_HEADINGS = ("picture", "file", "sha256")
# Endings that say what a file is and not whose; any other is left off.
_ENDINGS = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".dcm", ".mp4", ".mov", ".avi")


class StudyNotMade(FhcError):  # noqa: N818 - named for what the user meets
    """Nothing was made, and what was begun of it is gone."""


@dataclass(frozen=True, slots=True)
class MadeStudy:
    """A study that was made; ``left_out`` are the files that are not in it, with the reason.

    ``unscaled`` are the codes of pictures without a scale of their own, ``naming`` counts those
    whose files name a patient, and ``clips`` those of which the first frame is read.
    """

    study: ReaderStudy
    left_out: tuple[FailedFile, ...]
    unscaled: tuple[str, ...]
    naming: int
    clips: int


@dataclass(frozen=True, slots=True)
class _Picture:
    path: Path
    sha256: str
    pixels_sha256: str
    calibration: FileCalibration
    names_patient: bool
    is_clip: bool

    @classmethod
    def of(cls, path: Path, loaded: LoadedImage) -> "_Picture":
        image, study = loaded.image, loaded.study
        return cls(
            path,
            image.source.sha256,
            image.pixels_sha256,
            loaded.calibration,
            names_patient=bool(study.patient_name or study.patient_id),
            is_clip=image.source.frame_count > 1,
        )

    @property
    def table_scale(self) -> Calibration | None:
        """The scale that a table beside the file gives, which a copy elsewhere would lose."""
        scales = [one.calibration for one in self.calibration.candidates]
        from_table = (CalibrationSource.PIXEL_SIZE_TABLE,)
        return scales[0] if scales and scales[0].source in from_table else None


def make_study(
    files: Iterable[Path | FailedFile],
    folder: Path,
    key: Path,
    plan: Plan,
    readers: Readers,
    *,
    now: datetime,
) -> MadeStudy:
    """Write a study into a new folder and its key, which leads back to the files, elsewhere.

    The same pixels are taken once: as a second picture they would be a repeat that no list knows.
    Each copy is read again and must give the digest and the scales of its file. ``now`` is in UTC.

    Raises:
        StudyNotMade: the folder or the key is there already or cannot be written, the key lies in
            the study, or a copy is not as its file.
        UnusablePlan: there are too few pictures for what is wanted.
    """
    _refuse_target(folder, key)
    rng = np.random.default_rng(plan.seed)
    pictures, left_out = _readable(files, readers)
    # The codes follow no order that the files had.
    shuffled = [pictures[place] for place in rng.permutation(len(pictures))]
    coded = {f"P{number:04d}": picture for number, picture in enumerate(shuffled, start=1)}
    lists = drawn_lists(list(coded), plan, rng)
    try:
        make_private_folder(folder / PICTURES)
        copies = tuple(_copied(code, one, folder / PICTURES) for code, one in coded.items())
        _write_table(coded, copies, folder / PICTURES)
        for copy, one in zip(copies, coded.values(), strict=True):
            _refuse_difference(one, folder / PICTURES / copy.file, readers)
        study = ReaderStudy(now, fhc_desktop.__version__, plan, copies, lists)
        write_atomically(key, _key_text(coded).encode("utf-8"), mode=PRIVATE_MODE)
        write_study(folder, study)
    except OSError as cause:
        shutil.rmtree(folder, ignore_errors=True)
        raise StudyNotMade(
            f"The study was not made: {cause.filename or folder} cannot be written "
            f"({cause.strerror or cause}).",
            "Choose another folder, or make room on the disk.",
        ) from cause
    except FhcError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return MadeStudy(
        study,
        tuple(left_out),
        unscaled=tuple(code for code, one in coded.items() if not one.calibration.candidates),
        naming=sum(one.names_patient for one in pictures),
        clips=sum(one.is_clip for one in pictures),
    )


def read_key(key: Path) -> dict[str, str]:
    """Return the file of each picture by its code.

    Raises:
        UnusablePlan: the file is no key.
    """
    try:
        with key.open(encoding="utf-8", newline="") as file:
            return {row["picture"]: row["file"] for row in csv.DictReader(file)}
    except (OSError, KeyError, UnicodeDecodeError, csv.Error) as cause:
        raise UnusablePlan(
            f"{key} is not the key of a study.", "Name the file that “study make” wrote beside it."
        ) from cause


def _refuse_target(folder: Path, key: Path) -> None:
    if key.exists() or folder.exists():
        there = key if key.exists() else folder
        raise StudyNotMade(
            f"{there} is there already, and a study is never written over another.",
            "Name another folder, or another key with --key.",
        )
    if key.absolute().is_relative_to(folder.absolute()):
        raise StudyNotMade(
            "The key must not lie in the study: whoever reads would have it.",
            "Name a place for it elsewhere with --key.",
        )


def _readable(
    files: Iterable[Path | FailedFile], readers: Readers
) -> tuple[list[_Picture], list[FailedFile]]:
    found: dict[str, _Picture] = {}
    left_out: list[FailedFile] = []
    for file in files:
        if isinstance(file, FailedFile):
            left_out.append(file)
            continue
        try:
            picture = _Picture.of(file, readers.images.load(file))
        except FhcError as fault:
            left_out.append(FailedFile(file, fault.problem, fault.remedy))
            continue
        same = found.get(picture.pixels_sha256)
        if same is None:
            found[picture.pixels_sha256] = picture
        else:
            words = f"{shown_name(file)} shows the same picture as {shown_name(same.path)}."
            left_out.append(FailedFile(file, words, "It is in the study once."))
    return list(found.values()), left_out


def _copied(code: str, picture: _Picture, folder: Path) -> StudyPicture:
    ending = picture.path.suffix.lower()
    name = f"{code}{ending if ending in _ENDINGS else ''}"
    with opened(picture.path) as file:
        content = file.read()
    if hashlib.sha256(content).hexdigest() != picture.sha256:
        raise StudyNotMade(
            f"{shown_name(picture.path)} was written to while it was copied.",
            "Wait until whatever writes it has finished, and make the study again.",
        )
    write_atomically(folder / name, content, mode=PRIVATE_MODE)
    return StudyPicture(code, name, picture.sha256)


def _write_table(coded: dict[str, _Picture], copies: Iterable[StudyPicture], folder: Path) -> None:
    """Write what tables beside the files say of their scales, for the copies' names."""
    rows = [
        (copy.file, repr(scale.mm_per_column), repr(scale.mm_per_row))
        for copy in copies
        if (scale := coded[copy.code].table_scale) is not None
    ]
    if rows:
        text = _csv_text([_TABLE_HEADINGS, *rows])
        write_atomically(folder / TABLE_NAME, text.encode("utf-8"), mode=PRIVATE_MODE)


def _refuse_difference(picture: _Picture, copy: Path, readers: Readers) -> None:
    again = _Picture.of(copy, readers.images.load(copy))
    scales = [
        [(scale.mm_per_column, scale.mm_per_row) for scale in _scales(one.calibration)]
        for one in (picture, again)
    ]
    # A scale that is withheld in the file is withheld in its copy, whatever words say why.
    if (picture.pixels_sha256, scales[0]) != (again.pixels_sha256, scales[1]):
        raise StudyNotMade(
            f"The copy of {shown_name(picture.path)} has not the scale of its file.",
            "Leave the file out, or give its scale in a table beside it.",
        )


def _scales(found: FileCalibration) -> list[Calibration]:
    return [] if found.objection is not None else [one.calibration for one in found.candidates]


def _key_text(coded: dict[str, _Picture]) -> str:
    rows = [(code, str(one.path.absolute()), one.sha256) for code, one in coded.items()]
    return _csv_text([_KEY_HEADINGS, *rows])


def _csv_text(rows: Iterable[tuple[str, ...]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue()
