"""What is done to an open image, step by step, without a window."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.examination.editing import Editing, with_next_head
from fhc_desktop.domain.examination.examination import Acceptance
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.patient import Patient
from tests.several_heads import LEFT, RIGHT, TWO_HEADS
from tests.storage.log_examples import ACCEPTED, EXAM, PROPOSED

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
BARE = replace(EXAM, proposal=None, outline_px=None)


def opened(exam=EXAM, supersedes=None):
    return Editing.of(exam, supersedes=supersedes)


def moved(outline_px):
    return replace(outline_px, center_x=outline_px.center_x + 1)


def named(name):
    return lambda exam: exam.with_patient(Patient("4711", name))


def acceptance_of(editing, entry_id="e1"):
    return Acceptance(editing.exam.facts, "Dr A", NOW, entry_id)


def test_that_a_preview_shows_and_leaves_no_step():
    editing = opened().previewed(PROPOSED)

    assert editing.exam.outline_px == PROPOSED
    assert editing.previewed(None).exam == opened().exam
    assert not editing.history.can_undo


def test_that_a_step_ends_the_preview():
    editing = opened().previewed(PROPOSED).recorded(named("Zoë"))

    assert editing.exam.outline_px == ACCEPTED
    assert editing.exam.patient.name == "Zoë"


def test_that_what_changes_nothing_is_no_step():
    assert not opened().recorded(lambda exam: exam).history.can_undo


@given(st.lists(st.sampled_from(["Ada", "Zoë", "Mia"]), max_size=8))
def test_that_all_steps_undone_and_redone_lead_back(names):
    editing = opened()
    for name in names:
        editing = editing.recorded(named(name))
    undone = editing
    while undone.history.can_undo:
        undone = undone.undone()
    redone = undone
    while redone.history.can_redo:
        redone = redone.redone()

    assert undone.exam == opened().exam
    assert redone.exam == editing.exam


def test_that_the_reason_of_a_correction_goes_into_its_row_and_not_into_the_next():
    editing = opened(supersedes="e1").recorded(named("Zoë")).explained("a slip")

    assert editing.accepted(acceptance_of(editing, "e2")).correction_reason == ""
    assert editing.accepted(acceptance_of(editing, None)).correction_reason == "a slip"
    assert editing.undone().correction_reason == "a slip"


def test_that_a_run_of_one_key_is_one_step_and_another_key_the_next():
    editing = opened()
    for key in ("left", "left", "left", "right"):
        editing = editing.nudged(key, moved)

    assert editing.exam.outline_px.center_x == ACCEPTED.center_x + 4
    assert editing.undone().exam.outline_px.center_x == ACCEPTED.center_x + 3
    assert editing.undone().undone().exam.outline_px == ACCEPTED


def test_that_a_key_moves_nothing_where_there_is_no_outline():
    assert opened(BARE).nudged("left", moved) == opened(BARE)


def test_that_the_display_is_no_step_and_no_undo_takes_it_back():
    shown = opened().recorded(named("Ada")).displayed(Display(gamma=1.5))

    assert len(shown.history.past) == 1
    assert shown.undone().display == shown.accepted(None).display == Display(gamma=1.5)


def test_that_undoing_after_accepting_shows_that_it_is_no_longer_accepted():
    editing = opened().recorded(named("Ada"))
    accepted = editing.accepted(acceptance_of(editing))

    assert accepted.exam.is_accepted
    assert not accepted.undone().exam.is_accepted
    assert accepted.undone().redone().exam.is_accepted


def test_that_the_next_acceptance_supersedes_the_row_of_the_last():
    editing = opened(supersedes="old")
    unlogged = editing.accepted(acceptance_of(editing, entry_id=None))
    logged = editing.accepted(acceptance_of(editing, entry_id="new"))

    assert (unlogged.supersedes, logged.supersedes) == ("old", "new")


def test_that_a_key_after_accepting_begins_a_step_of_its_own():
    editing = opened().nudged("left", moved)
    editing = editing.accepted(acceptance_of(editing)).nudged("left", moved)

    assert editing.undone().exam.outline_px.center_x == ACCEPTED.center_x + 1


def test_that_undo_does_not_lose_what_the_model_said():
    editing = opened(BARE).recorded(named("Ada")).undone().proposed(EXAM.proposal)

    assert editing.exam.outline_px == PROPOSED
    assert editing.redone().exam.proposal == EXAM.proposal
    assert editing.redone().exam.patient.name == "Ada"


def test_that_an_outline_drawn_meanwhile_stays_when_the_proposal_comes():
    editing = opened(BARE).recorded(lambda exam: exam.with_outline(ACCEPTED))

    assert editing.proposed(EXAM.proposal).exam.outline_px == ACCEPTED
    assert editing.proposed(EXAM.proposal).undone().exam.outline_px == PROPOSED


def test_that_of_several_heads_each_can_be_chosen_and_the_choice_undone():
    editing = opened(BARE).proposed(TWO_HEADS)
    assert editing.exam.outline_px is None
    chosen = editing.recorded(with_next_head)
    other = chosen.recorded(with_next_head)

    assert [chosen.exam.outline_px, other.exam.outline_px] == [LEFT, RIGHT]
    assert other.exam.offered_outline_px == RIGHT
    assert (chosen.exam.is_edited, other.exam.is_edited) == (False, False)
    assert other.undone().exam.outline_px == LEFT
    assert other.undone().undone().exam.outline_px is None


def test_that_there_is_no_next_of_one_head():
    assert not opened().recorded(with_next_head).history.can_undo


def test_that_a_comment_typed_in_one_go_is_one_step():
    editing = opened().commented("Far").commented("Far border").commented("Far border shadowed.")

    assert editing.exam.comment == "Far border shadowed."
    assert editing.undone().exam.comment == ""
    assert editing.undone().redone().exam == editing.exam
    assert opened().commented("") == opened()


def test_that_any_other_step_ends_what_is_typed_in_one_go():
    editing = opened().commented("Far").recorded(named("Zoë")).commented("Far border")

    assert editing.undone().exam.comment == "Far"
    assert editing.undone().exam.patient.name == "Zoë"
    pressed = opened().commented("Far").nudged("right", moved)
    assert pressed.undone().exam.comment == "Far"


def test_that_an_acceptance_parts_what_is_typed_before_and_after_it():
    before = opened().commented("Far")
    after = before.accepted(acceptance_of(before)).commented("Far border")

    assert not after.exam.is_accepted
    assert after.undone().exam.is_accepted
    assert after.undone().exam.comment == "Far"


def test_that_what_the_model_says_late_leaves_the_comment_where_it_is():
    late = opened(BARE).commented("Far").proposed(EXAM.proposal)

    assert late.exam.comment == "Far"
    assert late.commented("Far border").undone().exam.comment == ""
