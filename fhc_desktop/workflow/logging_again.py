"""Log again: write the rows of what was accepted while there was no log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.draft import Draft
from fhc_desktop.domain.examination.editing import Editing
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.workflow.accepting import accept
from fhc_desktop.workflow.keeping import Desk
from fhc_desktop.workflow.resuming import Wanted, picture_of


class NotAcceptedNow(FhcError):  # noqa: N818 - named for what the user meets
    """What was accepted without a log is not what would be logged now."""


@dataclass(frozen=True, slots=True)
class Reread:
    """An examination that waits for its row, and its picture, or why there is none."""

    draft: Draft
    found: Examination | FhcError


def log_again(editing: Editing, log: MeasurementLog) -> Editing:
    """Return an accepted examination with its row, which has the time and the operator of then.

    Raises:
        NotAcceptedNow: it is not accepted as it is now; nothing was written.
        FhcError: whatever keeps an acceptance from the log, as ``accept`` raises it.
    """
    acceptance = editing.acceptance
    if acceptance is None or not editing.exam.is_accepted:
        raise NotAcceptedNow(
            "Not logged: what its file says has changed since it was accepted.",
            "Open it under File, Unfinished examinations, and accept it again.",
        )
    logged = accept(
        editing.exam.with_acceptance(None),
        operator=acceptance.operator,
        now=acceptance.at,
        log=log,
        supersedes=editing.supersedes,
    )
    return editing.accepted(logged.acceptance)


def reread(drafts: Iterable[Draft], readers: Readers, *, today: date) -> tuple[Reread, ...]:
    """Return examinations with their pictures: a row tells of its picture."""
    return tuple(Reread(draft, _picture(draft, readers, today)) for draft in drafts)


def log_left(one: Reread, *, desk: Desk, log: MeasurementLog, choice: StandardChoice) -> bool:
    """Write the row of an examination that is not on the screen; return whether it had none yet.

    Raises:
        FhcError: why it goes on waiting.
    """
    if isinstance(one.found, FhcError):
        raise one.found
    draft = one.draft
    if desk.find(draft.key) is not draft:
        return False  # it was opened meanwhile
    logged = log_again(draft.resumed(one.found, choice), log)
    desk.drop(draft.key)
    desk.put(Draft.of(logged, draft.picture, at=draft.changed_at))
    return True


def _picture(draft: Draft, readers: Readers, today: date) -> Examination | FhcError:
    try:
        wanted = Wanted(draft.path, draft.picture.frame, draft=draft)
        return picture_of(wanted, readers, today=today)
    except FhcError as problem:
        return problem
