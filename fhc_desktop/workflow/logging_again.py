"""Log again: what was accepted and could be kept nowhere is given to the log as it was then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.draft import Draft
from fhc_desktop.domain.examination.editing import Editing
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.workflow.accepting import Word
from fhc_desktop.workflow.resuming import Wanted, picture_of


class NotAcceptedNow(FhcError):  # noqa: N818 - named for what the user meets
    """What was accepted without a log is not what would be logged now."""


@dataclass(frozen=True, slots=True)
class Reread:
    """An examination that is in no row, and its picture, or why there is none."""

    draft: Draft
    found: Examination | FhcError


def word_of_then(editing: Editing) -> Word:
    """Return what was vouched for of an accepted examination, with time and operator of then.

    Raises:
        NotAcceptedNow: it is not accepted as it is now.
    """
    acceptance = editing.acceptance
    if acceptance is None or not editing.exam.is_accepted:
        raise NotAcceptedNow(
            "Not logged: what its file says has changed since it was accepted.",
            "Open it under File, Unfinished examinations, and accept it again.",
        )
    exam = editing.exam.with_acceptance(None)
    return Word(
        exam,
        acceptance.operator,
        acceptance.at,
        editing.supersedes,
        display=editing.display,
        correction_reason=editing.correction_reason,
    )


def reread(drafts: Iterable[Draft], readers: Readers, *, today: date) -> tuple[Reread, ...]:
    """Return examinations with their pictures: a row tells of its picture."""
    return tuple(Reread(draft, _picture(draft, readers, today)) for draft in drafts)


def _picture(draft: Draft, readers: Readers, today: date) -> Examination | FhcError:
    try:
        wanted = Wanted(draft.path, draft.picture.frame, draft=draft)
        return picture_of(wanted, readers, today=today)
    except FhcError as problem:
        return problem
