"""The measurement report of research systems: Comprehensive SR with TID 1500, through highdicom.

It has the outline on its image and what was measured, and no room for gestational ages and
percentiles, which the obstetric report has.
"""

from collections.abc import Iterator
from typing import TypedDict

import highdicom as hd
from pydicom.dataset import Dataset

from fhc_desktop.reporting.content.coded_content import CodedContent
from fhc_desktop.reporting.content.coded_numbers import CodedNumber, CodedSizes
from fhc_desktop.reporting.content.coded_study import ImageReference, coded_name, uid_of
from fhc_desktop.reporting.content.codes import Code
from fhc_desktop.reporting.dicom import report_codes as is_called
from fhc_desktop.reporting.dicom.dicom_object import (
    MAKER,
    MEASUREMENT_REPORT,
    NotForDicom,
    as_bytes,
)
from fhc_desktop.reporting.dicom.outline_graphic import OutlineGraphic
from fhc_desktop.reporting.dicom.structured_report import document

_TITLE = Code("126000", "DCM", "Imaging Measurement Report")
# CID 100 has no code of obstetric ultrasound, and may be extended (PS3.16).
_PROCEDURE = Code("11525-3", "LN", "Ultrasound Obstetric and Gyn Report")
_KNOWN_CLASS = "1.2.840.10008.5.1.4.1.1.3.1"
_SKULL = Code("89546000", "SCT", "Skull")

_Group = (
    hd.sr.PlanarROIMeasurementsAndQualitativeEvaluations
    | hd.sr.MeasurementsAndQualitativeEvaluations
)


class _Shared(TypedDict):
    tracking_identifier: hd.sr.TrackingIdentifier
    finding_type: hd.sr.CodedConcept
    algorithm_id: hd.sr.AlgorithmIdentification | None
    measurements: list[hd.sr.Measurement]
    qualitative_evaluations: list[hd.sr.QualitativeEvaluation]


def measurement_report(told: CodedContent) -> bytes:
    """Return the report as a file.

    Raises:
        NotForDicom: nothing was measured in millimetres, or no room for the patient's identifier.
    """
    if told.sizes is None:
        raise NotForDicom(
            "Nothing was measured in millimetres: a measurement report has nothing to tell.",
            "Outline the head and give the image a scale.",
        )
    report = hd.sr.MeasurementReport(
        observation_context=_observers(told),
        procedure_reported=_code(_PROCEDURE),
        imaging_measurements=[_group(told, told.sizes)],
        title=_code(_TITLE),
        language_of_content_item_and_descendants=hd.sr.LanguageOfContentItemAndDescendants(
            _code(is_called.ENGLISH)
        ),
    )
    root = Dataset()
    root.update(report[0])
    root.RelationshipType = "CONTAINS"
    if told.image is not None:
        _name_class(root, told.image)
    return as_bytes(document(told, MEASUREMENT_REPORT, root))


def _observers(told: CodedContent) -> hd.sr.ObservationContext:
    device = hd.sr.DeviceObserverIdentifyingAttributes(
        uid_of("program", told.report.software), name=MAKER, model_name=told.report.software
    )
    operator, person = coded_name(told.standing.operator), None
    if operator:
        named = hd.sr.PersonObserverIdentifyingAttributes(operator)
        person = hd.sr.ObserverContext(_code(is_called.PERSON), named)
    return hd.sr.ObservationContext(
        observer_person_context=person,
        observer_device_context=hd.sr.ObserverContext(_code(is_called.DEVICE), device),
        subject_context=_subject(told),
    )


def _subject(told: CodedContent) -> hd.sr.SubjectContext | None:
    """Return which fetus was measured, where there are several."""
    if not told.fetus.text:
        return None
    fetus = hd.sr.SubjectContextFetus(told.fetus.text.removeprefix("Fetus "))
    return hd.sr.SubjectContext(_code(Code("121026", "DCM", "Fetus")), fetus)


def _group(told: CodedContent, sizes: CodedSizes) -> _Group:
    """Return outline and measurements; without the outline where its image cannot hold it."""
    shared = _Shared(
        tracking_identifier=hd.sr.TrackingIdentifier(
            uid=uid_of("head", told.study.uid, repr(told.outline_px)), identifier="Head"
        ),
        finding_type=_code(_SKULL),
        algorithm_id=_algorithm(told),
        measurements=[
            _measured(one) for one in (sizes.hc, sizes.bpd, sizes.ofd, sizes.cephalic_index)
        ],
        qualitative_evaluations=list(_evaluations(told)),
    )
    region = _region(told)
    if region is not None:
        return hd.sr.PlanarROIMeasurementsAndQualitativeEvaluations(
            referenced_region=region, **shared
        )
    source = None
    if told.image is not None:
        source = [hd.sr.SourceImageForMeasurementGroup(*_as_known(told.image))]
    return hd.sr.MeasurementsAndQualitativeEvaluations(source_images=source, **shared)


def _region(told: CodedContent) -> hd.sr.ImageRegion | None:
    image, picture = told.image, told.report.picture.image
    if image is None or told.outline_px is None:
        return None
    drawn = OutlineGraphic.of(told.outline_px, rows=picture.rows, columns=picture.columns)
    if drawn.ends is None:
        return None
    source = hd.sr.SourceImageForRegion(*_as_known(image))
    return hd.sr.ImageRegion("ELLIPSE", drawn.ends, source)


def _as_known(image: ImageReference) -> tuple[str, str, list[int] | None]:
    """Return class, UID and frames of an image, the class one that highdicom knows.

    It looks each class up, and has none of the retired ones that old scanners wrote.
    """
    frames = None if image.frame is None else [image.frame]
    return _KNOWN_CLASS, image.instance_uid, frames


def _name_class(item: Dataset, image: ImageReference) -> None:
    """Put the image's own class into each reference below an item."""
    for reference in item.get("ReferencedSOPSequence") or []:
        reference.ReferencedSOPClassUID = image.sop_class_uid
    for below in item.get("ContentSequence") or []:
        _name_class(below, image)


def _algorithm(told: CodedContent) -> hd.sr.AlgorithmIdentification | None:
    model = told.model
    if model is None:
        return None
    return hd.sr.AlgorithmIdentification(model.name, model.version, [f"SHA-256 {model.digest}"])


def _measured(number: CodedNumber) -> hd.sr.Measurement:
    derivation = None if number.derivation is None else _code(number.derivation)
    return hd.sr.Measurement(
        _code(number.concept), float(number.value), _code(number.unit), derivation=derivation
    )


def _evaluations(told: CodedContent) -> Iterator[hd.sr.QualitativeEvaluation]:
    for concept, value in ((is_called.ORIGIN, told.origin), (is_called.GRADE, told.grade)):
        if value is not None:
            yield hd.sr.QualitativeEvaluation(_code(concept), _code(value))


def _code(code: Code) -> hd.sr.CodedConcept:
    return hd.sr.CodedConcept(code.value, code.scheme, code.meaning)
