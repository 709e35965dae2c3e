"""An untouched report agrees; whatever is changed in it is named."""

import hashlib
import io
import json
from dataclasses import replace

import numpy as np
import pypdf
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.examination.examination import Acceptance
from fhc_desktop.domain.examination.structured_report import TransmittedCode
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import STANDARDS
from fhc_desktop.domain.identity import Answer
from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
)
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.mean_hc import MeanHc
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.reporting.pdf.report import pdf_bytes
from fhc_desktop.reporting.proof.carried import NoReport, opened_report
from fhc_desktop.reporting.proof.verdict import Signers
from tests.local_charts import OURS as LOCAL
from tests.reporting.content.test_dating_rows import BEFORE, LMP, record_of
from tests.reporting.content.test_mean_rows import mean_of
from tests.reporting.examinations import (
    LONG_COMMENT,
    NOW,
    accepted,
    commented,
    edited,
    graded,
    graded_and_edited,
    headless,
    image,
    proposed,
    small,
    too_late,
    uncalibrated,
    undated,
)
from tests.reporting.pdf.read_back import HOSTILE, crowded_with_reasons, of
from tests.reporting.pdf.test_page import SHOWN
from tests.reporting.proof.reports import (
    OTHER_KEY,
    OURS,
    asked,
    carrying,
    measurement,
    report,
)
from tests.told_reports import BPD, beside, told

STANDINGS = {
    "accepted": accepted(graded()),
    "not logged": accepted(entry_id=None),
    "proposed": proposed(),
    "edited": accepted(graded_and_edited()),
    "changed since": accepted().with_outline(edited().outline_px),
    "no calibration": accepted(uncalibrated()),
    "no head": headless(),
    "not measurable": graded(Grade.NOT_MEASURABLE),
    "beyond": accepted(small()),
    "undated": undated(),
    "too late": too_late(),
    "tall pixels": replace(graded(), image=image(pixel_aspect=1.5)),
    "crowded": crowded_with_reasons(),
    "comment": commented(),
    "long comment": commented(LONG_COMMENT),
    **{
        f"name: {kind}": accepted(proposed().with_patient(Patient("1", name)))
        for kind, name in HOSTILE.items()
    },
}


@pytest.fixture(scope="module")
def exam():
    return accepted(graded())


@pytest.fixture(scope="module")
def untouched(exam, tmp_path_factory):
    return report(exam, tmp_path_factory.mktemp("report"))


@pytest.mark.parametrize("exam", STANDINGS.values(), ids=STANDINGS)
def test_that_an_untouched_report_agrees(exam, tmp_path):
    found = asked(report(exam, tmp_path), opened=exam)

    assert found.faults == ()
    assert found.agreeing > 15
    assert found.headline == f"Each of the {found.agreeing} statements of this report agrees."


def test_that_mean_course_of_the_dating_screen_and_fetus_are_carried_too(tmp_path):
    exam = accepted(replace(proposed(), fetus=Fetus("B", "left")))
    record = record_of(BEFORE, LMP)
    given = {"mean": mean_of(5), "record": record, "display": SHOWN, "paper": Paper.LETTER}

    found = asked(report(exam, tmp_path, **given), opened=exam)

    assert found.faults == ()
    said = measurement((tmp_path / "a.pdf").read_bytes())
    assert {row["label"] for row in said["printed"]} >= {"Mean HC of 5", "Changed", "Fetus"}


def test_that_what_the_studys_report_tells_is_carried_too(tmp_path):
    exam = accepted()
    told_so = beside(told(), told(BPD, "47.0"), told(TransmittedCode("x", "y", "Other length")))

    found = asked(report(exam, tmp_path, beside=told_so), opened=exam)

    assert found.faults == ()
    said = measurement((tmp_path / "a.pdf").read_bytes())
    assert "Report’s HC" in {row["label"] for row in said["printed"]}
    # What it tells of anything but heads is no matter of this report.
    assert "Other length" not in str(said)


def test_that_it_is_the_same_for_the_same_measurement(exam, untouched, tmp_path):
    assert report(exam, tmp_path) == untouched


def test_that_a_report_that_waits_to_be_logged_agrees(tmp_path):
    given = accepted()
    waits = given.with_acceptance(replace(given.acceptance, waits=True))

    assert asked(report(waits, tmp_path)).is_good


# --- who signed it -----------------------------------------------------------------------------


def test_that_our_own_signature_is_recognised(untouched):
    assert "Signed on this machine." in asked(untouched).remarks


def test_that_an_unknown_signer_is_said_to_be_unknown_and_the_rest_agrees(untouched):
    found = asked(untouched, signers=Signers())

    assert found.is_good
    assert any(f"UNKNOWN here: {OURS}" in remark for remark in found.remarks)


def test_that_a_signer_whom_somebody_named_is_known_and_another_one_is_a_fault(untouched):
    assert asked(untouched, signers=Signers(expected=(OURS,))).is_good
    found = asked(untouched, signers=Signers(OURS, expected=("0" * 64,)))
    assert found.faults == (f"It is signed by {OURS[:16]}…, and not by whom you named.",)


def test_that_a_report_signed_anew_by_another_is_named(untouched, exam):
    forged = carrying(pdf_bytes(of(exam)), measurement(untouched), key=OTHER_KEY)

    (fault,) = asked(forged).faults
    assert fault.startswith("The signer was changed: ")


def test_that_a_signature_that_was_taken_away_is_missed(untouched, exam):
    bare = carrying(pdf_bytes(of(exam)), measurement(untouched), key=None)

    assert asked(bare).faults == ("The signature was taken away.",)


def test_that_a_report_that_nobody_signed_says_so(exam, tmp_path):
    found = asked(report(exam, tmp_path, key=None))

    assert found.is_good
    assert "Nobody signed it: whoever had it may have written it." in found.remarks


# --- what was changed --------------------------------------------------------------------------


def test_that_a_number_changed_on_the_page_is_named(untouched, exam):
    content = of(exam)
    headline = replace(content.headline, value="186.8")
    forged = carrying(pdf_bytes(replace(content, headline=headline)), measurement(untouched))

    assert asked(forged).faults == ("Page 1 says “186.8”; by its facts it says “176.8”.",)


def test_that_a_number_changed_in_the_measurement_is_named(untouched, exam):
    said = measurement(untouched)
    said["printed"][0]["value"] = "186.8 mm"

    faults = asked(carrying(pdf_bytes(of(exam)), said)).faults

    assert "Changed in what it carries: the list of what is printed." in faults
    assert any("it lists “186.8 mm (" in fault and "“176.8 mm (" in fault for fault in faults)


@pytest.mark.parametrize(
    ("fact", "change", "name"),
    [
        ("outline_px", lambda outline: outline.update(semi_axis_a=44.0), "outline"),
        ("picture", lambda picture: picture.update(sha256="0" * 64), "image"),
        (
            "file_calibration",
            lambda scale: scale["candidates"][0]["calibration"].update(mm_per_column=0.9),
            "calibration",
        ),
        ("dating", lambda dating: dating.update(on="2026-06-18"), "dating"),
        ("proposal", lambda said: said["model"].update(sha256="0" * 64), "model’s word"),
        ("patient", lambda patient: patient.update(name="Eve Example"), "patient"),
    ],
)
def test_that_a_changed_fact_is_named_with_what_no_longer_follows(
    untouched, exam, fact, change, name
):
    said = measurement(untouched)
    change(said[fact])

    faults = asked(carrying(pdf_bytes(of(exam)), said)).faults

    assert f"Changed in what it carries: the {name}." in faults
    assert any(fault.startswith("Page 1 says ") for fault in faults)


def test_that_a_changed_comment_is_named(tmp_path):
    exam = commented()
    said = measurement(report(exam, tmp_path))
    said["comment"] = said["comment"].replace("Far", "Near")

    faults = asked(carrying(pdf_bytes(of(exam)), said)).faults

    assert "Changed in what it carries: the comment." in faults
    assert any(fault.startswith("Comment: it lists “Far border") for fault in faults)
    assert any(fault.startswith("Page 1 says “Far border") for fault in faults)


def test_that_a_report_from_before_comments_still_agrees(untouched, exam):
    said = measurement(untouched)
    del said["comment"], said["digests"]["comment"], said["acceptance"]["facts"]["comment"]
    written = json.dumps(said["acceptance"], sort_keys=True, separators=(",", ":"))
    said["digests"]["acceptance"] = hashlib.sha256(written.encode("ascii")).hexdigest()

    assert asked(carrying(pdf_bytes(of(exam)), said)).faults == ()


def test_that_what_was_said_of_another_part_of_the_mean_is_not_carried(tmp_path):
    parts = tuple(
        replace(one, facts=replace(one.facts, comment="Zwitscher")) for one in mean_of(3).parts
    )

    written = report(accepted(), tmp_path, mean=MeanHc(parts))

    assert asked(written).faults == ()
    assert "Zwitscher" not in str(measurement(written))


def test_that_one_changed_byte_is_told_although_every_number_agrees(untouched):
    found = asked(untouched + b"\n")

    assert found.faults == ("The file was changed after it was signed.",)
    assert found.headline == "This report does NOT agree with itself, its image or its signer."
    assert not any("Signed" in remark for remark in found.remarks)


def test_that_of_many_differences_the_first_are_told(untouched, exam):
    said = measurement(untouched)
    said["outline_px"].update(semi_axis_a=4000.0)

    faults = asked(carrying(pdf_bytes(of(exam)), said)).faults

    assert len(faults) < 22
    assert any(fault.endswith("more of that kind.") for fault in faults)


# --- the image ---------------------------------------------------------------------------------


def test_that_another_image_is_named(untouched, exam):
    gray = np.array(exam.image.gray)
    gray[0, 0] ^= 1
    other = replace(exam, image=replace(exam.image, gray=gray))

    assert asked(untouched, opened=other).faults == (
        "The image is another one: its pixels are not those that were measured.",
    )


def test_that_the_same_picture_in_another_file_agrees_and_is_told(untouched, exam):
    source = replace(exam.image.source, sha256="0" * 64)
    copy = replace(exam, image=replace(exam.image, source=source))

    found = asked(untouched, opened=copy)

    assert found.is_good
    assert "The picture is the one that was measured; its file is another one." in found.remarks


def test_that_an_image_of_another_scale_is_named(untouched, exam):
    scale = Calibration(0.4, 0.4, CalibrationSource.ULTRASOUND_REGION, "region 1")
    other = replace(exam, file_calibration=FileCalibration((CalibrationCandidate(scale),)))

    assert asked(untouched, opened=other).faults == (
        "The image’s file says another scale than the report has from it.",
    )


def test_that_a_table_that_does_not_lie_beside_the_image_is_no_fault(exam, tmp_path):
    scale = Calibration(0.8, 0.8, CalibrationSource.PIXEL_SIZE_TABLE, "sizes.csv")
    by_table = replace(exam, file_calibration=FileCalibration((CalibrationCandidate(scale),)))
    alone = replace(exam, file_calibration=FileCalibration())

    found = asked(report(by_table, tmp_path), opened=alone)

    assert found.is_good
    assert any("does not lie beside this image" in remark for remark in found.remarks)


# --- what else it needs ------------------------------------------------------------------------


def test_that_a_local_chart_is_asked_for_and_then_used(exam, tmp_path):
    local = LOCAL
    judged = exam.with_standard(local)
    content = report(judged, tmp_path, choice=StandardChoice(local=(local,)))

    assert any(
        "Give a clinic's own chart with --chart." in fault for fault in asked(content).faults
    )
    assert asked(content, known=(*STANDARDS, local)).is_good


def test_that_no_other_woman_is_named_in_it_and_her_answer_still_counts(tmp_path):
    other = Patient("4711", "Eve Another")
    answer = Answer(proposed().patient, other, is_same=False)
    answered = accepted(proposed().with_answers(frozenset((answer,))))
    since = accepted().with_answers(frozenset((answer,)))

    for exam in (answered, since):
        content = report(exam, tmp_path)
        assert b"Eve Another" not in opened_report(content, "a.pdf").measurements[0]
        assert asked(content).is_good
    assert since.acceptance == Acceptance(
        proposed().facts, "Dr. M. Ångström", NOW, since.acceptance.entry_id
    )


def test_that_no_folder_is_named_in_it(untouched):
    assert b"/scans" not in opened_report(untouched, "a.pdf").measurements[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said.update(form=2),
        lambda said: said.pop("form"),
        lambda said: said.update(form=True),
        lambda said: said.pop("outline_px"),
        lambda said: said.pop("digests"),
        lambda said: said["picture"].update(rows=10**9),
        lambda said: said.update(created="yesterday"),
        lambda said: said.update(printed=7),
    ],
)
def test_that_a_measurement_that_cannot_be_read_is_told(untouched, exam, change):
    said = measurement(untouched)
    change(said)

    (fault,) = asked(carrying(pdf_bytes(of(exam)), said)).faults
    assert fault.startswith("The measurement that it carries cannot be read")


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7\n", b"no PDF at all", b"\x00" * 5000, pdf_bytes(of(proposed()))]
)
def test_that_what_is_no_report_is_told(content):
    with pytest.raises(NoReport, match=r"^a\.pdf "):
        opened_report(content, "a.pdf")


def test_that_a_second_measurement_is_not_chosen_from(untouched):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(untouched))
    writer.add_attachment("measurement.json", b"{}")
    written = io.BytesIO()
    writer.write(written)

    with pytest.raises(NoReport, match="carries no measurement"):
        opened_report(written.getvalue(), "a.pdf")


# --- forged --------------------------------------------------------------------------------------


def _told_wrongly(said, data):
    """Put something else in the place of one value, however deep it lies."""
    place = data.draw(st.sampled_from(sorted(said)))
    held = said[place]
    while isinstance(held, dict) and held and data.draw(st.booleans()):
        said, place = held, data.draw(st.sampled_from(sorted(held)))
        held = said[place]
    said[place] = data.draw(
        st.none()
        | st.booleans()
        | st.floats()
        | st.integers(-(10**12), 10**12)
        | st.text(max_size=8)
        | st.just([[]])
        | st.just({})
    )


def _say_of_whatever_is_forged(untouched, pages, data):
    said = measurement(untouched)
    _told_wrongly(said, data)
    event(asked(carrying(pages, said)).headline)


@pytest.fixture(scope="module")
def pages(exam):
    return pdf_bytes(of(exam))


@given(data=st.data())
@settings(max_examples=25)
def test_that_whatever_is_forged_there_is_an_answer(untouched, pages, data):
    _say_of_whatever_is_forged(untouched, pages, data)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@given(data=st.data())
@settings(max_examples=500)
def test_that_whatever_is_forged_there_is_an_answer_in_the_long_run(untouched, pages, data):
    _say_of_whatever_is_forged(untouched, pages, data)
