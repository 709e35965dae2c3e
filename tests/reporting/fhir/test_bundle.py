"""A bundle is valid FHIR in R4's own form, says what the report says, and nothing else."""

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from fhir.resources.R4B.bundle import Bundle

from fhc_desktop.domain.dating.gestation import Dating, GestationalAge
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.domain.patient import Patient
from fhc_desktop.reporting.content.coded_content import CodedContent
from fhc_desktop.reporting.fhir.bundle import bundle_bytes
from tests.reporting.content.coded_texts import numbers_in, texts_of
from tests.reporting.examinations import (
    COMMENT,
    NOW,
    accepted,
    commented,
    edited,
    graded,
    graded_and_edited,
    headless,
    proposed,
    small,
    too_late,
    uncalibrated,
    undated,
)
from tests.reporting.fhir.r4_elements import TABLE
from tests.reporting.pdf.read_back import HOSTILE
from tests.told_reports import beside, told

STUDY = StudyInfo(
    patient_name="Example, Ada",
    coded_name="Example^Ada",
    patient_id="4711",
    birth_date=date(1990, 2, 3),
    study_uid="1.2.3.4",
    series_uid="1.2.3.7",
    instance_uid="1.2.3.4.5",
    sop_class_uid="1.2.840.10008.5.1.4.1.1.6.1",
)
FROM_FILE = replace(proposed(), study=STUDY, patient=Patient("4711", "Example, Ada"))
COMMENTED_DRAFT = replace(headless(), comment=COMMENT)
STANDINGS = {
    "accepted": accepted(graded()),
    "from a file": accepted(replace(FROM_FILE, fetus=Fetus("B", "left"))),
    "proposed": proposed(),
    "edited": accepted(graded_and_edited()),
    "changed since": accepted().with_outline(edited().outline_px),
    "no calibration": accepted(uncalibrated()),
    "no head": headless(),
    "beyond": accepted(small()),
    "undated": undated(),
    "comment": commented(),
    "comment without a head": COMMENTED_DRAFT,
    "too late": too_late(),
    "by an age": accepted(
        replace(proposed(), dating=Dating.from_age(GestationalAge(148), date(2026, 11, 20)))
    ),
    **{
        f"name: {kind}": accepted(proposed().with_patient(Patient("1", name)))
        for kind, name in HOSTILE.items()
    },
}


def coded(exam, **more):
    return CodedContent.of(exam, NOW, **more)


def read(exam, **more):
    return json.loads(bundle_bytes(coded(exam, **more)), parse_float=Decimal, parse_int=Decimal)


def resources(exam, kind, **more):
    found = (entry["resource"] for entry in read(exam, **more)["entry"])
    return [one for one in found if one["resourceType"] == kind]


def observed(exam, code):
    return [
        one for one in resources(exam, "Observation") if one["code"]["coding"][0]["code"] == code
    ]


def walked(part):
    """Each element of a resource, with the name that it goes by."""
    if isinstance(part, dict):
        for name, value in part.items():
            yield name, value
            yield from walked(value)
    elif isinstance(part, list):
        for value in part:
            yield from walked(value)


@pytest.mark.parametrize("exam", STANDINGS.values(), ids=STANDINGS)
def test_that_every_bundle_is_valid(exam):
    written = bundle_bytes(coded(exam))

    assert Bundle.model_validate_json(written).type == "collection"
    assert not any(value in ("", [], {}, None) for _, value in walked(json.loads(written)))


@pytest.mark.parametrize("exam", STANDINGS.values(), ids=STANDINGS)
def test_that_every_reference_leads_to_an_entry(exam):
    entries = read(exam)["entry"]
    urns = [entry["fullUrl"] for entry in entries]

    assert len(set(urns)) == len(urns)
    assert {value for name, value in walked(entries) if name == "reference"} <= set(urns)
    (report,) = resources(exam, "DiagnosticReport")
    told_of = [one["reference"] for one in report.get("result", ())]
    assert len(told_of) == len(resources(exam, "Observation"))


def objections_by_r4(part, kind, types):
    """What R4's own definitions have against a part of a bundle, each named by where it stands."""
    if kind == "Resource":
        kind = part["resourceType"]
    if kind not in types:
        is_one = isinstance(part, Decimal) if kind in {"float", "int"} else isinstance(part, str)
        return [] if is_one else [f"{part} is no {kind}"]
    elements = types[kind]
    told = {name: value for name, value in part.items() if name != "resourceType"}
    wrong = [f"{kind} has no {name}" for name in told.keys() - elements.keys()]
    wrong += [
        f"{kind} lacks {name}"
        for name, (_, _, is_wanted, _) in elements.items()
        if is_wanted and name not in told
    ]
    choices = Counter(elements[name][3] for name in told.keys() & elements.keys())
    wrong += [f"{kind} has several {one}" for one, many in choices.items() if one and many > 1]
    for name in told.keys() & elements.keys():
        value, (inner, is_list, _, _) = told[name], elements[name]
        if isinstance(value, list) is not is_list:
            wrong.append(f"{kind}.{name} is {'one' if is_list else 'several'}")
            continue
        for one in value if is_list else [value]:
            wrong += objections_by_r4(one, inner, types)
    return wrong


# R4B's models judge the values too; whether R4 has the elements is asked of R4's own definitions.
R4 = json.loads(TABLE.read_text(encoding="ascii"))["types"]


@pytest.mark.parametrize("exam", STANDINGS.values(), ids=STANDINGS)
def test_that_r4s_own_definitions_have_each_element_of_a_bundle(exam):
    assert objections_by_r4(read(exam), "Bundle", R4) == []


@pytest.mark.parametrize(
    ("alter", "objection"),
    [
        (lambda one: one.update(valueAttachment={}), "Observation has no valueAttachment"),  # R5
        (lambda one: one.pop("status"), "Observation lacks status"),
        (lambda one: one.update(code=[one["code"]]), "Observation.code is several"),
        (lambda one: one.update(category=one["category"][0]), "Observation.category is one"),
        (lambda one: one.update(valueString="much"), "Observation has several value"),
        (lambda one: one["valueQuantity"].update(value="176.8"), "176.8 is no float"),
    ],
)
def test_that_what_r4_has_no_element_for_is_noticed(alter, objection):
    bundle = read(accepted(graded()))
    measured = next(
        entry["resource"] for entry in bundle["entry"] if "valueQuantity" in entry["resource"]
    )
    alter(measured)

    assert objections_by_r4(bundle, "Bundle", R4) == [objection]


# reference: clinical.md 6 and dicom.md 4, from the context groups of PS3.16; UCUM's own units.
@pytest.mark.parametrize(
    ("code", "system", "value", "unit"),
    [
        ("11984-2", "http://loinc.org", "176.8", "mm"),
        ("11820-8", "http://loinc.org", "48.0", "mm"),
        ("11851-3", "http://loinc.org", "64.0", "mm"),
        ("11823-2", "http://loinc.org", "75.0", "%"),
        ("11885-1", "http://loinc.org", "148", "d"),
        ("18185-9", "http://loinc.org", "141", "d"),
        ("125012", "http://dicom.nema.org/resources/ontology/DCM", "11", "%"),
        ("125013", "http://dicom.nema.org/resources/ontology/DCM", "-1.22", "1"),
    ],
)
def test_that_each_number_has_its_code_and_unit(code, system, value, unit):
    found = observed(accepted(graded()), code)[0]

    assert found["code"]["coding"][0]["system"] == system
    quantity = found["valueQuantity"]
    assert quantity["system"] == "http://unitsofmeasure.org"
    assert (str(quantity["value"]), quantity["code"]) == (value, unit)


def test_that_days_of_the_pregnancy_have_their_codes():
    lmp, edd = (observed(accepted(), code)[0] for code in ("8665-2", "11779-6"))

    assert (lmp["valueDateTime"], edd["valueDateTime"]) == ("2026-06-25", "2027-04-01")


def test_that_age_and_percentile_name_equation_and_standard():
    exam = accepted(graded())
    methods = [one["method"]["coding"][0] for one in observed(exam, "18185-9")]
    (percentile,) = (
        one for one in observed(exam, "125012") if str(one["valueQuantity"]["value"]) == "11"
    )

    assert methods[0] == {
        "system": "http://loinc.org",
        "code": "11932-1",
        "display": "HC, Hadlock 1984",
    }
    assert "INTERGROWTH-21st" in percentile["method"]["text"]
    assert percentile["method"]["coding"][0]["system"].startswith("urn:oid:2.25.")


def test_that_the_interval_stands_with_its_share():
    (hc,) = observed(accepted(graded()), "11984-2")
    told_of = {
        one["code"]["text"]: one["valueQuantity"]["value"]
        for one in hc["component"]
        if "valueQuantity" in one
    }

    assert [str(value) for value in told_of.values()] == ["173.2", "180.5", "90"]


@pytest.mark.parametrize(
    ("name", "status"),
    [("accepted", "final"), ("proposed", "preliminary"), ("changed since", "preliminary")],
)
def test_that_what_nobody_accepted_is_preliminary_throughout(name, status):
    exam = STANDINGS[name]
    found = resources(exam, "DiagnosticReport") + resources(exam, "Observation")

    assert {one["status"] for one in found} == {status}
    assert ("conclusion" in found[0]) is (status == "preliminary")


def test_that_a_report_of_no_millimetres_has_no_length():
    assert not observed(accepted(uncalibrated()), "11984-2")
    assert not observed(headless(), "11984-2")


def test_that_a_study_is_referred_to_and_one_of_its_own_is_not():
    (known,) = resources(STANDINGS["from a file"], "DiagnosticReport")
    (made,) = resources(STANDINGS["accepted"], "DiagnosticReport")

    assert known["imagingStudy"][0]["identifier"] == {
        "system": "urn:dicom:uid",
        "value": "urn:oid:1.2.3.4",
    }
    assert "imagingStudy" not in made
    (hc,) = observed(STANDINGS["from a file"], "11984-2")
    assert hc["derivedFrom"][0]["display"] == "SOP instance 1.2.3.4.5, frame 3"


def test_that_patient_fetus_operator_and_devices_are_named():
    exam = STANDINGS["from a file"]
    (patient,) = resources(exam, "Patient")
    program, model = resources(exam, "Device")

    assert patient["name"] == [{"text": "Example, Ada", "family": "Example", "given": ["Ada"]}]
    assert (patient["identifier"], patient["birthDate"]) == ([{"value": "4711"}], "1990-02-03")
    assert program["deviceName"][0]["name"] == "FHC Desktop"
    assert [one["value"] for one in model["version"]] == ["1.0", "c0ffeec0ffee"]
    (hc,) = observed(exam, "11984-2")
    assert hc["performer"] == [{"display": "Dr. M. Ångström"}]
    assert hc["component"][-1]["valueString"] == "B"


@pytest.mark.parametrize("exam", STANDINGS.values(), ids=STANDINGS)
def test_that_no_number_is_told_that_the_report_does_not_print(exam):
    content = coded(exam)
    printed = numbers_in(texts_of(content.report))
    weeks = {7 * int(w) + int(d) for w, d in re.findall(r"(\d+)w(\d)d", texts_of(content.report))}

    for one in resources(exam, "Observation"):
        for name, value in walked(one):
            if name == "valueQuantity":
                assert float(value["value"]) in printed | weeks, one["code"]["text"]
            if name in {"valueString", "valueDateTime"}:
                assert value in texts_of(content.report)


def test_that_the_narrative_has_every_statement_and_no_markup_of_anybodys():
    exam = accepted(proposed().with_patient(Patient("1", '<script>alert("x")</script>')))
    (report,) = resources(exam, "DiagnosticReport", beside=beside(told()))
    div = report["text"]["div"]

    assert "<script" not in div
    assert "&lt;script&gt;" in div
    assert "Report’s HC" in div


def test_that_the_same_report_gives_the_same_bytes():
    exam = accepted(graded())

    assert bundle_bytes(coded(exam)) == bundle_bytes(coded(exam))
    assert bundle_bytes(coded(exam)) != bundle_bytes(coded(accepted(graded_and_edited())))


def test_that_a_comment_is_the_note_of_the_report_and_no_conclusion():
    for exam, author in ((commented(), {"authorString": "Dr. M. Ångström"}), (COMMENTED_DRAFT, {})):
        (report,) = resources(exam, "DiagnosticReport")
        (extension,) = report["extension"]

        assert extension["url"].endswith("/extension-DiagnosticReport.note")
        assert extension["valueAnnotation"] == {**author, "text": COMMENT}
        assert COMMENT not in report.get("conclusion", "")
    assert "extension" not in resources(accepted(), "DiagnosticReport")[0]
