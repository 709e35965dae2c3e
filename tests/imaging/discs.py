"""Discs for tests: drawn heads with the DICOMDIR that names them, and what copying makes of it."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pydicom
from pydicom.fileset import FileSet

from tests.heads import small_phantom, write_dicom

PATIENT = {"PatientID": "T0001", "PatientName": "Test^Field", "StudyID": "1", "StudyTime": "1015"}
FOLDER = ("PT000000", "ST000000", "SE000000")


def head(target, number=1, **attributes):
    """Write a head as one image of one series; ``number`` draws it and numbers it."""
    dataset = pydicom.dcmread(write_dicom(small_phantom(number), target))
    series = {"StudyInstanceUID": "1.2.3", "SeriesInstanceUID": "1.2.3.4", "SeriesNumber": 1}
    own = {"InstanceNumber": number, "SOPInstanceUID": f"1.2.3.4.{number}"}
    for keyword, value in {**PATIENT, **series, **own, **attributes}.items():
        setattr(dataset, keyword, value)
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    dataset.save_as(target)
    return target


def burnt(folder, count=2, **attributes):
    """Write a disc of so many images, ``PT000000/ST000000/SE000000/IM000000`` and so on."""
    disc = FileSet()
    with TemporaryDirectory() as drawn:
        for number in range(1, count + 1):
            disc.add(head(Path(drawn) / str(number), number, **attributes))
        disc.write(folder)
    return folder


def renamed(disc, rename):
    """Give each file of a disc, not its DICOMDIR, another name as copying does."""
    for file in sorted(disc.rglob("IM*")):
        file.rename(file.with_name(rename(file.name)))
    return disc
