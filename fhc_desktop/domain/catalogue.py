"""What lies in a folder, on a disc or in an archive: patients, their studies, series and images."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.natural_order import natural_order

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ImageHeader:
    """What is known of an image without its pixels; empty or None where the file is silent.

    ``is_report``: it is a Structured Report, which lies among the images of its study.
    """

    path: Path
    patient_id: str = ""
    patient_name: str = ""
    study_uid: str = ""
    study_date: date | None = None
    study_description: str = ""
    series_uid: str = ""
    series_number: int | None = None
    series_description: str = ""
    modality: str = ""
    instance_uid: str = ""
    instance_number: int | None = None
    frame_count: int | None = None
    rows: int | None = None
    columns: int | None = None
    is_report: bool = False


@dataclass(frozen=True, slots=True)
class ListedSeries:
    """Images of one series; those without a header are together by their folder."""

    images: tuple[ImageHeader, ...]

    @property
    def first(self) -> ImageHeader:
        return self.images[0]

    @property
    def is_folder(self) -> bool:
        """Whether a folder is all that holds these together."""
        return not self.first.series_uid


@dataclass(frozen=True, slots=True)
class ListedStudy:
    """The series of one study."""

    series: tuple[ListedSeries, ...]

    @property
    def first(self) -> ImageHeader:
        return self.series[0].first


@dataclass(frozen=True, slots=True)
class ListedPatient:
    """One identifier and one spelling of a name: what differs in either is somebody else."""

    studies: tuple[ListedStudy, ...]

    @property
    def first(self) -> ImageHeader:
        return self.studies[0].first

    @property
    def is_named(self) -> bool:
        return bool(self.first.patient_id or self.first.patient_name)


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A file that should have been an image, and why it is none."""

    path: Path
    problem: str
    remedy: str

    @classmethod
    def of(cls, path: Path, fault: FhcError) -> "Unlisted":
        return cls(path, fault.problem, fault.remedy)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that was found in one place, and all that could not be listed there."""

    source: Path
    patients: tuple[ListedPatient, ...] = ()
    unlisted: tuple[Unlisted, ...] = ()

    @property
    def images(self) -> tuple[ImageHeader, ...]:
        """The images in the order in which they are listed."""
        return tuple(one for one in self._listed if not one.is_report)

    @property
    def reports(self) -> tuple[ImageHeader, ...]:
        """The Structured Reports among them."""
        return tuple(one for one in self._listed if one.is_report)

    @property
    def _listed(self) -> tuple[ImageHeader, ...]:
        return tuple(
            image
            for patient in self.patients
            for study in patient.studies
            for series in study.series
            for image in series.images
        )


def catalogued(headers: Iterable[ImageHeader]) -> tuple[ListedPatient, ...]:
    """Group images as DICOM does, patients by name and all below by date and number.

    Images without a patient come last.
    """
    patients = [
        ListedPatient(_studies(images))
        for images in _grouped(headers, lambda image: (image.patient_id, image.patient_name))
    ]
    return tuple(
        sorted(
            patients,
            key=lambda patient: (
                not patient.is_named,
                natural_order(patient.first.patient_name),
                natural_order(patient.first.patient_id),
            ),
        )
    )


def _studies(images: list[ImageHeader]) -> tuple[ListedStudy, ...]:
    studies = [
        ListedStudy(_series(group)) for group in _grouped(images, lambda image: image.study_uid)
    ]
    return tuple(
        sorted(
            studies,
            key=lambda study: (
                study.first.study_date or date.max,
                natural_order(study.first.study_description),
            ),
        )
    )


def _series(images: list[ImageHeader]) -> tuple[ListedSeries, ...]:
    groups = _grouped(
        images, lambda image: (image.series_uid, "" if image.series_uid else image.path.parent)
    )
    series = [ListedSeries(tuple(sorted(group, key=_image_order))) for group in groups]
    return tuple(
        sorted(
            series,
            key=lambda listed: (
                _number_order(listed.first.series_number),
                natural_order(str(listed.first.path.parent)),
            ),
        )
    )


def _image_order(image: ImageHeader) -> tuple[object, ...]:
    return _number_order(image.instance_number), natural_order(image.path.name), str(image.path)


def _number_order(number: int | None) -> tuple[bool, int]:
    return number is None, number or 0


def _grouped(items: Iterable[T], key: Callable[[T], object]) -> list[list[T]]:
    groups: dict[object, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.values())
