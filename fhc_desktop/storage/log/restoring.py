"""Restoring the log: a sound copy in its place, and everything that was there set aside.

Whatever interrupts it leaves either what was there, or no log beside its anchor, or the copy before
its anchor was written: each of them is refused at the next start and can be restored again.
"""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from fhc_desktop.atomic_file import PRIVATE_MODE, make_private_folder, sync_folder, write_new_file
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.storage.log.anchor import (
    ANCHOR,
    NoAnchor,
    count_in_anchor,
    read_anchor,
    write_anchor,
)
from fhc_desktop.storage.log.backups import backups_of, furthest
from fhc_desktop.storage.log.chain import ChainEnd, passes_through
from fhc_desktop.storage.log.encrypted_database import connect, create_database, read_key
from fhc_desktop.storage.log.faults import LogUnavailable, records_text, told_as, why_in_brackets
from fhc_desktop.storage.log.migrations import MIGRATIONS
from fhc_desktop.storage.log.opening import LOG, begin
from fhc_desktop.storage.log.set_aside import set_aside
from fhc_desktop.storage.log.soundness import checked_end


class NotRestored(FhcError):  # noqa: N818 - named for what the user meets
    """The log could not be restored; whatever was there still is."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A sound copy that can be put in the log's place.

    ``made_at`` is in UTC; None for the database that lies in the log's place now, which is sound
    and lacks its key or its newest records. ``lacks`` is how many records of this machine it does
    not have; None where nothing tells.
    """

    database: Path
    key: str
    made_at: datetime | None
    end: ChainEnd
    lacks: int | None

    @property
    def sentence(self) -> str:
        """What it is and what it lacks."""
        what = (
            "The database that lies in the log’s place"
            if self.made_at is None
            else f"The backup of {self.made_at:%Y-%m-%d %H:%M} UTC"
        )
        return f"{what} is whole, has {records_text(self.end.count)} and {self._lacks_text}."

    @property
    def _lacks_text(self) -> str:
        if self.lacks is None:
            return "nothing tells how many it lacks"
        return f"lacks {records_text(self.lacks)} of this machine" if self.lacks else "lacks none"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in the log's place, and where what lay there is now."""

    offer: Offer
    set_aside: tuple[Path, ...]


def offers(folder: Path) -> Iterator[Offer]:
    """Give the copies that can be restored, the best first; each is verified when its turn comes.

    The best has most records; of two with as many it is the one in the log's place, then the
    newer one.
    """
    in_place = _in_place(folder)
    candidates = [] if in_place is None else [in_place]
    for backup in backups_of(folder):
        with contextlib.suppress(LogUnavailable, OSError):
            key = read_key(backup.key_file)
            candidates.append(Offer(backup.path, key, backup.made_at, backup.end, None))
    newest = datetime.max.replace(tzinfo=UTC)
    candidates.sort(key=lambda one: (one.end.count, one.made_at or newest), reverse=True)
    for offer in candidates:
        sound = _sound(folder, offer.database, offer.key, offer.made_at)
        if sound is not None and sound.end == offer.end:
            yield sound


def restore(folder: Path, offer: Offer, now: datetime) -> Restored:
    """Put a copy in the log's place; nothing is deleted. ``now`` is in UTC.

    Raises:
        NotRestored: why; whatever was there still is.
    """
    with told_as(lambda cause: _not_restored(cause, folder)):
        make_private_folder(folder)
        draft = Path(tempfile.mkdtemp(prefix=f".new-{LOG.folder}-", dir=folder))
        try:
            _copy(offer, draft)
            place = folder / LOG.folder
            aside = [set_aside(place, now)] if place.exists() else []
            draft.rename(place)
            sync_folder(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        # Last: until then it tells at the next start that this was not finished.
        if (folder / ANCHOR).exists():
            aside.append(set_aside(folder / ANCHOR, now))
        write_anchor(folder, offer.key, offer.end)
        # Without an anchor they would speak for records that the log is known not to have now.
        further = [
            backup.path
            for backup in backups_of(folder, offer.key)
            if backup.end.count > offer.end.count
        ]
        return Restored(offer, (*aside, *(set_aside(path, now) for path in further)))


def begin_anew(folder: Path, now: datetime) -> tuple[Path, ...]:
    """Begin an empty log and set the old one aside; return where it is. ``now`` is in UTC.

    Raises:
        NotRestored: why; whatever was there still is.
    """
    with told_as(lambda cause: _not_restored(cause, folder)):
        aside = tuple(
            set_aside(folder / name, now)
            for name in (ANCHOR, LOG.folder)
            if (folder / name).exists()
        )
        begin(folder, MIGRATIONS)
        return aside


def _copy(offer: Offer, draft: Path) -> None:
    write_new_file(draft / LOG.key, f"{offer.key}\n".encode("ascii"), mode=PRIVATE_MODE)
    database = draft / LOG.database
    with (
        contextlib.closing(connect(offer.database, offer.key, writable=False)) as source,
        contextlib.closing(create_database(database, offer.key)) as copy,
    ):
        source.backup(copy)
    with contextlib.closing(connect(database, offer.key)) as copy:
        if checked_end(copy, database, offer.key) != offer.end:
            raise NotRestored(
                "The backup has changed since it was looked at.", "Look for backups again."
            )
    sync_folder(draft)


def _in_place(folder: Path) -> Offer | None:
    """Return the database in the log's place if it is whole, with whichever key opens it."""
    database = folder / LOG.folder / LOG.database
    for key_file in (database.with_name(LOG.key), *_keys_kept(folder)):
        with contextlib.suppress(LogUnavailable, OSError):
            offer = _sound(folder, database, read_key(key_file), None)
            if offer is not None:
                return offer
    return None


def _keys_kept(folder: Path) -> list[Path]:
    return sorted({backup.key_file for backup in backups_of(folder)})


def _sound(folder: Path, database: Path, key: str, made_at: datetime | None) -> Offer | None:
    try:
        with contextlib.closing(connect(database, key, writable=False)) as connection:
            end = checked_end(connection, database, key, tries_writing=False)
            known = _known_end(folder, key)
            goes_on = known is not None and passes_through(connection, key, known)
    except (LogUnavailable, OSError, dbapi2.DatabaseError):
        return None
    return Offer(database, key, made_at, end, 0 if goes_on else _lacking(known, end))


def _lacking(known: ChainEnd | None, end: ChainEnd) -> int | None:
    return None if known is None or end.count >= known.count else known.count - end.count


def _known_end(folder: Path, key: str) -> ChainEnd | None:
    """Return how far a log is known to have gone; None where the anchor is another log's."""
    match read_anchor(folder, key):
        case ChainEnd() as end:
            return end
        case NoAnchor.OF_ANOTHER_LOG if count_in_anchor(folder):
            return None
        case _:
            return furthest(backups_of(folder, key))


def _not_restored(cause: Exception, folder: Path) -> NotRestored:
    return NotRestored(
        f"The measurement log was not restored ({why_in_brackets(cause)}).",
        "Nothing was deleted. Make room on the disk, or see that the folder can be written, "
        f"then try again: {folder}",
    )
