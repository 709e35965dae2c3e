"""One section is open: the one that she chose, or the one in which something is missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.gui.window.sections import Need, Section, Sections

NONE = frozenset[Need]()
ALL = frozenset(Need)


def met(sections, needs, *, another=False, typed=False):
    return sections.met(frozenset(needs), is_another_image=another, is_typed_in=typed)


@pytest.mark.parametrize(
    ("needs", "section"),
    [
        (ALL, Section.PATIENT),
        ({Need.SCALE, Need.DATING}, Section.CALIBRATION),
        ({Need.DATING}, Section.PATIENT),
    ],
)
def test_that_what_is_most_urgent_opens_its_section(needs, section):
    assert met(Sections.begun(keeps_standards=True), needs, another=True).open is section


def test_that_nothing_is_open_that_nobody_asked_for():
    assert met(Sections(), NONE, another=True).open is None


def test_that_what_comes_next_opens_once_the_first_is_there():
    asked = met(Sections(), {Need.SCALE, Need.DATING}, another=True)

    assert met(asked, {Need.DATING}).open is Section.PATIENT


def test_that_a_section_stays_when_all_is_there():
    asked = met(Sections.begun(keeps_standards=True), {Need.DATING}, another=True)

    assert met(asked, NONE).open is Section.PATIENT
    assert met(met(asked, NONE), NONE, another=True).open is Section.STANDARDS


def test_that_what_she_folded_is_not_opened_again_for_what_she_knows():
    folded = met(Sections(), {Need.DATING}, another=True).folded()

    assert met(folded, {Need.DATING}).open is None
    assert met(folded, {Need.DATING, Need.QUESTION}).open is Section.PATIENT
    assert met(folded, {Need.DATING}, another=True).open is Section.PATIENT


def test_that_what_is_needed_under_a_typing_hand_waits_until_it_has_left():
    typed = Sections().opened(Section.PATIENT)

    waiting = met(typed, {Need.SCALE}, typed=True)

    assert waiting.open is Section.PATIENT
    assert met(waiting, {Need.SCALE}).open is Section.CALIBRATION


def test_that_what_she_opened_is_there_with_the_next_image_too():
    opened = Sections.begun(keeps_standards=True).opened(Section.CALIBRATION)

    assert met(opened, NONE, another=True).open is Section.CALIBRATION
    assert met(opened.folded(), NONE, another=True).open is Section.STANDARDS


def test_that_a_look_at_another_section_does_not_change_her_habit():
    looked = Sections.begun(keeps_standards=True).toggled(Section.PATIENT)

    assert looked.keeps_standards
    assert looked.toggled(Section.PATIENT).keeps_standards
    assert not Sections.begun(keeps_standards=True).folded().keeps_standards
    assert Sections().opened(Section.STANDARDS).keeps_standards


def test_that_being_led_to_a_section_is_no_choice_of_hers():
    led = Sections().led_to(Section.PATIENT)

    assert led.open is Section.PATIENT
    assert met(led, NONE, another=True).open is None


needs = st.frozensets(st.sampled_from(Need))
steps = st.one_of(
    st.tuples(st.just("met"), needs, st.booleans()),
    st.tuples(st.sampled_from(["toggled", "opened"]), st.sampled_from(Section)),
    st.tuples(st.just("folded")),
)


@given(st.lists(steps), needs, st.booleans())
def test_that_under_a_typing_hand_nothing_opens_or_folds_whatever_came_before(
    before, wanted, another
):
    sections = Sections()
    for name, *how in before:
        if name == "met":
            sections = met(sections, how[0], another=how[1])
        else:
            sections = getattr(sections, name)(*how)

    assert met(sections, wanted, another=another, typed=True).open is sections.open
