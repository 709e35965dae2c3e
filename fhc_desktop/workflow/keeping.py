"""Keep: every examination of this run as it was left, and what is unfinished on the disk too.

With it go the rows of the log that were taken into a mean.
"""

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.draft import Draft, DraftKey, PictureKey, Progress
from fhc_desktop.storage.drafts.draft_store import DraftStore, DraftsUnavailable, has_drafts

# A run of keys is one write; what a crash takes is no older than this and one write.
_PAUSE_S = 0.2
_RETRY_S = 5.0
_SECONDS_TO_END = 5.0
# A day's pictures; one that was looked at before them and left without work opens as a fresh one.
MOST_WITHOUT_WORK = 300
# Steps of undo on the disk, either way; the run itself keeps all of them.
STEPS_ON_DISK = 30


@dataclass(frozen=True, slots=True)
class _Batch:
    """What is to be written: drafts by their keys, None to take one away, and rows in a mean."""

    drafts: dict[DraftKey, Draft | None] = field(default_factory=dict)
    taken: dict[str, bool] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.drafts or self.taken)

    def behind(self, earlier: "_Batch") -> "_Batch":
        """Return both, of which this is the later word."""
        return _Batch(earlier.drafts | self.drafts, earlier.taken | self.taken)


Tell = Callable[[Exception | None], None]


class Desk:
    """What was done to each picture since the program began, and what lay unfinished before.

    ``problem`` is why the drafts on the disk could not be read; ``taken`` are the rows of the log
    that are in a mean. ``tell`` is called from another
    thread: with what keeps drafts from the disk, once, and with None as soon as they go there.
    """

    def __init__(self, folder: Path, tell: Tell) -> None:
        self._kept: dict[DraftKey, Draft] = {}
        self._writer = DraftWriter(folder, tell)
        self.problem: FhcError | None = None
        self.taken: frozenset[str] = frozenset()
        self._read(folder)
        self._on_disk = set(self._kept)

    @property
    def unfinished(self) -> tuple[Draft, ...]:
        """What holds work that the log does not have, the latest first."""
        found = (draft for draft in self._kept.values() if draft.holds_work)
        return tuple(sorted(found, key=lambda draft: draft.changed_at, reverse=True))

    @property
    def waiting(self) -> tuple[Draft, ...]:
        """What was accepted and is in no row of the log."""
        return tuple(one for one in self._kept.values() if one.progress is Progress.NOT_LOGGED)

    def put(self, draft: Draft) -> None:
        """Keep an examination as it is now, in the place of what there was of it."""
        before = self._kept.pop(draft.key, None)  # the one that was left last stands last
        if before is not None and replace(draft, changed_at=before.changed_at) == before:
            self._kept[draft.key] = before  # to look at it is no change
            return
        self._kept[draft.key] = draft
        if draft.outlives_crash:
            self._on_disk.add(draft.key)
            self._writer.write(draft.key, draft.shortened(STEPS_ON_DISK))
        else:
            self._take_from_disk(draft.key)
        if len(self._kept) > MOST_WITHOUT_WORK:
            self._forget_the_oldest()

    def drop(self, key: DraftKey) -> None:
        """Forget an examination: its row is in the log, or its user wants it gone."""
        self._kept.pop(key, None)
        self._take_from_disk(key)

    def take(self, rows: frozenset[str]) -> None:
        """Keep which rows of the log are in a mean, beyond the end of the program too."""
        for entry_id in self.taken ^ rows:
            self._writer.write_taken(entry_id, is_taken=entry_id in rows)
        self.taken = rows

    def left_last(self, picture: PictureKey) -> Draft | None:
        """Return what was last done to a picture; None where nothing was."""
        found = [draft for draft in self._kept.values() if draft.picture == picture]
        return found[-1] if found else None

    def find(self, key: DraftKey) -> Draft | None:
        return self._kept.get(key)

    def flush(self) -> bool:
        """Have the disk hold everything; return whether it does."""
        return self._writer.flush(_SECONDS_TO_END)

    def close(self) -> bool:
        """Have the disk hold what is unfinished, and nothing of what was only looked at."""
        for key in [key for key in self._on_disk if not self._kept[key].holds_work]:
            self._take_from_disk(key)
        return self._writer.close(_SECONDS_TO_END)

    def _forget_the_oldest(self) -> None:
        """Let go of what was left first and holds no work: all of it would grow without end."""
        without = [key for key, draft in self._kept.items() if not draft.holds_work]
        for key in without[:-MOST_WITHOUT_WORK]:
            self.drop(key)

    def _take_from_disk(self, key: DraftKey) -> None:
        if key in self._on_disk:
            self._on_disk.remove(key)
            self._writer.write(key, None)

    def _read(self, folder: Path) -> None:
        try:
            if not has_drafts(folder):
                return
            with closing(DraftStore.open(folder)) as store:
                found = store.found()
        except DraftsUnavailable as problem:
            self.problem = problem
            return
        self._kept = {draft.key: draft for draft in found.drafts}
        self.taken = found.taken
        if found.unknown:
            were = "examination was" if found.unknown == 1 else "examinations were"
            self.problem = DraftsUnavailable(
                f"{found.unknown} unfinished {were} left by another version of this program and "
                "cannot be shown.",
                "Nothing was changed. Install the newest version to go on there.",
            )


class DraftWriter:
    """Writes drafts off the GUI thread, each in the place of the one before.

    ``tell`` is called from its thread: with what keeps it from writing, once, and with None as soon
    as it writes again.
    """

    def __init__(self, folder: Path, tell: Tell) -> None:
        self._folder = folder
        self._tell = tell
        self._pending = _Batch()
        self._changed = threading.Condition()
        self._is_writing = False
        self._is_hurried = False
        self._is_closed = False
        self._attempts = 0
        self._last_failed = 0
        self._is_troubled = False
        self._thread: threading.Thread | None = None

    def write(self, key: DraftKey, draft: Draft | None) -> None:
        """Have a draft written, or with None taken away; returns at once."""
        self._put(_Batch(drafts={key: draft}))

    def write_taken(self, entry_id: str, *, is_taken: bool) -> None:
        """Have it written whether a row of the log is in a mean; returns at once."""
        self._put(_Batch(taken={entry_id: is_taken}))

    def _put(self, later: _Batch) -> None:
        with self._changed:
            self._pending = later.behind(self._pending)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="drafts", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def flush(self, timeout_s: float) -> bool:
        """Have everything written now; return whether the disk has it."""
        with self._changed:
            before = self._attempts  # one that is under way may fail for a reason that has gone
            self._is_hurried = True
            self._changed.notify_all()
            self._changed.wait_for(
                lambda: self._is_at_rest or self._is_closed or self._last_failed > before, timeout_s
            )
            self._is_hurried = False
            return self._is_at_rest

    def close(self, timeout_s: float) -> bool:
        """Write what is left and stop; return whether the disk has it all."""
        is_written = self.flush(timeout_s)
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(timeout_s)
        return is_written

    def _is_pressed(self) -> bool:
        return self._is_hurried or self._is_closed

    @property
    def _is_at_rest(self) -> bool:
        return not self._pending and not self._is_writing

    def _work(self) -> None:
        store: DraftStore | None = None
        while (batch := self._next_batch()) is not None:
            try:
                store = store or DraftStore.open(self._folder)
                store.keep(
                    [draft for draft in batch.drafts.values() if draft is not None],
                    dropped=[key for key, draft in batch.drafts.items() if draft is None],
                    taken=batch.taken,
                )
            except Exception as problem:  # noqa: BLE001 - our own fault belongs to the GUI thread
                self._put_back(batch, problem)
            else:
                self._note_written()
        if store is not None:
            store.close()

    def _next_batch(self) -> _Batch | None:
        """Wait for something to write; return it, or None when it is time to stop."""
        with self._changed:
            if self._is_troubled:
                self._changed.wait_for(self._is_pressed, _RETRY_S)
            self._changed.wait_for(lambda: self._pending or self._is_closed)
            self._changed.wait_for(self._is_pressed, _PAUSE_S)
            if self._is_closed:
                return None
            batch, self._pending = self._pending, _Batch()
            self._attempts += 1
            self._is_writing = True
            return batch

    def _put_back(self, batch: _Batch, problem: Exception) -> None:
        with self._changed:
            is_new, self._is_troubled = not self._is_troubled, True
            self._last_failed = self._attempts
            self._pending = self._pending.behind(batch)
            self._is_writing = False
            self._changed.notify_all()
        if is_new:
            self._tell(problem)

    def _note_written(self) -> None:
        with self._changed:
            was_troubled, self._is_troubled = self._is_troubled, False
            self._is_writing = False
            self._changed.notify_all()
        if was_troubled:
            self._tell(None)
