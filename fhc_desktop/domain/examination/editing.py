"""Editing: an open image and what has been done to it so far; pure, no Qt."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cached_property

from fhc_desktop.domain.examination.examination import Acceptance, Examination
from fhc_desktop.domain.examination.proposal import Proposal
from fhc_desktop.domain.history import History
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.image.geometry import Ellipse

# No key of the outline is called so.
_TYPING = "comment"
# Each text with the name of its field.
RefusedTexts = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Editing:
    """A history of examinations, and the last acceptance; each step returns a new one.

    The acceptance lies outside the history: undoing a change after accepting shows at once that
    the screen is no longer (or again) what was accepted.
    """

    history: History[Examination]
    acceptance: Acceptance | None = None
    supersedes: str | None = None
    """The row of the log that accepting again would supersede."""
    preview_px: Ellipse | None = None
    """The outline under the hand, while it moves."""
    nudge: str = ""
    """The run of keys that the present state is owed to; empty where it is to none."""
    refused: RefusedTexts = ()
    """What stood in the fields when the image was left, and is no entry: wrong or incomplete."""
    display: Display = Display()
    """How the picture is shown; nothing that is measured, accepted or undone."""
    correction_reason: str = ""
    """Why the row that accepting would supersede holds no longer; no fact that is vouched for."""

    @classmethod
    def of(cls, exam: Examination, *, supersedes: str | None) -> "Editing":
        return cls(History(exam.with_acceptance(None)), exam.acceptance, supersedes)

    @cached_property
    def exam(self) -> Examination:
        """The present state, with the outline under the hand."""
        exam = self.history.present.with_acceptance(self.acceptance)
        return exam if self.preview_px is None else exam.with_outline(self.preview_px)

    @property
    def begun(self) -> Examination:
        """The state that the image was opened with, and what the model said of it since."""
        return self.history.past[0] if self.history.past else self.history.present

    def shortened(self, steps: int) -> "Editing":
        """Return it with that many steps of undo either way at most, and its beginning."""
        return replace(self, history=self.history.shortened(steps))

    def left(self) -> "Editing":
        """Return it as it is kept: where a hand still held the outline, that is a step."""
        held_px = self.preview_px
        return self if held_px is None else self.recorded(lambda exam: exam.with_outline(held_px))

    def previewed(self, outline_px: Ellipse | None) -> "Editing":
        """Return it with an outline that a hand still moves, or without; nothing is recorded."""
        return replace(self, preview_px=outline_px)

    def recorded(self, change: Callable[[Examination], Examination]) -> "Editing":
        """Return it after one undoable step; what changes nothing is no step."""
        changed = change(self.history.present)
        same = changed == self.history.present
        return self._at(self.history if same else self.history.recorded(changed))

    def nudged(self, key: str, edit: Callable[[Ellipse], Ellipse]) -> "Editing":
        """Return it with the outline changed by a key; a run of the same key is one step."""
        outline_px = self.history.present.outline_px
        if outline_px is None:
            return self
        moved_px = edit(outline_px)
        return self._gone_on(key, lambda exam: exam.with_outline(moved_px))

    def commented(self, comment: str) -> "Editing":
        """Return it with another comment; what is typed in one go is one step."""
        if comment == self.history.present.comment:
            return self
        return self._gone_on(_TYPING, lambda exam: replace(exam, comment=comment))

    def displayed(self, display: Display) -> "Editing":
        """Return it with its picture shown otherwise."""
        return replace(self, display=display)

    def explained(self, correction_reason: str) -> "Editing":
        """Return it with why its row is corrected; that is no step of undo."""
        return replace(self, correction_reason=correction_reason)

    def undone(self) -> "Editing":
        return self._at(self.history.undone())

    def redone(self) -> "Editing":
        return self._at(self.history.redone())

    def proposed(self, proposal: Proposal) -> "Editing":
        """Return it with what the model said, in every state: undo must not lose it."""
        return self.mapped(lambda exam: _with_proposal(exam, proposal))

    def mapped(self, change: Callable[[Examination], Examination]) -> "Editing":
        """Return it with every state changed, as if that had been so from the beginning."""
        history = self.history
        return replace(
            self,
            history=History(
                change(history.present),
                tuple(change(exam) for exam in history.past),
                tuple(change(exam) for exam in history.future),
            ),
        )

    def accepted(self, acceptance: Acceptance | None) -> "Editing":
        """Return it as vouched for; the next key begins a step of its own."""
        entry_id = None if acceptance is None else acceptance.entry_id
        if entry_id is None:
            return replace(self, acceptance=acceptance, nudge="")
        # The reason is in the row; the next correction has one of its own.
        return replace(
            self, acceptance=acceptance, supersedes=entry_id, correction_reason="", nudge=""
        )

    def with_waiting(self, entry_ids: Collection[str]) -> "Editing":
        """Return it with whether its row is one of those that wait for the log."""
        acceptance = self.acceptance
        if acceptance is None or acceptance.waits == (acceptance.entry_id in entry_ids):
            return self
        return replace(self, acceptance=replace(acceptance, waits=not acceptance.waits))

    def _gone_on(self, run: str, change: Callable[[Examination], Examination]) -> "Editing":
        """Return it changed: by a step of its own, or by more of the one that a run began."""
        go_on = self.history.replaced if self.nudge == run else self.history.recorded
        return replace(self._at(go_on(change(self.history.present))), nudge=run)

    def _at(self, history: History[Examination]) -> "Editing":
        return replace(self, history=history, preview_px=None, nudge="")


def with_next_head(exam: Examination) -> Examination:
    """Return the state with the outline of another of several heads, from left to right."""
    after = None if exam.proposal is None else exam.proposal.head_after(exam.outline_px)
    return exam if after is None else exam.with_outline(after)


def _with_proposal(exam: Examination, proposal: Proposal) -> Examination:
    """Return the state with what the model said; an outline drawn meanwhile stays."""
    if exam.outline_px is None:
        return exam.with_proposal(proposal)
    return replace(exam, proposal=proposal)
