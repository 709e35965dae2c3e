"""What a catalogue of a place has, in the order in which it is shown."""

from fhc_desktop.imaging.catalogue import list_images, read_catalogue
from tests.reading import READERS


def listed(path, **options):
    return read_catalogue(path, sandbox=READERS.catalogues, **options)


def in_order(path):
    """Return (path below the place, problem or None) of each item in the order of the place."""
    return [
        (item.path.relative_to(path).as_posix(), getattr(item, "problem", None))
        for item in list_images(path, sandbox=READERS.catalogues)
    ]


def paths_in(folder):
    return [item.path for item in list_images(folder, sandbox=READERS.catalogues)]


def names(catalogue):
    return [image.path.name for image in catalogue.images]


def faults(catalogue):
    return [unlisted.problem for unlisted in catalogue.unlisted]


def shape(catalogue):
    return [
        (
            patient.first.patient_name,
            [[len(series.images) for series in study.series] for study in patient.studies],
        )
        for patient in catalogue.patients
    ]
