"""Reports of a study as values, beside the image of ``tests.reporting.examinations``."""

from fhc_desktop.domain.examination.own_report import OwnReport
from fhc_desktop.domain.examination.structured_report import (
    ReportedImage,
    ReportedMeasurement,
    ReportsBeside,
    StructuredReport,
    TransmittedCode,
)

IMAGE = "1.2.3.4.5"
MM, CM = TransmittedCode("mm", "UCUM", "mm"), TransmittedCode("cm", "UCUM", "cm")
HC = TransmittedCode("11984-2", "LN", "Head Circumference")
BPD = TransmittedCode("11820-8", "LN", "Biparietal Diameter")
OFD = TransmittedCode("11851-3", "LN", "Occipital-Frontal Diameter")


def told(name=HC, value="172.0", unit=MM, *, frames=None, uid=IMAGE, **more):
    images = () if frames is None else (ReportedImage(uid, tuple(frames)),)
    return ReportedMeasurement(name, value, unit, images=images, **more)


def report(*measurements, **changes):
    parts = {
        "name": "SR1.dcm",
        "title": TransmittedCode("125000", "DCM", "OB-GYN Ultrasound Procedure Report"),
        "instance_uid": "1.2.3.4.6",
        "study_uid": "1.2.3.4",
        "patient_id": "4711",
        "device": "Example Console 9",
        "is_partial": False,
        "is_verified": False,
    }
    return StructuredReport(**(parts | changes), measurements=measurements)


def own_report(*measurements, outline_px=None, accepted_at="2026-11-23 12:40", **changes):
    """A report that this program wrote before, of a measurement that Dr Who accepted."""
    own = OwnReport("Who, Dr", accepted_at, outline_px, is_whole=True)
    return report(*measurements, **({"name": "SR0.dcm", "own": own} | changes))


def beside(*measurements, **changes):
    return ReportsBeside(IMAGE, (report(*measurements, **changes),))
