"""A report as a FHIR R4 Bundle: DiagnosticReport, Observations, Patient and Devices.

It is a collection whose entries know each other by URNs that follow from what they say: the same
report gives the same bytes. What is used has the same form in R4 and R4B.
"""

import hashlib
import html

from fhc_desktop.reporting.content.coded_content import CodedContent, CodedModel
from fhc_desktop.reporting.content.codes import Code
from fhc_desktop.reporting.content.rows import Row
from fhc_desktop.reporting.fhir.datatypes import (
    Resource,
    concept,
    study_reference,
    told,
    urn_of,
)
from fhc_desktop.reporting.fhir.json_text import json_text
from fhc_desktop.reporting.fhir.observations import Common, observations

_XHTML = "http://www.w3.org/1999/xhtml"
# R4 has no note for a report, R5 has (hl7.org/fhir/uv/xver-r5.r4); a conclusion is something else.
_NOTE = "http://hl7.org/fhir/5.0/StructureDefinition/extension-DiagnosticReport.note"
# CID 12024: it is the report's title in the DICOM object too.
_CODE = Code("125000", "DCM", "OB-GYN Ultrasound Procedure Report")
# HL7's table of diagnostic services.
_CATEGORY = {
    "system": "http://terminology.hl7.org/CodeSystem/v2-0074",
    "code": "OUS",
    "display": "OB Ultrasound",
}


def bundle_bytes(coded: CodedContent) -> bytes:
    """Return the report as a JSON file."""
    return json_text(bundle(coded)).encode("ascii")


def bundle(coded: CodedContent) -> Resource:
    """Return the report; one that nobody accepted is ``preliminary`` in each of its resources.

    An accepted one is ``final``, be it a correction or not: which report of which system it
    replaces is not for this program to say.
    """
    base = _base(coded)
    patient, program = urn_of(base, "patient"), urn_of(base, "program")
    common = Common(
        base=base,
        status="final" if coded.standing.is_accepted else "preliminary",
        subject={"reference": patient},
        performer=[{"display": coded.standing.operator}] if coded.standing.operator else [],
        day="" if coded.exam_date is None else coded.exam_date.isoformat(),
        device={"reference": program},
    )
    found = observations(coded, common)
    entries = [
        (common.urn("report"), _report(coded, common, [urn for urn, _ in found])),
        *found,
        (patient, _patient(coded)),
        (program, _program(coded)),
    ]
    if coded.model is not None:
        entries.append((urn_of(base, "model"), _model(coded.model, program)))
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": coded.report.created.isoformat(),
        "entry": [{"fullUrl": urn, "resource": resource} for urn, resource in entries],
    }


def _base(coded: CodedContent) -> str:
    """Return what tells this report from every other: a digest of all that it says."""
    said = [f"{row.label}\0{row.value}\0{row.note}" for row in coded.statements]
    told_of = "\n".join((coded.study.uid, *said))
    return hashlib.sha256(told_of.encode("utf-8", "surrogatepass")).hexdigest()


def _report(coded: CodedContent, common: Common, results: list[str]) -> Resource:
    standing, study = coded.standing, coded.study
    return told(
        resourceType="DiagnosticReport",
        text={"status": "generated", "div": _narrative(coded)},
        extension=_comment(coded),
        identifier=_entry(standing.entry_id),
        status=common.status,
        category=[{"coding": [_CATEGORY]}],
        code=concept(_CODE),
        subject=common.subject,
        effectiveDateTime=common.day,
        issued=coded.report.created.isoformat(),
        performer=common.performer,
        resultsInterpreter=common.performer,
        result=[{"reference": urn} for urn in results],
        # A study that was made for the picture is known to no archive.
        imagingStudy=[] if study.own_reason else [study_reference(study.uid)],
        conclusion=standing.draft_reason,
    )


def _entry(entry_id: str | None) -> list[Resource]:
    """Return the row of the log, by which the report is found again where it was made."""
    if entry_id is None:
        return []
    return [{"type": {"text": "Row of the measurement log"}, "value": entry_id}]


def _comment(coded: CodedContent) -> list[Resource]:
    """Return what the operator says, as the note that a report has from R5 on."""
    words = "\n".join(coded.report.comment)
    note = told(authorString=coded.standing.operator, text=words)
    return [{"url": _NOTE, "valueAnnotation": note}] if words else []


def _patient(coded: CodedContent) -> Resource:
    patient = coded.patient
    number = told(value=patient.identifier, assigner=told(display=patient.issuer))
    return told(
        resourceType="Patient",
        identifier=[number] if patient.identifier else [],
        name=[_name(patient.name, patient.coded_name)] if patient.name else [],
        birthDate="" if patient.birth_date is None else patient.birth_date.isoformat(),
    )


def _name(shown: str, coded_name: str) -> Resource:
    """Return a name as it is shown, and its parts as its first group has them (PS3.5 6.2.1)."""
    family, _, given = coded_name.partition("=")[0].partition("^")
    return told(text=shown, family=family, given=[part for part in given.split("^")[:2] if part])


def _program(coded: CodedContent) -> Resource:
    name, _, version = coded.report.software.rpartition(" ")
    return told(
        resourceType="Device",
        deviceName=[{"name": name, "type": "model-name"}],
        version=[{"value": version}],
        note=[{"text": coded.report.disclaimer}],
    )


def _model(model: CodedModel, program: str) -> Resource:
    """Return what proposed the outline, as a part of the program."""
    return told(
        resourceType="Device",
        deviceName=[{"name": model.name, "type": "model-name"}],
        version=[
            {"value": model.version},
            {"type": {"text": "SHA-256, its first digits"}, "value": model.digest},
        ],
        parent={"reference": program},
    )


def _narrative(coded: CodedContent) -> str:
    """Return all that the report says, for whoever reads it without a program."""
    report = coded.report
    rows = "".join(map(_row, coded.statements))
    return (
        f'<div xmlns="{_XHTML}"><h1>{_escaped(report.title)}</h1><table>{rows}</table>'
        f"<p>{_escaped(report.disclaimer)} {_escaped(report.software)}</p></div>"
    )


def _row(row: Row) -> str:
    cells = "".join(f"<td>{_escaped(part)}</td>" for part in (row.label, row.value, row.note))
    return f"<tr>{cells}</tr>"


def _escaped(text: str) -> str:
    """Return text fit for XHTML; a sign that XML cannot hold is a question mark."""
    return html.escape("".join(c if c.isprintable() else "?" for c in text))
