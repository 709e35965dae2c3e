"""A dossier carries each of its measurements, and whatever is changed in one is named."""

import json
from dataclasses import replace

import numpy as np
import pytest

from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import STANDARDS
from fhc_desktop.domain.institution import Institution, Logo
from fhc_desktop.reporting.pdf.dossier import dossier_bytes
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.reporting.proof.carried import NoReport, opened_report
from fhc_desktop.reporting.proof.seal import measurement_name, sealed
from fhc_desktop.reporting.proof.verdict import verdict
from fhc_desktop.workflow.exporting import export_dossier
from tests.local_charts import OURS as LOCAL
from tests.reporting.content.test_mean_rows import mean_of
from tests.reporting.dossiers import course, dossier_of, mixed, repeated, twins
from tests.reporting.examinations import NOW
from tests.reporting.proof.reports import BY_US, KEY, OURS, asked

COURSE = course()[:3]
LOGO = Logo("ab" * 32, np.full((10, 40, 3), 90, np.uint8))
CLINIC = Institution("A Clinic", "A street\nA town", LOGO)


def written(parts, folder, **told):
    *_, last = export_dossier(parts, folder / "a.pdf", folder / "data", now=NOW, **told)
    return last.written.path.read_bytes()


def measurements(content):
    return [json.loads(one) for one in opened_report(content, "a.pdf").measurements]


def carrying(pages, said):
    texts = [json.dumps({**one, "signer": OURS}).encode("ascii") for one in said]
    return sealed(pages, {measurement_name(n): one for n, one in enumerate(texts, start=1)}, KEY)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory):
    return written(COURSE, tmp_path_factory.mktemp("dossier"))


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (COURSE, {}),
        (twins(), {"institution": CLINIC, "paper": Paper.LETTER}),
        (repeated(mean_of(3)), {"institution": CLINIC}),
        (mixed(), {}),
        (mixed()[:1], {}),
    ],
    ids=["course", "twins", "mean", "mixed", "one"],
)
def test_that_an_untouched_dossier_agrees(parts, told, tmp_path):
    found = asked(written(parts, tmp_path, **told))

    assert found.faults == ()
    assert found.agreeing > 15 * len(parts)


def test_that_each_examination_is_carried_in_the_order_of_its_pages(untouched):
    assert [one["exam_date"] for one in measurements(untouched)] == [
        part.exam.exam_date.isoformat() for part in COURSE
    ]


def test_that_a_changed_fact_is_named_with_its_examination_and_the_cover(untouched):
    said = measurements(untouched)
    said[2]["outline_px"].update(semi_axis_a=44.0)

    faults = asked(carrying(dossier_bytes(dossier_of(COURSE)), said)).faults

    assert "Examination 3: Changed in what it carries: the outline." in faults
    assert any(fault.startswith("Examination 3: Head circumference (HC): ") for fault in faults)
    assert any(fault.startswith("Page 1 says ") for fault in faults)
    assert not any(fault.startswith("Examination 1:") for fault in faults)


def test_that_a_number_changed_on_the_cover_alone_is_named(untouched):
    content = dossier_of(COURSE)
    lines = (replace(content.lines[0], hc="186.8 mm"), *content.lines[1:])
    forged = carrying(dossier_bytes(replace(content, lines=lines)), measurements(untouched))

    assert asked(forged).faults == ("Page 1 says “186.8 mm”; by its facts it says “176.8 mm”.",)


def test_that_another_institution_is_named_with_its_logo(tmp_path):
    said = measurements(written(twins(), tmp_path, institution=CLINIC))
    said[0]["institution"]["logo"]["sha256"] = "cd" * 32
    pages = dossier_bytes(dossier_of(twins(), institution=CLINIC))

    assert asked(carrying(pages, said)).faults == (
        "Examination 1: Changed in what it carries: the institution.",
    )
    said[0]["institution"]["name"] = "Another Clinic"
    assert any("“A Clinic”" in fault for fault in asked(carrying(pages, said)).faults)


def test_that_an_examination_left_out_is_missed(untouched):
    forged = carrying(dossier_bytes(dossier_of(COURSE)), measurements(untouched)[:-1])

    assert any("pages; made anew it has" in fault for fault in asked(forged).faults)


def test_that_an_image_is_compared_with_the_examinations_that_are_of_it(untouched):
    exams = [part.exam for part in COURSE]
    report = opened_report(untouched, "a.pdf")

    def told(*opened):
        return verdict(report, known=STANDARDS, signers=BY_US, opened=opened)

    found = told(exams[1])
    assert found.is_good
    assert "Examination 2: The image is the one that was measured, byte for byte." in found.remarks
    assert "Examination 1: Its image was not looked at." in found.remarks
    other = replace(exams[0], image=replace(exams[0].image, gray=255 - exams[0].image.gray))
    assert told(other).faults == (
        "The image is another one: its pixels are not those that were measured.",
    )


def test_that_a_local_chart_of_any_examination_is_asked_for(tmp_path):
    parts = list(mixed())
    parts[1] = replace(parts[1], exam=parts[1].exam.with_standard(LOCAL))
    content = written(parts, tmp_path, choice=StandardChoice(local=(LOCAL,)))

    assert any("with --chart." in fault for fault in asked(content).faults)
    assert asked(content, known=(*STANDARDS, LOCAL)).is_good


def test_that_a_single_measurement_beside_those_of_a_dossier_is_not_chosen_from(untouched):
    pages = dossier_bytes(dossier_of(COURSE))
    text = json.dumps(measurements(untouched)[0]).encode("ascii")

    with pytest.raises(NoReport, match="carries no measurement"):
        opened_report(
            sealed(pages, {"measurement.json": text, measurement_name(1): text}, KEY), "a.pdf"
        )
