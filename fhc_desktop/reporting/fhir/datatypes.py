"""The parts that resources are made of: concepts, quantities, references (FHIR R4, 2.24)."""

import hashlib
from decimal import Decimal
from typing import Any
from uuid import UUID

from fhc_desktop.domain.examination.own_report import PRIVATE_SCHEME, PRIVATE_SCHEME_UID
from fhc_desktop.reporting.content.coded_numbers import CodedNumber
from fhc_desktop.reporting.content.codes import Code

Resource = dict[str, Any]

# What FHIR calls the schemes of PS3.16 (R4, 4.3.0.1).
SYSTEMS = {
    "LN": "http://loinc.org",
    "DCM": "http://dicom.nema.org/resources/ontology/DCM",
    "SCT": "http://snomed.info/sct",
    "UCUM": "http://unitsofmeasure.org",
    PRIVATE_SCHEME: f"urn:oid:{PRIVATE_SCHEME_UID}",
}


def concept(code: Code) -> Resource:
    return {"coding": [coding(code)], "text": code.meaning}


def coding(code: Code) -> Resource:
    return {"system": SYSTEMS[code.scheme], "code": code.value, "display": code.meaning}


def quantity(number: CodedNumber) -> Resource:
    """Return a number with the digits that are printed, and its unit of UCUM."""
    return {
        "value": Decimal(number.value),
        "unit": number.unit.meaning,
        "system": SYSTEMS[number.unit.scheme],
        "code": number.unit.value,
    }


def study_reference(uid: str, display: str = "") -> Resource:
    """Return a DICOM study by its UID: whoever receives it knows where the study lies."""
    reference: Resource = {
        "type": "ImagingStudy",
        "identifier": {"system": "urn:dicom:uid", "value": f"urn:oid:{uid}"},
    }
    return reference | ({"display": display} if display else {})


def urn_of(*parts: str) -> str:
    """Return the URN that belongs to these texts, always the same one."""
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()
    return f"urn:uuid:{UUID(bytes=digest[:16], version=5)}"


def told(**parts: Any) -> Resource:
    """Return a resource without the parts that there are none of: FHIR knows no empty element."""
    return {name: part for name, part in parts.items() if part not in ("", None, [], {})}
