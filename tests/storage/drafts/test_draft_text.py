"""What a draft holds comes back from its text, and nothing else is taken for a draft."""

import json

import pytest
from hypothesis import given

from fhc_desktop.domain.examination.draft import Draft, PictureKey
from fhc_desktop.domain.examination.editing import Editing
from fhc_desktop.storage.drafts.draft_text import draft_of, text_of
from tests.several_heads import LEFT, TWO_HEADS
from tests.storage.draft_examples import AT, a_draft, drafts
from tests.storage.log_examples import EXAM


@given(drafts())
def test_that_every_draft_comes_back_as_it_was(draft):
    text = text_of(draft)

    assert draft_of(text) == draft
    assert text_of(draft_of(text)) == text
    assert text.isascii()


def altered(change):
    told = json.loads(text_of(a_draft()))
    change(told)
    return json.dumps(told)


def test_that_a_draft_from_before_displays_were_kept_is_shown_as_its_file_has_it():
    assert draft_of(altered(lambda told: told.pop("display"))) == a_draft()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "not JSON",
        altered(lambda told: told.pop("past")),
        altered(lambda told: told["present"].pop("patient")),
        altered(lambda told: told.update(progress="as good as done")),
        altered(lambda told: told.update(changed_at="yesterday")),
        altered(lambda told: told["picture"].update(frame="3")),
        altered(lambda told: told["present"]["outline_px"].update(semi_axis_a=-1.0)),
        altered(lambda told: told["present"]["dating"].update(method="LMP", on=None)),
        altered(lambda told: told["display"].update(gamma=0.0)),
        altered(lambda told: told["display"].update(is_inverted=1)),
        altered(lambda told: told["present"].update(outline_px=[1, 2, 3, 4, 5])),
    ],
)
def test_that_what_is_no_draft_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - JSON, dates and domain each say it their way
        draft_of(text)


def test_that_a_draft_from_before_several_heads_were_told_comes_back():
    draft = a_draft()
    told = json.loads(text_of(draft))
    del told["proposal"]["heads"]

    assert draft_of(json.dumps(told)) == draft


def test_that_why_a_row_is_corrected_comes_back_and_is_work():
    editing = Editing.of(EXAM, supersedes="e1").explained("Zoë was a slip")
    draft = Draft.of(editing, PictureKey.of(EXAM.image), at=AT)

    assert draft.holds_work
    assert draft_of(text_of(draft)).correction_reason == "Zoë was a slip"


def test_that_several_heads_come_back_with_the_one_that_was_chosen():
    editing = Editing.of(EXAM.with_outline(LEFT), supersedes=None).proposed(TWO_HEADS)
    draft = Draft.of(editing, PictureKey.of(EXAM.image), at=AT)

    assert draft_of(text_of(draft)) == draft
    assert draft.proposal.heads == TWO_HEADS.heads


def test_that_a_comment_comes_back_and_is_work():
    editing = Editing.of(EXAM, supersedes=None).commented("Far border shadowed.\n\nAgain.")
    draft = Draft.of(editing, PictureKey.of(EXAM.image), at=AT)

    assert draft_of(text_of(draft)) == draft
    assert draft.holds_work


def test_that_a_draft_from_before_comments_has_none():
    assert draft_of(altered(lambda told: told["present"].pop("comment"))) == a_draft()
