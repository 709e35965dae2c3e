"""A report tells each number with its words, whatever template it follows, and what it cannot."""

import io
import random
from pathlib import Path

import pytest

from fhc_desktop.domain.examination.structured_report import ReportedImage, TransmittedCode
from fhc_desktop.domain.growth.assessment import Dimension
from fhc_desktop.imaging.dicom.structured_report import read_structured_report
from fhc_desktop.imaging.unreadable import UnreadableImage
from tests.heads import small_phantom, write_dicom
from tests.structured_reports import (
    BPD,
    CM,
    DAYS,
    FETUS_ID,
    GA,
    GROUP,
    HC,
    IMAGE,
    MEAN,
    SECTION,
    Nested,
    by_reference,
    code,
    coded,
    container,
    image,
    item,
    number,
    of_fetus,
    one_head,
    region,
    text,
    valueless,
    write_report,
)

DERIVATION = ("121401", "DCM", "Derivation")
EQUATION = ("121420", "DCM", "Equation")
HADLOCK = ("11932-1", "LN", "HC, Hadlock 1984")


@pytest.fixture
def report_of(tmp_path):
    """What is read of a report with these items."""

    def read(*below, **changes):
        return read_file(write_report(tmp_path / "SR1.dcm", *below, **changes))

    return read


def read_file(path):
    with path.open("rb") as handle:
        return read_structured_report(handle, path)


def test_that_a_biometry_group_tells_value_age_and_citation(report_of):
    report = report_of(
        container(
            SECTION,
            container(
                GROUP,
                number(
                    HC, "178.4", ("mm", "UCUM", "mm"), coded(DERIVATION, MEAN, "HAS CONCEPT MOD")
                ),
                number(GA, "142", DAYS, coded(EQUATION, HADLOCK)),
            ),
        )
    )

    hc, age = report.measurements
    assert (hc.name, hc.text) == (TransmittedCode(*HC), "178.4 mm")
    assert (hc.derivation, hc.sections) == ("Mean", ("Fetal Biometry", "Biometry Group"))
    assert (age.text, age.citation, age.group) == ("142 d", "HC, Hadlock 1984", hc.group)
    assert report.title.meaning == "OB-GYN Ultrasound Procedure Report"
    assert (report.device, report.standing) == ("Example Console 9", "complete, not verified")
    assert report.unread == ()


def test_that_repeated_values_and_their_mean_are_all_told(report_of):
    values = [number(HC, value) for value in ("171.0", "173.0")]
    mean = number(HC, "172.0", ("mm", "UCUM", "mm"), coded(DERIVATION, MEAN, "HAS CONCEPT MOD"))

    report = report_of(container(SECTION, container(GROUP, *values, mean)))

    assert [(one.value, one.derivation) for one in report.measurements] == [
        ("171.0", ""),
        ("173.0", ""),
        ("172.0", "Mean"),
    ]


def test_that_each_fetus_keeps_its_own_measurements(report_of):
    report = report_of(
        of_fetus("A", container(GROUP, number(HC, "172.0"))),
        of_fetus("B", container(GROUP, number(HC, "165.0"), number(BPD, "45.0"))),
    )

    assert [(one.fetus, one.value) for one in report.measurements] == [
        ("A", "172.0"),
        ("B", "165.0"),
        ("B", "45.0"),
    ]


def test_that_an_older_findings_section_in_centimetres_is_told(report_of):
    findings = container(
        ("121070", "DCM", "Findings"),
        coded(("G-C0E3", "SRT", "Finding Site"), ("T-F1810", "SRT", "Fetus"), "HAS CONCEPT MOD"),
        text(FETUS_ID, "1"),
        number(HC, "17.2", CM),
    )

    (hc,) = report_of(findings).measurements

    assert (hc.sections, hc.fetus, hc.length_mm) == (("Findings: Fetus",), "1", 172.0)


def test_that_a_number_lies_on_the_images_that_it_or_its_group_names(report_of):
    report = report_of(
        container(GROUP, number(HC, "172.0", ("mm", "UCUM", "mm"), region(image(frames=15)))),
        container(GROUP, region(image("1.9"), relation="CONTAINS"), number(HC, "173.0")),
        container(GROUP, number(HC, "174.0", ("mm", "UCUM", "mm"), by_reference(1, 2, 1))),
        container(GROUP, number(HC, "175.0")),
        image(relation="CONTAINS"),
    )

    assert [one.images for one in report.measurements] == [
        (ReportedImage(IMAGE, (15,)),),
        (ReportedImage("1.9"),),
        (ReportedImage("1.9"),),
        (),
    ]


def test_that_references_in_a_circle_end(report_of):
    circle = region(by_reference(1, 1), by_reference(1, 1, 1), by_reference(1, 99))

    report = report_of(circle, number(HC, "172.0", ("mm", "UCUM", "mm"), by_reference(1, 1)))

    assert report.measurements[0].images == ()


def test_that_a_number_without_a_value_is_said(report_of):
    failed = valueless(HC, ("114006", "DCM", "Measurement failure"))

    report = report_of(container(GROUP, failed, number(BPD, "47.0")))

    assert [one.dimension for one in report.measurements] == [Dimension.BPD]
    assert report.unread == (
        "“Head Circumference” has no value that can be read. Its report says: Measurement failure.",
    )


def test_that_two_values_in_one_number_are_none(report_of):
    two = number(HC, "172.0")
    two.MeasuredValueSequence = [
        *two.MeasuredValueSequence,
        *number(HC, "99").MeasuredValueSequence,
    ]

    assert report_of(two).measurements == ()
    assert report_of(number(HC, ["172.0", "99"])).measurements == ()


def test_that_a_number_without_name_or_unit_is_still_told(report_of):
    bare = item("NUM")
    bare.MeasuredValueSequence = number(HC, "172.0", None).MeasuredValueSequence

    (found,) = report_of(bare).measurements

    assert (found.name, found.text, found.length_mm) == (TransmittedCode(), "172.0", None)


def test_that_a_long_code_is_told(report_of):
    long = number(HC, "172.0")
    name = code(HC)
    del name.CodeValue
    name.LongCodeValue = "HEAD-CIRCUMFERENCE-MEASURED"
    long.ConceptNameCodeSequence = [name]

    assert report_of(long).measurements[0].name.value == "HEAD-CIRCUMFERENCE-MEASURED"


def test_that_nesting_without_end_is_said_or_refused(report_of, tmp_path):
    assert "levels deep" in report_of(Nested(60)()).unread[0]

    deep = write_report(tmp_path / "deep.dcm", one_head())
    # A sequence in a sequence, four hundred times, each of a length that is left open.
    opening = bytes.fromhex("4000 30a7 5351 0000 ffffffff feff 00e0 ffffffff".replace(" ", ""))
    deep.write_bytes(deep.read_bytes() + opening * 4000)
    with pytest.raises(UnreadableImage):
        read_file(deep)


def test_that_no_report_tells_more_than_an_examination_can(report_of):
    report = report_of(*(number(HC, "172.0") for _ in range(501)))

    assert len(report.measurements) == 500
    assert report.unread == (
        "It tells more than any report of an examination: the rest was not read.",
    )


def test_that_an_image_is_no_report(tmp_path):
    with pytest.raises(UnreadableImage, match="is no Structured Report"):
        read_file(write_dicom(small_phantom(), tmp_path / "head.dcm"))


def mutated(content, seed):
    rng = random.Random(seed)
    changed = bytearray(content)
    for _ in range(rng.randint(1, 12)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed[: rng.randint(132, len(changed))] if rng.random() < 0.3 else changed)


def outcomes_of_mutations(content, seeds):
    """What becomes of a changed report: how many are read, and what is said of the others."""
    read, refusals = 0, []
    for seed in seeds:
        try:
            read_structured_report(io.BytesIO(mutated(content, seed)), Path("SR1.dcm"))
            read += 1
        except UnreadableImage as refusal:
            refusals.append(refusal.problem)
    return read, refusals


def test_that_a_damaged_report_is_read_or_refused_in_a_sentence(tmp_path):
    content = write_report(tmp_path / "SR1.dcm", one_head()).read_bytes()

    read, refusals = outcomes_of_mutations(content, range(60))

    assert read > 0
    assert all(sentence.endswith(".") for sentence in refusals)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_that_many_damaged_reports_are_read_or_refused_in_a_sentence(tmp_path, shared):
    drawn = write_report(tmp_path / "SR1.dcm", one_head())
    for path in (drawn, *sorted((shared / "dicom" / "sr").glob("*.dcm"))):
        _, refusals = outcomes_of_mutations(path.read_bytes(), range(400))
        assert all(sentence.endswith(".") for sentence in refusals)


MEASUREMENTS_IN_SAMPLES = {
    "dcmjs_sample-sr.dcm": 2,
    "dwv_dwv034_sr-ellipse.dcm": 18,
    "dwv_tid1500-0_sr-ellipse.dcm": 18,
    "generated_tid1500_hc.dcm": 1,
    "generated_tid5000_obgyn_hc.dcm": 13,
    "highdicom_sr_document.dcm": 1,
    "highdicom_sr_document_with_multiple_groups.dcm": 4,
    "pydicom_reportsi.dcm": 0,
    "pydicom_test-SR.dcm": 2,
}


@pytest.mark.parametrize("name", MEASUREMENTS_IN_SAMPLES)
def test_that_each_sample_tells_all_its_numbers(shared, name):
    report = read_file(shared / "dicom" / "sr" / name)

    assert len(report.measurements) == MEASUREMENTS_IN_SAMPLES[name]
    assert all(one.name.text and one.value for one in report.measurements)
    assert report.unread == ()


def test_that_the_samples_tell_head_frame_and_citation(shared):
    report = read_file(shared / "dicom" / "sr" / "generated_tid5000_obgyn_hc.dcm")
    (hc,) = (one for one in report.measurements if one.dimension is Dimension.HC)

    assert (hc.text, hc.derivation) == ("178.4 mm", "Calculated")
    assert hc.images[0].frames == (15,)
    assert "HC, Hadlock 1984" in [one.citation for one in report.measurements]
    one = read_file(shared / "dicom" / "sr" / "pydicom_test-SR.dcm").measurements[0]
    assert (one.text, one.length_mm) == ("3 Length Unit", None)
