"""Whatever somebody did to a report's object, verifying it is a verdict or one sentence."""

import json
import random
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pydicom
import pytest

from fhc_desktop.domain.examination.examination import Acceptance
from fhc_desktop.domain.growth.standards import STANDARDS
from fhc_desktop.reporting.content.report_form import ReportForm
from fhc_desktop.reporting.proof.carried import NoReport
from fhc_desktop.reporting.proof.verdict import Signers, Verdict
from fhc_desktop.workflow.examining import examine
from fhc_desktop.workflow.exporting_dicom import export_dicom
from fhc_desktop.workflow.verifying import verify_report
from tests.heads import SMALL_OUTLINE_PX, small_phantom, write_dicom, write_png
from tests.reading import READERS
from tests.structured_reports import write_image

NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)
MUTANTS, MUTANTS_OF_THE_LONG_FORM = 8, 3000
BADNESS = (None, "", "x" * 20_000, -1, 0, 1e308, 5e-324, 10**400, float("nan"), True, [], {}, [[]])


@pytest.fixture(scope="module")
def objects(tmp_path_factory):
    """The structured report and the PDF of one accepted head as DICOM objects, as bytes."""
    folder = tmp_path_factory.mktemp("filed")
    outlined = replace(
        examine(write_image(folder / "IM1.dcm"), READERS), outline_px=SMALL_OUTLINE_PX
    )
    exam = outlined.with_acceptance(Acceptance(outlined.facts, "Dr Who", NOW, "17"))
    return {
        form: export_dicom(
            form, exam, folder / form.value, folder / "data", now=NOW
        ).path.read_bytes()
        for form in (ReportForm.STRUCTURED_REPORT, ReportForm.ENCAPSULATED_PDF)
    }


def verified(content, path):
    path.write_bytes(content)
    return verify_report(path, None, READERS, known=STANDARDS, signers=Signers())


def said_of(contents, path):
    """Return the verdicts; all else must be told in a sentence and a remedy."""
    verdicts, refusals = [], []
    for content in contents:
        try:
            verdicts.append(verified(content, path))
        except NoReport as refusal:
            refusals.append(refusal)
    assert all(isinstance(one, Verdict) and one.headline for one in verdicts)
    assert all(one.problem.startswith("mutant ") and one.remedy for one in refusals)
    return verdicts


def mutated(content, rng):
    changed = bytearray(content)
    for _ in range(rng.randint(1, 12)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed[: rng.randint(132, len(changed))] if rng.random() < 0.2 else changed)


def spoilt(said, rng):
    """JSON with one value anywhere in it replaced by something else, or taken away."""
    # Nothing rests on the disclaimer, and digests are there to be compared with the rest.
    at, name = said, rng.choice([key for key in said if key not in {"digests", "disclaimer"}])
    while isinstance(at[name], dict | list) and at[name] and rng.random() < 0.8:
        at = at[name]
        name = rng.choice(list(at) if isinstance(at, dict) else range(len(at)))
    if rng.random() < 0.2:
        del at[name]
    else:
        at[name] = rng.choice([one for one in BADNESS if json.dumps(one) != json.dumps(at[name])])
    return said


def carrying_another(content, rng):
    dataset = pydicom.dcmread(BytesIO(content))
    element = dataset.private_block(0x0099, "FHC DESKTOP MEASUREMENT")[0x01]
    element.value = json.dumps(spoilt(json.loads(element.value), rng))
    written = BytesIO()
    dataset.save_as(written)
    return written.getvalue()


def of_damaged_bytes(objects, count, path):
    rng = random.Random(82)
    for content in objects.values():
        said_of((mutated(content, rng) for _ in range(count)), path)


def of_altered_facts(objects, count, path):
    rng = random.Random(83)
    report = objects[ReportForm.STRUCTURED_REPORT]
    return said_of((carrying_another(report, rng) for _ in range(count)), path)


def test_that_the_objects_agree_as_they_were_written(objects, tmp_path):
    assert all(verified(content, tmp_path / "whole").is_good for content in objects.values())


def test_that_a_damaged_object_is_a_verdict_or_one_sentence(objects, tmp_path):
    of_damaged_bytes(objects, MUTANTS, tmp_path / "mutant")


def test_that_no_report_with_altered_facts_agrees(objects, tmp_path):
    verdicts = of_altered_facts(objects, MUTANTS, tmp_path / "mutant")

    assert len(verdicts) == MUTANTS
    assert not any(one.is_good for one in verdicts)


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_that_thousands_of_damaged_objects_are_verdicts_or_sentences(objects, tmp_path):
    of_damaged_bytes(objects, MUTANTS_OF_THE_LONG_FORM, tmp_path / "mutant")


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_that_no_report_of_thousands_with_altered_facts_agrees(objects, tmp_path):
    verdicts = of_altered_facts(objects, MUTANTS_OF_THE_LONG_FORM, tmp_path / "mutant")

    assert not any(one.is_good for one in verdicts)


@pytest.mark.parametrize("write", [write_png, write_dicom])
def test_that_an_image_in_a_reports_place_is_told_for_what_it_is(write, tmp_path):
    image = write(small_phantom(), tmp_path / "head.any")
    with pytest.raises(NoReport, match=r"head\.any is an image, and no report") as told:
        verify_report(image, None, READERS, known=STANDARDS, signers=Signers(""))

    assert told.value.remedy.endswith("The image that it was made of comes after it.")
