"""What machines read of a report: the same numbers, each with its code and unit."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.sr.codedict import codes as known_codes

from fhc_desktop.domain.dating.gestation import Dating, DatingMethod, GestationalAge
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.assessment import Dimension
from fhc_desktop.domain.growth.standards import HADLOCK_1984_GROWTH, STANDARDS, WHO_2017
from fhc_desktop.domain.image.ultrasound_image import ImageSource, StudyInfo
from fhc_desktop.domain.patient import Patient
from fhc_desktop.reporting.content import codes
from fhc_desktop.reporting.content.coded_content import CodedContent
from fhc_desktop.reporting.content.coded_study import coded_name, uid_of
from fhc_desktop.reporting.content.codes import Code, growth_citation, private
from tests.reporting.content.coded_texts import coded_numbers, is_printed, texts_of
from tests.reporting.examinations import (
    MODEL,
    NOW,
    SCALE,
    accepted,
    edited,
    graded,
    headless,
    image,
    proposed,
    small,
    too_late,
    uncalibrated,
    undated,
)
from tests.strategies import ellipses

STUDY = StudyInfo(
    patient_id="4711",
    patient_name="Ada Example",
    coded_name="Example^Ada^^Dr",
    birth_date=date(1996, 5, 4),
    study_date=date(2026, 11, 20),
    study_time="093015.25",
    study_id="S-1",
    accession_number="A-1",
    study_uid="1.2.3",
    series_uid="1.2.3.4",
    instance_uid="1.2.3.4.5",
    sop_class_uid="1.2.840.10008.5.1.4.1.1.6.1",
)
EVERY = (accepted, edited, graded, headless, proposed, small, too_late, uncalibrated, undated)
# The lines of PS3.16's context groups, as pydicom's dictionaries have them.
STANDARD_CODES = (
    (codes.HC, "12005"),
    (codes.BPD, "12005"),
    (codes.OFD, "12005"),
    (codes.CEPHALIC_INDEX, "12004"),
    (codes.GESTATIONAL_AGE, "12019"),
    (codes.AGE_BY_LMP, "12019"),
    (codes.LMP, "12003"),
    (codes.EDD, "12003"),
    (codes.EDD_BY_LMP, "12003"),
    (codes.PERCENTILE_RANK, "12017"),
    (codes.Z_SCORE, "12017"),
    (codes.TWO_SD, "226"),
    (codes.EQUATION, "228"),
    (codes.TABLE_CITATION, "228"),
    (codes.CALCULATED, "3627"),
    (codes.age_citation("hadlock1984"), "12013"),
    (growth_citation(HADLOCK_1984_GROWTH, Dimension.HC), "12015"),
)


def in_its_study(exam=None, **changes):
    return replace(exam or proposed(), study=replace(STUDY, **changes))


def coded(exam):
    return CodedContent.of(exam, NOW)


@pytest.mark.parametrize("examined", EVERY)
@pytest.mark.parametrize("standard", STANDARDS, ids=lambda standard: standard.key)
def test_that_each_coded_number_is_printed_with_the_same_digits(examined, standard):
    found = coded(replace(examined(), standard=standard))

    assert [one for one in coded_numbers(found) if not is_printed(one, found.report)] == []


@given(ellipses(), st.integers(98, 280))
def test_that_each_coded_number_is_printed_whatever_the_outline(outline_px, days):
    dating = Dating.from_age(GestationalAge(days))
    found = coded(replace(proposed().with_outline(outline_px), dating=dating))

    assert [one for one in coded_numbers(found) if not is_printed(one, found.report)] == []


def test_that_a_head_is_told_with_its_codes_and_units():
    found = coded(graded())

    assert [(one.concept.value, one.value, one.unit.value) for one in coded_numbers(found)] == [
        ("11984-2", "176.8", "mm"),
        ("11820-8", "48.0", "mm"),
        ("11851-3", "64.0", "mm"),
        ("11823-2", "75.0", "%"),
        ("INTERVAL-LOW", "173.2", "mm"),
        ("INTERVAL-HIGH", "180.5", "mm"),
        ("INTERVAL-SHARE", "90", "%"),
        ("11885-1", "148", "d"),
        ("125012", "11", "%"),
        ("125013", "-1.22", "1"),
        ("125012", "4", "%"),
        ("125013", "-1.74", "1"),
        ("125012", "29", "%"),
        ("125013", "-0.55", "1"),
        ("18185-9", "141", "d"),
        ("121417", "10", "d"),
        ("18185-9", "143", "d"),
    ]
    assert found.sizes.hc.derivation == codes.CALCULATED
    assert found.places[Dimension.HC].z.citation.source == private(
        "HC-IG21-2014", "HC by GA, INTERGROWTH-21st 2014"
    )
    assert found.model.digest == MODEL.sha256[:12]
    assert (found.origin.value, found.grade.value) == ("OUTLINE-PROPOSED", "GRADE-GOOD")
    assert found.scale == SCALE


@pytest.mark.parametrize(("code", "context_group"), STANDARD_CODES)
def test_that_a_code_is_one_of_its_context_group(code: Code, context_group):
    group = getattr(known_codes, f"cid{context_group}").concepts.values()

    assert (code.value, code.scheme, code.meaning) in [
        (one.value, one.scheme_designator, one.meaning) for one in group
    ]


def test_that_no_percentile_is_made_up_below_the_first():
    place = coded(small()).places[Dimension.HC]

    assert place.percentile is None
    assert place.z is not None


def test_that_a_head_beyond_a_chart_without_tails_has_words_and_no_number():
    place = coded(replace(small(), standard=WHO_2017)).places[Dimension.HC]

    assert (place.percentile, place.z) == (None, None)
    assert place.words == "below the 1st percentile (HC by GA, WHO 2017)"


@pytest.mark.parametrize("examined", [uncalibrated, headless])
def test_that_without_millimetres_no_size_and_no_place_is_coded(examined):
    found = coded(examined())

    assert (found.sizes, found.interval, dict(found.places), found.ages) == (None, None, {}, ())


def test_that_a_dating_is_told_with_its_days():
    found = coded(proposed()).dating

    assert found.lmp.day == date(2026, 6, 25)
    assert (found.edd.concept, found.edd.day) == (codes.EDD_BY_LMP, date(2027, 4, 1))


def test_that_another_cycle_is_no_age_by_lmp_as_others_count_it():
    dating = Dating.from_lmp(date(2026, 6, 25), cycle_days=33)
    found = coded(replace(proposed(), dating=dating)).dating

    assert found.age.concept == codes.GESTATIONAL_AGE
    assert found.edd.concept == codes.EDD
    assert found.lmp.day == date(2026, 6, 25)


@pytest.mark.parametrize("method", [DatingMethod.EDD, DatingMethod.RETRIEVAL])
def test_that_only_an_lmp_is_called_one(method):
    found = coded(replace(proposed(), dating=Dating(method, on=date(2026, 12, 1)))).dating

    assert found.lmp is None


def test_that_a_dating_that_cannot_be_true_dates_nothing():
    found = coded(too_late()).dating

    assert found.age is not None  # 41 weeks: beyond the chart, and true
    impossible = coded(replace(proposed(), dating=Dating.from_lmp(date(2027, 1, 1)))).dating
    assert (impossible.age, impossible.lmp, impossible.edd) == (None, None, None)


def test_that_what_nobody_accepted_names_no_operator():
    draft, final = coded(proposed()).standing, coded(accepted()).standing

    assert (draft.is_accepted, draft.operator, draft.accepted_at) == (False, "", None)
    assert (final.is_accepted, final.operator, final.accepted_at) == (True, "Dr. M. Ångström", NOW)


def test_that_what_changed_since_it_was_accepted_is_nobodys_word():
    changed = replace(accepted(), fetus=Fetus("B"))

    assert coded(changed).standing.draft_reason == "Draft: changed since it was accepted."


def test_that_an_image_of_a_study_is_referred_to_there():
    found = coded(in_its_study())

    assert found.study.uid == "1.2.3"
    assert (found.study.time, found.study.accession_number) == ("093015.25", "A-1")
    assert found.image.instance_uid == "1.2.3.4.5"
    assert found.image.frame == 3
    assert found.patient.coded_name == "Example^Ada^^Dr"
    assert found.study.own_reason == ""


def test_that_a_picture_alone_has_one_frame_and_needs_no_number():
    single = replace(image().source, frame=1, frame_count=1)

    assert coded(in_its_study(replace(proposed(), image=image(source=single)))).image.frame is None


def test_that_a_file_without_a_study_has_one_of_its_own_and_says_so():
    found = coded(proposed())

    assert found.image is None
    assert found.study.uid.startswith("2.25.")
    assert found.study == coded(edited()).study
    assert found.study.own_reason == "The image’s file belongs to no study."


def test_that_another_patients_study_takes_no_report():
    found = coded(in_its_study(patient_id="9999", patient_name="Berta Beta"))

    assert found.study.uid != "1.2.3"
    assert found.study.accession_number == ""
    assert found.study.own_reason == "The image’s file names another patient."
    assert found.patient.birth_date is None
    assert "Berta" not in found.patient.coded_name


def test_that_two_pictures_have_two_studies():
    other = image(source=ImageSource(Path("b.png"), "cd34" * 16))

    assert coded(proposed()).study.uid != coded(replace(proposed(), image=other)).study.uid


@pytest.mark.parametrize("uid", [None, "", "1.2.a", "1" * 65, "."])
def test_that_what_is_no_uid_is_referred_to_by_nobody(uid):
    assert coded(in_its_study(instance_uid=uid)).image is None


@given(st.text(), st.text())
def test_that_a_uid_belongs_to_its_texts(one, other):
    assert uid_of(one, other) == uid_of(one, other)
    assert uid_of(one, other) != uid_of(one + "\0" + other)[:-1]
    assert len(uid_of(one, other)) <= 64


@pytest.mark.parametrize(
    ("shown", "coded"),
    [
        ("Muster, Anna Maria", "Muster^Anna Maria"),
        ("Anna Muster", "Anna Muster^"),
        ("", ""),
        ("A^B=C\\D", "A B C D^"),
        ("محمد, فاطمة", "محمد^فاطمة"),
        ("x" * 80, "x" * 63 + "^"),
    ],
)
def test_that_a_typed_name_becomes_a_dicom_name(shown, coded):
    assert coded_name(shown) == coded


def test_that_a_typed_name_is_not_the_files_name():
    changed = in_its_study(replace(proposed(), patient=Patient("4711", "Ada Married")))

    assert coded(changed).patient.coded_name == "Ada Married^"


def test_that_all_that_is_printed_stands_in_the_statements():
    found = coded(graded())

    assert all(row.value in texts_of(found.report) or "−" in row.value for row in found.statements)
    assert found.statements[0].value == "176.8 mm"


def test_that_a_code_that_dicom_has_no_room_for_is_refused():
    with pytest.raises(ValueError, match="not a code"):
        Code("x" * 17, "LN", "too long")
    assert len(private("X", "y" * 100).meaning) == 64
