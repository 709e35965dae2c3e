"""Undo and redo over immutable states."""

from dataclasses import dataclass
from typing import Generic, TypeVar

State = TypeVar("State")


@dataclass(frozen=True, slots=True)
class History(Generic[State]):
    """A present state with those before and after it; each step returns a new history."""

    present: State
    past: tuple[State, ...] = ()
    future: tuple[State, ...] = ()

    @property
    def can_undo(self) -> bool:
        return bool(self.past)

    @property
    def can_redo(self) -> bool:
        return bool(self.future)

    def recorded(self, state: State) -> "History[State]":
        """Return the history after one undoable step; what had been undone is forgotten."""
        return History(state, (*self.past, self.present))

    def replaced(self, state: State) -> "History[State]":
        """Return the history with another present, as if it had always been so."""
        return History(state, self.past, self.future)

    def shortened(self, steps: int) -> "History[State]":
        """Return the history with that many steps either way at most; its beginning always stays.

        ``steps`` is two at least.
        """
        past = self.past
        if len(past) > steps:
            past = (past[0], *past[1 - steps :])
        return History(self.present, past, self.future[:steps])

    def undone(self) -> "History[State]":
        if not self.past:
            return self
        return History(self.past[-1], self.past[:-1], (self.present, *self.future))

    def redone(self) -> "History[State]":
        if not self.future:
            return self
        return History(self.future[0], (*self.past, self.present), self.future[1:])
