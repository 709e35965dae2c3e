"""Which DICOM objects are Structured Reports."""

# PS3.4 B.5: Basic Text SR and all the others are numbered below it.
_REPORT_CLASSES = "1.2.840.10008.5.1.4.1.1.88."


def is_report_class(sop_class_uid: str) -> bool:
    return sop_class_uid.startswith(_REPORT_CLASSES)
