"""One identifier is one woman only where entries agree, or where somebody said so."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fhc_desktop.domain.identity import Answer, Sameness, compared, recognised, women_among
from fhc_desktop.domain.patient import Patient

BORN, LATER = date(1990, 2, 3), date(1991, 2, 3)
ANNA = Patient("12345", "Alpha, Anna")
BERTA = Patient("12345", "Beta, Berta")
NAMELESS = Patient("12345")
MARRIED = Patient("12345", "Gamma, Anna", "", BORN)

PATIENTS = st.builds(
    Patient,
    st.just("12345"),
    st.sampled_from(("", "Alpha, Anna", "ALPHA Anna", "Alpha, Anna Eva", "Beta, Berta")),
    st.sampled_from(("", "NORTH", "SOUTH")),
    st.sampled_from((None, BORN, LATER)),
)


def who(name="Alpha, Anna", issuer="", born=None, identifier="12345"):
    return Patient(identifier, name, issuer, born)


TABLE = [
    (who(), who(), Sameness.SAME),
    (who(), who("anna alpha"), Sameness.SAME),
    (who(issuer="NORTH"), who(), Sameness.SAME),
    (who(issuer="NORTH"), who(issuer=" north"), Sameness.SAME),
    (who(born=BORN), who(), Sameness.SAME),
    (who(), who(""), Sameness.SAME),
    (who(issuer="NORTH"), who(issuer="SOUTH"), Sameness.ANOTHER),
    (who(issuer="NORTH", born=BORN), who(issuer="SOUTH", born=BORN), Sameness.ANOTHER),
    (who(), who(identifier="54321"), Sameness.ANOTHER),
    (who(), who("Beta, Berta"), Sameness.ASK),
    (who(issuer="NORTH"), who("Beta, Berta", "NORTH"), Sameness.ASK),
    (who(born=BORN), who(born=LATER), Sameness.ASK),
    (who(born=BORN), MARRIED, Sameness.ASK),
]


@pytest.mark.parametrize(("one", "other", "sameness"), TABLE)
def test_that_what_two_entries_say_decides_or_asks(one, other, sameness):
    assert compared([one], [other]) is sameness
    assert compared([other], [one]) is sameness


@given(PATIENTS, PATIENTS)
def test_that_a_comparison_has_no_direction_and_nobody_is_another_than_herself(one, other):
    assert compared([one], [other]) is compared([other], [one])
    assert compared([one], [one]) is Sameness.SAME


def test_that_entries_of_one_woman_are_hers_without_a_question():
    found = recognised(ANNA, [ANNA, who("anna alpha", "NORTH"), who(born=BORN)], ())

    assert found.hers == {ANNA, who("anna alpha", "NORTH"), who(born=BORN)}
    assert (found.in_doubt, found.others) == ((), ())


def test_that_another_name_is_in_doubt_until_it_is_answered():
    assert recognised(ANNA, [BERTA], ()).in_doubt == (frozenset({BERTA}),)
    same = recognised(ANNA, [BERTA], (), [Answer(ANNA, BERTA, is_same=True)])
    apart = recognised(ANNA, [BERTA], (), [Answer(ANNA, BERTA, is_same=False)])

    assert (same.hers, same.in_doubt) == ({ANNA, BERTA}, ())
    assert (apart.hers, apart.in_doubt, apart.others) == ({ANNA}, (), (frozenset({BERTA}),))


def test_that_two_issuers_are_two_women_without_a_question():
    north, south = who(issuer="NORTH"), who("Beta, Berta", "SOUTH")

    found = recognised(south, [north], ())

    assert (found.hers, found.in_doubt, found.others) == ({south}, (), (frozenset({north}),))


def test_that_a_married_name_is_hers_for_good_once_somebody_said_so():
    answers = [Answer(MARRIED, who(born=BORN), is_same=True)]
    logged = [who(born=BORN), MARRIED]

    for name in (who(born=BORN), MARRIED, who("GAMMA ANNA")):
        assert recognised(name, logged, answers).in_doubt == (), name
    assert recognised(BERTA, logged, answers).in_doubt == (frozenset(logged),)


def test_that_another_woman_stays_another_in_every_spelling():
    answers = [Answer(ANNA, BERTA, is_same=False)]

    found = recognised(who("ALPHA Anna", born=BORN), [BERTA, ANNA], answers)

    assert found.hers == {ANNA, who("ALPHA Anna", born=BORN)}
    assert (found.in_doubt, found.others) == ((), (frozenset({BERTA}),))


def test_that_of_two_answers_the_later_holds():
    answers = [Answer(ANNA, BERTA, is_same=True), Answer(BERTA, ANNA, is_same=False)]

    assert recognised(ANNA, [BERTA], answers).hers == {ANNA}


def test_that_an_entry_that_could_be_of_either_of_two_women_is_in_doubt():
    found = recognised(ANNA, [NAMELESS, BERTA], ())

    assert set(found.in_doubt) == {frozenset({NAMELESS}), frozenset({BERTA})}
    assert set(women_among([ANNA, NAMELESS, BERTA], ())) == {
        frozenset({one}) for one in (ANNA, NAMELESS, BERTA)
    }


def test_that_an_image_without_a_name_is_nobody_whatever_was_said_of_another_one():
    answers = [Answer(ANNA, NAMELESS, is_same=True), Answer(ANNA, BERTA, is_same=False)]

    assert recognised(NAMELESS, [ANNA, NAMELESS], answers[:1]).in_doubt == ()
    assert recognised(NAMELESS, [ANNA, NAMELESS, BERTA], answers).hers == {NAMELESS}
    assert len(recognised(NAMELESS, [ANNA, NAMELESS, BERTA], answers).in_doubt) == 2


@given(PATIENTS, st.lists(PATIENTS, max_size=5))
def test_that_nothing_is_joined_that_does_not_agree(patient, logged):
    hers = recognised(patient, logged, ()).hers

    for one, other in combinations(hers, 2):
        assert compared([one], [other]) is Sameness.SAME


@given(PATIENTS, st.lists(PATIENTS, max_size=5))
def test_that_everybody_in_the_log_is_hers_or_asked_about_or_another(patient, logged):
    found = recognised(patient, logged, ())
    rest = [one for woman in (*found.in_doubt, *found.others) for one in woman]

    assert found.hers | set(rest) == {patient, *logged}
    # An image without a name may be nobody's, though another one without a name is logged.
    assert found.hers.isdisjoint(rest) or not patient.name


@given(st.lists(PATIENTS, max_size=6))
def test_that_the_log_is_parted_into_women_who_agree(logged):
    women = women_among(logged, ())

    assert sum(map(len, women)) == len(set(logged))
    for woman in women:
        for one, other in combinations(woman, 2):
            assert compared([one], [other]) is Sameness.SAME


@given(PATIENTS, st.lists(PATIENTS, min_size=1, max_size=5), st.booleans())
def test_that_each_answer_settles_what_was_asked(patient, logged, is_same):
    assume(patient.name)
    given_answers = []
    for _ in range(len(set(logged)) + 1):
        found = recognised(patient, logged, (), given_answers)
        if not found.in_doubt:
            break
        given_answers += [Answer(patient, one, is_same) for one in found.in_doubt[0]]

    settled = recognised(patient, logged, (), given_answers)
    assert settled.in_doubt == ()
    asked = {one.logged for one in given_answers}
    assert asked <= settled.hers if is_same else asked.isdisjoint(settled.hers - {patient})


@given(PATIENTS, PATIENTS, st.lists(PATIENTS, max_size=4))
def test_that_no_answer_about_one_woman_joins_another_who_was_not_asked_about(
    patient, other, logged
):
    assume(patient.name)
    said = [Answer(patient, other, is_same=True)]
    hers = recognised(patient, [other, *logged], (), said).hers

    for one in hers - {patient, other}:
        assert compared([one], [patient, other]) is Sameness.SAME
