"""One dating for many files dates nobody by another's word; where it would, somebody decides."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.dating.gestation import (
    Dating,
    DatingMethod,
    GestationalAge,
    NoAge,
    gestational_age,
)
from fhc_desktop.domain.examination.batch_dating import (
    DatingFrom,
    GivenDating,
    NamedStudy,
    Unclear,
    dated_together,
    file_dating,
    is_another_woman,
)
from fhc_desktop.domain.image.ultrasound_image import StudyInfo

LMP = date(2024, 3, 1)
OTHER = date(2024, 4, 20)
DAY = date(2024, 7, 20)
LATER = date(2024, 8, 3)
ANNA = StudyInfo(patient_id="A1", patient_name="Alpha, Anna", study_date=DAY)
BERTA = StudyInfo(patient_id="B2", patient_name="Beta, Berta", study_date=DAY)
REOPENED = replace(ANNA, acquisition_date=LATER, last_menstrual_date=LMP)


def with_lmp(study, lmp=LMP):
    return replace(study, last_menstrual_date=lmp)


def on_day(study, day=LATER):
    return replace(study, study_date=day)


def named(studies):
    return [NamedStudy(f"{number}.dcm", study) for number, study in enumerate(studies, start=1)]


def ages(studies, options):
    """Return the age of each file as days or None; None for all of them where it is refused."""
    found = dated_together(named(studies), options)
    if isinstance(found, Unclear):
        return None
    told = [file_dating(study, found).age for study in studies]
    return [None if isinstance(age, NoAge) else age.days for age in told]


BY_LMP = Dating.from_lmp(LMP)
BY_OTHER_LMP = Dating.from_lmp(OTHER)
BY_AGE = Dating.from_age(GestationalAge(141))
BY_EDD = Dating.from_edd(LMP + timedelta(days=280))
BY_FAR_LMP = Dating.from_lmp(date(2020, 1, 1))
BY_CRL = Dating.from_crl(60.0, date(2024, 5, 20))
BY_TRANSFER = Dating(DatingMethod.DAY_5_TRANSFER, on=date(2024, 3, 20))
REFUSED = None


@pytest.mark.parametrize(
    ("studies", "dating", "unsaid", "by_options", "by_files"),
    [
        # One woman, one day: nothing to ask.
        ([ANNA], BY_LMP, [141], [141], [141]),
        ([ANNA, ANNA], BY_AGE, [141, 141], [141, 141], [141, 141]),
        ([with_lmp(ANNA)], BY_LMP, [141], [141], [141]),
        ([with_lmp(ANNA)], BY_EDD, [141], [141], [141]),
        ([with_lmp(ANNA)], BY_AGE, [141], [141], [141]),
        # One woman, several days: a dating that has a day counts to each, an age does not.
        ([ANNA, on_day(ANNA)], BY_LMP, [141, 155], [141, 155], [141, 155]),
        ([ANNA, on_day(ANNA)], BY_EDD, [141, 155], [141, 155], [141, 155]),
        ([ANNA, on_day(ANNA)], BY_AGE, REFUSED, [141, 141], [None, None]),
        ([with_lmp(ANNA), on_day(ANNA)], BY_AGE, REFUSED, [141, 141], [141, None]),
        # Several women.
        ([ANNA, BERTA], BY_LMP, REFUSED, [141, 141], [None, None]),
        ([ANNA, BERTA], BY_AGE, REFUSED, [141, 141], [None, None]),
        ([ANNA, BERTA], BY_EDD, REFUSED, [141, 141], [None, None]),
        ([ANNA, with_lmp(BERTA)], BY_LMP, REFUSED, [141, 141], [None, 141]),
        ([with_lmp(ANNA), with_lmp(BERTA, OTHER)], BY_LMP, REFUSED, [141, 141], [141, 91]),
        # Against what a file says.
        ([with_lmp(ANNA)], BY_OTHER_LMP, REFUSED, [91], [141]),
        ([with_lmp(ANNA), ANNA], BY_OTHER_LMP, REFUSED, [91, 91], [141, None]),
        ([with_lmp(ANNA)], Dating.from_age(GestationalAge(140)), REFUSED, [140], [141]),
        # No single pregnancy.
        ([ANNA], BY_FAR_LMP, REFUSED, [None], [None]),
        ([ANNA, on_day(ANNA, date(2025, 7, 20))], BY_LMP, REFUSED, [141, None], [141, None]),
        ([ANNA, on_day(ANNA, date(2025, 7, 20))], BY_CRL, REFUSED, [148, None], [148, None]),
        ([ANNA, on_day(ANNA, date(2025, 7, 20))], BY_TRANSFER, REFUSED, [141, None], [141, None]),
        # Unknown patients are not several, unless they are named differently.
        ([ANNA, StudyInfo(study_date=DAY)], BY_LMP, [141, 141], [141, 141], [141, 141]),
        (
            [StudyInfo(patient_name="Alpha, Anna", study_date=DAY), ANNA],
            BY_LMP,
            [141, 141],
            [141, 141],
            [141, 141],
        ),
        (
            [StudyInfo(patient_name="Beta, Berta", study_date=DAY), ANNA],
            BY_LMP,
            REFUSED,
            [141, 141],
            [None, None],
        ),
        # What has no day has no age, and is no reason to refuse.
        ([StudyInfo()], BY_LMP, [None], [None], [None]),
        ([StudyInfo(), ANNA], BY_AGE, [141, 141], [141, 141], [141, 141]),
        # Days that lie apart give none, but to an age that needs no day.
        ([REOPENED], BY_LMP, [None], [None], [None]),
        ([REOPENED], Dating.from_age(GestationalAge(155)), [155], [155], [None]),
    ],
)  # fmt: skip
def test_that_one_dating_is_taken_refused_or_left_to_the_files(
    studies, dating, unsaid, by_options, by_files
):
    expected = {None: unsaid, DatingFrom.OPTIONS: by_options, DatingFrom.FILES: by_files}

    for holds, days in expected.items():
        assert ages(studies, GivenDating(dating, holds=holds)) == days, holds


@pytest.mark.parametrize("holds", [None, *DatingFrom])
def test_that_files_of_several_women_keep_their_own_datings_where_none_is_given(holds):
    studies = [with_lmp(ANNA), with_lmp(BERTA, OTHER), ANNA]

    assert ages(studies, GivenDating(holds=holds)) == [141, 91, None]


@pytest.mark.parametrize(
    ("given_day", "holds", "days"),
    [
        (LATER, None, 155),
        (DAY, None, 141),
        (date(2024, 7, 27), None, 148),
        (LATER, DatingFrom.FILES, 155),
        (DAY, DatingFrom.FILES, 141),
        (date(2024, 7, 27), DatingFrom.FILES, None),
        (None, None, None),
        (None, DatingFrom.OPTIONS, None),
    ],
)
def test_that_a_day_given_settles_two_that_lie_apart(given_day, holds, days):
    assert ages([REOPENED], GivenDating(exam_date=given_day, holds=holds)) == [days]


def test_that_a_withheld_age_says_which_days_and_what_to_do():
    found = file_dating(REOPENED, GivenDating())

    assert found.withheld == NoAge(
        "The file gives two days, 2024-08-03 (AcquisitionDate) and 2024-07-20 (StudyDate): say "
        "which with --exam-date."
    )
    assert found.caveats == (f"No age. {found.withheld.reason}",)
    assert not found.is_settled
    assert file_dating(REOPENED, GivenDating(exam_date=DAY)).is_settled


def test_that_a_day_given_for_files_of_several_days_is_refused():
    studies = [with_lmp(ANNA), with_lmp(on_day(ANNA))]
    one_day = GivenDating(BY_LMP, exam_date=DAY)

    assert ages(studies, one_day) is REFUSED
    assert ages(studies, replace(one_day, holds=DatingFrom.OPTIONS)) == [141, 141]
    assert ages(studies, replace(one_day, holds=DatingFrom.FILES)) == [141, 155]


def test_that_a_day_against_the_files_own_holds_and_is_told():
    found = file_dating(with_lmp(ANNA), GivenDating(exam_date=LATER))

    assert found.exam_date == LATER
    assert found.caveats == ("The examination date given, 2024-08-03, is not in the file.",)


def test_that_a_refusal_names_the_files():
    studies = named([with_lmp(ANNA), with_lmp(BERTA, OTHER)])

    found = dated_together(studies, GivenDating(BY_LMP))

    assert found == Unclear(
        (
            "One dating was given, and 1.dcm and 2.dcm name different patients.",
            "LMP 2024-03-01 was given, and 2.dcm has LMP 2024-04-20.",
        )
    )


def test_that_a_long_list_of_files_is_cut():
    studies = named(replace(ANNA, patient_id=str(number), patient_name="") for number in range(9))
    off = named([with_lmp(ANNA, OTHER)] * 5)

    (women,) = dated_together(studies, GivenDating(BY_LMP)).faults
    (against,) = dated_together(off, GivenDating(BY_LMP)).faults

    assert "1.dcm, 2.dcm and 3.dcm name" in women
    assert against.endswith("3.dcm has LMP 2024-04-20 and 2 more.")


@pytest.mark.parametrize(
    ("change", "is_another"),
    [
        ({}, False),
        ({"patient_name": "ANNA alpha"}, False),
        ({"patient_name": "Beta, Berta"}, True),
        ({"patient_id": "B2"}, True),
        ({"issuer": "SOUTH"}, True),
        ({"birth_date": date(1985, 5, 5)}, True),
        ({"patient_id": None, "issuer": None, "birth_date": None}, False),
        ({"patient_id": None, "patient_name": None}, False),
    ],
)
def test_that_whatever_differs_beyond_spelling_is_another_woman(change, is_another):
    one = replace(ANNA, issuer="NORTH", birth_date=date(1990, 1, 1))

    assert is_another_woman(one, replace(one, **change)) is is_another
    assert is_another_woman(replace(one, **change), one) is is_another


a_day = st.dates(date(2024, 6, 1), date(2024, 9, 30))
a_patient = st.sampled_from([("", ""), ("1", "Alpha"), ("2", "Beta"), ("", "Alpha"), ("1", "")])
a_file = st.builds(
    lambda who, day, lmp: StudyInfo(
        patient_id=who[0] or None,
        patient_name=who[1] or None,
        study_date=day,
        last_menstrual_date=lmp,
    ),
    a_patient,
    st.none() | a_day,
    st.none() | st.sampled_from([LMP, OTHER, date(2023, 1, 1)]),
)
a_dating = st.none() | st.sampled_from(
    [BY_LMP, BY_OTHER_LMP, BY_AGE, BY_EDD, BY_FAR_LMP, BY_CRL, BY_TRANSFER]
)


def own_age(study, exam_date):
    """What the file's own LMP says on a day; None where it lacks one of the two."""
    if study.last_menstrual_date is None or exam_date is None:
        return None
    return gestational_age(Dating.from_lmp(study.last_menstrual_date), exam_date)


def women_of(studies):
    """How many women are certainly named, by the identifiers and the names that there are."""
    identifiers = {study.patient_id for study in studies if study.patient_id}
    names = {study.patient_name for study in studies if study.patient_name}
    return max(len(identifiers), len(names))


@given(st.lists(a_file, min_size=1, max_size=5), a_dating, st.sampled_from([None, *DatingFrom]))
def test_that_every_age_is_the_files_own_or_the_one_given_and_never_anothers(
    studies, dating, holds
):
    found = dated_together(named(studies), GivenDating(dating, holds=holds))
    if isinstance(found, Unclear):
        assert holds is None
        return
    for study in studies:
        age, own = file_dating(study, found).age, own_age(study, study.study_date)
        if isinstance(age, NoAge):
            continue
        typed = gestational_age(dating, study.study_date)
        if holds is DatingFrom.OPTIONS:
            assert age == (own if dating is None else typed)
        elif own is not None:
            assert age == own
        else:
            assert age == typed
            assert women_of(studies) <= 1


@given(st.lists(a_file, min_size=1, max_size=5), a_dating)
def test_that_what_is_not_refused_is_the_same_whoever_holds(studies, dating):
    unsaid = ages(studies, GivenDating(dating))
    if unsaid is not None:
        assert ages(studies, GivenDating(dating, holds=DatingFrom.OPTIONS)) == unsaid
        by_files = ages(studies, GivenDating(dating, holds=DatingFrom.FILES))
        assert all(one in {None, other} for one, other in zip(by_files, unsaid, strict=True))


def test_that_every_pair_of_facts_is_decided():
    """No combination of patient, day, LMP and option raises, and each gives an age or a reason."""
    files = [
        StudyInfo(patient_id=who, study_date=day, acquisition_date=taken, last_menstrual_date=lmp)
        for who, day, taken, lmp in product(
            (None, "1", "2"), (None, DAY, LATER), (None, DAY, LATER), (None, LMP)
        )
    ]
    datings = (None, BY_LMP, BY_OTHER_LMP, BY_AGE)
    for one, dating, day, holds in product(files, datings, (None, DAY), (None, *DatingFrom)):
        options = GivenDating(dating, day, holds)
        found = dated_together(named([one, ANNA]), options)
        if isinstance(found, Unclear):
            assert holds is None
            assert all(sentence.endswith(".") for sentence in found.faults)
            continue
        age = file_dating(one, found).age
        assert isinstance(age, GestationalAge) or age.reason.endswith(".")


def test_that_files_are_asked_for_once_and_those_beyond_the_first_few_are_counted():
    studies = (NamedStudy(f"{number}.dcm", with_lmp(ANNA, OTHER)) for number in range(1000))

    found = dated_together(studies, GivenDating(BY_LMP))

    assert isinstance(found, Unclear)
    (fault,) = found.faults
    assert "2.dcm has LMP 2024-04-20 and 997 more" in fault
