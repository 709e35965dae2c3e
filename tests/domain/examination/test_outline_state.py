import pytest

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.examination.outline_state import OutlineState, outline_state, state_words
from tests.reporting.examinations import (
    accepted,
    edited,
    graded,
    headless,
    proposed,
)
from tests.several_heads import LEFT, TWO_HEADS


@pytest.mark.parametrize(
    ("exam", "state", "words"),
    [
        (proposed(), OutlineState.PROPOSED, "Proposed by the model, not accepted"),
        (edited(), OutlineState.EDITED, "Edited by hand, not accepted"),
        (accepted(), OutlineState.ACCEPTED, "Accepted, logged"),
        (accepted(entry_id=None), OutlineState.NOT_LOGGED, "Accepted, NOT LOGGED"),
        (headless(), OutlineState.NONE, "No head found"),
        (
            headless().with_outline(proposed().outline_px),
            OutlineState.EDITED,
            "Drawn by hand, not accepted",
        ),
        (graded(Grade.NOT_MEASURABLE), OutlineState.NONE, "No outline: not measurable"),
        (proposed().with_outline(None), OutlineState.NONE, "No outline"),
        (headless().with_proposal(TWO_HEADS), OutlineState.NONE, "Two heads: choose one"),
        (
            headless().with_proposal(TWO_HEADS).with_outline(LEFT),
            OutlineState.PROPOSED,
            "Proposed by the model, not accepted",
        ),
    ],
)
def test_that_each_state_has_its_words(exam, state, words):
    assert outline_state(exam) is state
    assert state_words(exam) == words


def test_that_a_change_after_accepting_asks_again():
    changed = accepted().with_outline(edited().outline_px)

    assert outline_state(changed) is OutlineState.EDITED
    assert state_words(changed) == "Edited by hand, accept again"
