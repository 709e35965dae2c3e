"""Which DICOM objects are Structured Reports, and which hold a PDF."""

# PS3.4 B.5: Basic Text SR and all the others are numbered below it.
_REPORT_CLASSES = "1.2.840.10008.5.1.4.1.1.88."
_DOCUMENT_CLASS = "1.2.840.10008.5.1.4.1.1.104.1"


def is_report_class(sop_class_uid: str) -> bool:
    return sop_class_uid.startswith(_REPORT_CLASSES)


def is_document_class(sop_class_uid: str) -> bool:
    return sop_class_uid == _DOCUMENT_CLASS
