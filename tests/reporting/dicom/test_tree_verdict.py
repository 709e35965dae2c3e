"""A structured report agrees with what it carries, and whatever somebody altered in it is named."""

import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from fhc_desktop.domain.examination.structured_report import ReportedImage
from fhc_desktop.domain.growth.standards import STANDARDS
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.imaging.dicom.structured_report import read_filed_report
from fhc_desktop.reporting.dicom.object_anew import object_anew
from fhc_desktop.reporting.dicom.restored_report import NoReportOfOurs, restored_report
from fhc_desktop.reporting.dicom.tree_verdict import GONE, NOT_SIGNED, Follows, tree_verdict
from fhc_desktop.reporting.proof.verdict import Signers
from tests.reporting.dicom.objects import (
    in_its_study,
    in_its_study_accepted,
    items,
    opened,
    report_of,
)
from tests.reporting.examinations import (
    graded_and_edited,
    headless,
    image,
    too_late,
    uncalibrated,
)

NOBODY = Signers()


def filed(content):
    return read_filed_report(BytesIO(content), Path("a.dcm"))


def asked(content, *, known=STANDARDS, signers=NOBODY, image=None):
    report = restored_report(filed(content))
    anew = object_anew(report, known)
    follows = anew if isinstance(anew, str) else Follows(anew.content, filed(anew.file))
    return tree_verdict(report, follows, signers=signers, opened=() if image is None else (image,))


def altered(alter, exam=None):
    dataset = opened(report_of(exam or in_its_study()))
    alter(dataset)
    written = BytesIO()
    dataset.save_as(written)
    return written.getvalue()


def without_measurement(dataset):
    dataset.remove_private_tags()


def numbers_called(dataset, meaning):
    return [
        one.MeasuredValueSequence[0]
        for one in items(dataset)
        if one.get("ValueType") == "NUM" and one.ConceptNameCodeSequence[0].CodeMeaning == meaning
    ]


def set_hc(dataset, digits="175.0"):
    (hc,) = numbers_called(dataset, "Head Circumference")
    hc.NumericValue = digits


def move_curve(dataset):
    curve = next(one for one in items(dataset) if one.get("GraphicType") == "ELLIPSE")
    curve.GraphicData = [curve.GraphicData[0] + 2.0, *curve.GraphicData[1:]]


@pytest.mark.parametrize(
    "exam",
    [
        in_its_study(),
        in_its_study_accepted(graded_and_edited()),
        in_its_study(uncalibrated()),
        in_its_study(headless()),
        in_its_study(too_late()),
        in_its_study_accepted(study_uid=None),
        in_its_study().with_outline(Ellipse(110.0, 40.0, 40.0, 30.0, 0.2)),
    ],
)
def test_that_a_report_agrees_with_what_it_carries_and_says_that_it_is_not_signed(exam):
    found = asked(report_of(exam), image=exam)

    assert found.faults == ()
    assert found.is_good
    assert found.headline == (
        f"Each of the {found.agreeing} statements of this report agrees; it is not signed."
    )
    assert NOT_SIGNED in found.remarks
    assert "The image is the one that was measured, byte for byte." in found.remarks


def test_that_a_number_altered_in_the_tree_is_named_with_the_right_one():
    found = asked(altered(set_hc))

    assert found.faults == (
        (
            "Its tree says “Head Circumference: 175.0 mm”; by what it carries it says "
            "“Head Circumference: 176.8 mm”."
        ),
    )
    assert "does NOT agree" in found.headline


def test_that_a_code_altered_under_its_name_is_named_with_both_codes():
    def recode(dataset):
        (hc,) = (
            one
            for one in items(dataset)
            if one.get("ValueType") == "NUM"
            and one.ConceptNameCodeSequence[0].CodeMeaning == "Head Circumference"
        )
        hc.ConceptNameCodeSequence[0].CodeValue = "11979-2"

    extra, lacking = asked(altered(recode)).faults

    assert extra == (
        "Its tree says “Head Circumference: 176.8 mm” (NUM Head Circumference (11979-2, LN)); by "
        "what it carries it says nothing of the kind."
    )
    assert lacking.endswith(
        "“Head Circumference: 176.8 mm” (NUM Head Circumference (11984-2, LN))."
    )


def test_that_a_curve_that_was_moved_is_named_with_how_far():
    (fault,) = asked(altered(move_curve)).faults

    assert fault.startswith("What it draws on the image is up to 2.00 pixels off")


def test_that_another_patient_in_the_header_is_named():
    def rename(dataset):
        dataset.PatientName, dataset.PatientID = "Somebody^Else", "4712"

    assert asked(altered(rename)).faults == (
        (
            "Its header says “Somebody^Else” for the patient’s name; by what it carries it is "
            "“Example^Ada^^Dr”."
        ),
        "Its header says “4712” for the patient’s identifier; by what it carries it is “4711”.",
    )


def test_that_a_draft_that_was_made_complete_is_named():
    def complete(dataset):
        dataset.CompletionFlag = "COMPLETE"

    (fault,) = asked(altered(complete)).faults
    assert "“COMPLETE” for its completion" in fault


def test_that_what_the_department_verified_is_a_remark_and_no_fault():
    def verify(dataset):
        dataset.VerificationFlag = "VERIFIED"

    found = asked(altered(verify))

    assert found.is_good
    assert any("marked as verified" in remark for remark in found.remarks)


def test_that_a_fact_altered_in_what_it_carries_is_named_with_what_no_longer_follows():
    def widen(dataset):
        block = dataset.private_block(0x0099, "FHC DESKTOP MEASUREMENT")
        block[0x01].value = block[0x01].value.replace('"semi_axis_a":40.0', '"semi_axis_a":41.0')

    faults = asked(altered(widen)).faults

    assert "Changed in what it carries: the outline." in faults
    assert any(fault.startswith("Its tree says “Head Circumference: 176.8") for fault in faults)


def test_that_a_measurement_that_cannot_be_read_is_a_fault():
    def spoil(dataset):
        dataset.private_block(0x0099, "FHC DESKTOP MEASUREMENT")[0x01].value = '{"form": 9}'

    (fault,) = asked(altered(spoil)).faults
    assert fault.startswith("The measurement that it carries cannot be read")


EXAM = in_its_study_accepted(graded_and_edited())
# Where an item of each kind says what it says, and what it says when it is altered.
SAID = {
    "NUM": ("MeasuredValueSequence", "NumericValue", "7"),
    "CODE": ("ConceptCodeSequence", "CodeValue", "ANOTHER"),
    "IMAGE": ("ReferencedSOPSequence", "ReferencedSOPInstanceUID", "1.2.9"),
    "TEXT": ("", "TextValue", "Another"),
    "DATE": ("", "Date", "20200202"),
    "PNAME": ("", "PersonName", "Another^Name"),
    "UIDREF": ("", "UID", "1.2.9"),
    "SCOORD": ("", "GraphicType", "POINT"),
}


@pytest.fixture(scope="module")
def accepted_report():
    """What is read of an accepted report, and what follows from it."""
    found = filed(report_of(EXAM))
    anew = object_anew(restored_report(found), STANDARDS)
    return found, Follows(anew.content, filed(anew.file))


def is_noticed(found, follows):
    try:
        report = restored_report(found)
    except NoReportOfOurs:
        return True
    return not tree_verdict(report, follows, signers=NOBODY).is_good


def test_that_each_single_item_that_says_something_else_is_noticed(accepted_report):
    found, follows = accepted_report
    report = restored_report(found)
    said = [place for place, item in enumerate(found.items) if item.words or item.image]
    assert len(said) > 90
    for place in said:
        item = found.items[place]
        other = (
            replace(item, words=f"{item.words}7")
            if item.image is None
            else replace(item, image=ReportedImage("1.2.9"))
        )
        changed = replace(found, items=(*found.items[:place], other, *found.items[place + 1 :]))

        # The report itself is the same: what else it tells was read of it once.
        assert not tree_verdict(replace(report, filed=changed), follows, signers=NOBODY).is_good


@pytest.mark.slow
def test_that_each_single_item_that_is_altered_in_the_file_is_noticed(accepted_report):
    report, follows = report_of(EXAM), accepted_report[1]
    for place in range(len(list(items(opened(report))))):
        dataset = opened(report)
        item = list(items(dataset))[place]
        if item.ValueType not in SAID:
            continue
        sequence, keyword, words = SAID[item.ValueType]
        setattr(item[sequence].value[0] if sequence else item, keyword, words)
        written = BytesIO()
        dataset.save_as(written)

        assert is_noticed(filed(written.getvalue()), follows), item


def test_that_an_item_that_was_left_out_or_put_elsewhere_is_noticed():
    def leave_out(dataset):
        dataset.ContentSequence[-1].ContentSequence.pop()

    def exchange(dataset):
        sections = dataset.ContentSequence[-1].ContentSequence
        sections[0], sections[-1] = sections[-1], sections[0]
        dataset.ContentSequence[-2], dataset.ContentSequence[-1] = (
            dataset.ContentSequence[-1],
            dataset.ContentSequence[-2],
        )

    assert "by what it carries it says “Comment: " in asked(altered(leave_out)).faults[0]
    assert "in other places" in asked(altered(exchange)).faults[0]


@pytest.mark.skipif(
    not hasattr(time, "tzset"), reason="the clock of this system is not ours to set"
)
def test_that_a_report_agrees_where_the_clocks_are_set_otherwise(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    time.tzset()
    report = report_of(EXAM)
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    found = asked(report)
    monkeypatch.undo()
    time.tzset()

    assert found.is_good


def test_that_another_moment_of_acceptance_is_named():
    def delay(dataset):
        (at,) = (one for one in items(dataset) if one.get("ValueType") == "DATETIME")
        at.DateTime = f"{at.DateTime[:10]}0107"

    (fault,) = asked(altered(delay, EXAM)).faults
    assert fault.startswith("Its tree says “Accepted: ")


def test_that_without_what_it_carries_the_lengths_are_made_anew_and_the_rest_is_said_to_be_gone():
    found = asked(altered(without_measurement))

    assert found.faults == ()
    assert found.gaps == (GONE,)
    assert not found.is_good
    assert found.headline == (
        "Not all of this report is left: 4 of its numbers could be made anew and agree; it is not "
        "signed."
    )


def test_that_without_millimetres_no_number_is_left_to_be_made_anew():
    found = asked(altered(without_measurement, in_its_study(uncalibrated())))

    assert found.headline.startswith(
        "Not all of this report is left: None of its numbers could be made anew;"
    )
    assert asked(altered(without_measurement, in_its_study(headless()))).faults == ()


@pytest.mark.parametrize(
    ("alter", "said"),
    [
        (set_hc, "by its own outline and scale it is “176.8 mm”"),
        (move_curve, "pixels off the outline in it"),
    ],
)
def test_that_an_altered_tree_contradicts_itself(alter, said):
    def both(dataset):
        without_measurement(dataset)
        alter(dataset)

    (fault,) = asked(altered(both)).faults
    assert said in fault


def test_that_a_scale_that_no_picture_has_is_a_fault_of_the_tree():
    def blow_up(dataset):
        without_measurement(dataset)
        (side,) = numbers_called(dataset, "Width of a pixel")
        side.FloatingPointValue = 1e6

    (fault,) = asked(altered(blow_up)).faults
    assert fault == "No head follows from the outline and the scale in its tree."


def test_that_the_image_of_a_tree_alone_is_known_by_its_uid_and_by_nothing_else():
    left = altered(without_measurement)

    found = asked(left, image=in_its_study())
    other = asked(left, image=in_its_study(instance_uid="1.2.3.4.99"))

    assert any("by its SOP Instance UID alone" in remark for remark in found.remarks)
    assert found.faults == ()
    assert other.faults == (
        "The image is another one: its SOP Instance UID is not the one in the report.",
    )
    another_frame = replace(
        in_its_study(), image=replace(image(), source=replace(image().source, frame=4))
    )
    assert asked(left, image=another_frame).is_contradictory


def test_that_it_is_said_where_the_images_file_has_another_scale_or_none():
    left = altered(without_measurement)
    none = in_its_study(uncalibrated())

    (_, said) = asked(left, image=none).gaps
    assert said.startswith("Its scale, 0.8000 × 0.8000 mm per column × row, is not taken over")


def test_that_another_image_is_a_fault():
    other = replace(in_its_study(), image=image(rows=90), study=StudyInfo())

    assert asked(report_of(in_its_study()), image=other).faults == (
        "The image is another one: its pixels are not those that were measured.",
    )


def test_that_a_signer_who_was_named_did_not_sign_it():
    (fault,) = asked(report_of(in_its_study()), signers=Signers(expected=("ab" * 32,))).faults

    assert fault == "It is signed by nobody, and not by whom you named."


def test_that_a_standard_that_is_not_known_here_is_asked_for():
    (fault,) = asked(report_of(in_its_study()), known=STANDARDS[1:]).faults

    assert fault.startswith("The growth standard intergrowth21 is not known here")
