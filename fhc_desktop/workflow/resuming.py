"""Resume: what an image shows when it is opened: its draft, its row in the log, or its file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.draft import Draft, DraftKey, PictureKey, with_taken_over
from fhc_desktop.domain.examination.editing import Editing
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, standard_name
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.domain.pregnancy.identity_standing import identity_standing
from fhc_desktop.domain.pregnancy.picture_heads import head_after, is_another_head
from fhc_desktop.domain.pregnancy.picture_standing import Repeat, picture_standing
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.imaging.unreadable import IsWanted, UnreadableImage, always
from fhc_desktop.storage.log.entry import RecordedImage
from fhc_desktop.storage.log.measurement_log import LogEntry, LogUnavailable
from fhc_desktop.workflow.accepting import rows_of
from fhc_desktop.workflow.continuing import (
    JudgedOtherwise,
    Opened,
    as_logged,
    refuse_changed_file,
    second_reading,
)
from fhc_desktop.workflow.examining import examine
from fhc_desktop.workflow.keeping import Desk
from fhc_desktop.workflow.records import Records


class DraftWithoutPicture(FhcError):  # noqa: N818 - named for what the user meets
    """The picture of an unfinished examination is not where it was, or is another one now."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An image that is to be opened, and as what.

    ``take_over`` says what it takes over from the image before. ``entry`` is the row of the log
    that it is opened from, ``draft`` the unfinished examination that is to go on.
    ``is_second_reading``: measured afresh, whatever was accepted of it before. ``display`` is how
    the picture before was shown, where this one is to be shown so too.
    """

    path: Path
    frame: int | None = None
    take_over: Callable[[Examination], Opened] = Opened
    entry: LogEntry | None = None
    draft: Draft | None = None
    is_second_reading: bool = False
    display: Display | None = None


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """An image that was wanted, as its file has it."""

    wanted: Wanted
    exam: Examination
    picture: PictureKey


@dataclass(frozen=True, slots=True)
class Resumed:
    """An image as it is shown when it is opened, and what could not be carried over."""

    editing: Editing
    problem: FhcError | None = None

    @classmethod
    def of(cls, opened: Opened) -> "Resumed":
        return cls(Editing.of(opened.exam, supersedes=opened.supersedes), opened.problem)


def glance(wanted: Wanted, readers: Readers) -> UltrasoundImage | None:
    """Return the picture that is wanted before its large file is read; None where it must be.

    It is to be looked at and for nothing else. What a row or a draft speaks of is shown only once
    it is known to be the same file.
    """
    is_any_file = wanted.entry is None and wanted.draft is None and wanted.frame in {None, 1}
    return readers.images.glance(wanted.path) if is_any_file else None


def picture_of(
    wanted: Wanted,
    readers: Readers,
    *,
    today: date,
    standard: GrowthStandard = INTERGROWTH_21ST,
    is_wanted: IsWanted = always,
) -> Examination:
    """Return the picture that is wanted, as its file has it.

    Raises:
        UnreadableImage: the file cannot be shown.
        FileChanged: it is not the file that the row of the log speaks of.
        DraftWithoutPicture: the picture of an unfinished examination is not there.
    """
    try:
        exam = examine(
            wanted.path,
            readers,
            frame=wanted.frame,
            today=today,
            standard=standard,
            is_wanted=is_wanted,
        )
    except UnreadableImage as cause:
        if wanted.draft is None:
            raise
        raise DraftWithoutPicture(
            cause.problem, f"{cause.remedy} The unfinished examination is kept."
        ) from cause
    if wanted.entry is not None:
        refuse_changed_file(exam, wanted.entry)
    if wanted.draft is not None and PictureKey.of(exam.image) != wanted.draft.picture:
        raise DraftWithoutPicture(
            f"{wanted.path.name} is another picture now than the one that was being measured.",
            "The unfinished examination is kept. Open the picture itself from where it is now.",
        )
    return exam


def resume(
    exam: Examination,
    wanted: Wanted,
    *,
    desk: Desk,
    row: LogEntry | None,
    choice: StandardChoice,
) -> Resumed:
    """Return what a picture shows when it is opened: the first of these that there is.

    What was done to it in this run, or lies unfinished from an earlier one; what its row in the log
    says; what its file says, with what it takes over from the image before. Opened from a row, it
    is as that row says, and Undo leads to what was done to it since. ``exam`` is the picture as its
    file has it, ``row`` its row as ``row_wanted`` finds it.
    """
    found = _found(exam, wanted, desk=desk, row=row, choice=choice)
    if wanted.display is None:
        return found
    return replace(found, editing=found.editing.displayed(wanted.display))


def _found(
    exam: Examination,
    wanted: Wanted,
    *,
    desk: Desk,
    row: LogEntry | None,
    choice: StandardChoice,
) -> Resumed:
    entry = wanted.entry
    draft = _draft_of(exam, wanted, desk, row)
    if draft is not None:
        resumed = _on_draft(draft, exam, choice, wanted)
        if entry is not None:
            return _led_to(entry, resumed, exam, choice)
        if not _is_logged(resumed.editing, row):
            return resumed
        desk.drop(draft.key)
    return Resumed.of(wanted.take_over(exam)) if row is None else on_row(exam, row, choice, wanted)


def on_row(
    exam: Examination, row: LogEntry, choice: StandardChoice, wanted: Wanted | None = None
) -> Resumed:
    """Return a picture as a row of the log has it, or to be measured afresh beside that row."""
    opened = as_logged(exam, row, choice)
    if wanted is not None and wanted.is_second_reading:
        return Resumed(Editing.of(second_reading(opened.exam), supersedes=None))
    # It takes nothing over, but the row may name another woman than she for whom it was opened.
    other = None if wanted is None else wanted.take_over(opened.exam).problem
    return Resumed.of(replace(opened, problem=opened.problem or other))


def read_afresh(
    exam: Examination, picture: PictureKey, desk: Desk, choice: StandardChoice
) -> Resumed:
    """Return a picture on the screen to be measured afresh, or the second reading begun before."""
    begun = desk.find(DraftKey(picture, is_second_reading=True))
    if begun is not None:
        return Resumed(begun.resumed(exam, choice))
    return Resumed(Editing.of(second_reading(exam), supersedes=None))


def earlier_reading(
    exam: Examination,
    picture: PictureKey,
    entry_id: str,
    *,
    desk: Desk,
    readings: Sequence[LogEntry],
    choice: StandardChoice,
) -> Resumed | None:
    """Return what a picture on the screen is beside a row of the log; None where that has gone.

    ``readings`` are the rows in force of the picture.
    """
    draft = desk.find(DraftKey(picture, entry_id))
    if draft is not None:
        return Resumed(draft.resumed(exam, choice))
    row = next((one for one in readings if one.entry_id == entry_id), None)
    bare = replace(exam, is_second_reading=False, acceptance=None)
    return None if row is None else on_row(bare, row, choice)


def next_head(
    editing: Editing,
    picture: PictureKey,
    *,
    beside: Sequence[LogEntry],
    desk: Desk,
    choice: StandardChoice,
) -> Resumed | None:
    """Return the next head of a picture as an examination of its own; None where it is none.

    ``beside`` are the rows in force of its other heads. One that was accepted is shown as it was
    left or logged. One that was not is begun beside an accepted one, without its letter and its
    comment: of two fetuses this may be the other. Where nothing is accepted, the choice of a head
    is a step.
    """
    exam = editing.exam
    after_px = head_after(exam, [one.facts for one in beside])
    if after_px is None:
        return None
    row = next((one for one in reversed(beside) if _lies_round(exam, after_px, one)), None)
    if row is not None:
        found = earlier_reading(
            exam, picture, row.entry_id, desk=desk, readings=beside, choice=choice
        )
        return None if found is None else _with_heads(found, exam)
    if editing.supersedes is None:
        return None
    begun = desk.find(DraftKey(picture))
    bare = replace(
        exam,
        outline_px=None,
        fetus=Fetus(),
        acceptance=None,
        is_second_reading=False,
        comment="",
    )
    fresh = Editing.of(bare, supersedes=None) if begun is None else begun.resumed(bare, choice)
    if fresh.exam.outline_px is None or is_another_head(
        exam.proposal, after_px, fresh.exam.outline_px
    ):
        fresh = fresh.recorded(lambda exam: exam.with_outline(after_px))
    return Resumed(fresh)


def as_correction(
    editing: Editing,
    picture: PictureKey,
    entry_id: str,
    *,
    desk: Desk,
    readings: Sequence[LogEntry],
    choice: StandardChoice,
) -> Resumed | None:
    """Return a row of the picture with the outline on the screen as its last step.

    That is for who says that the row's outline lies round the wrong head. None where it has gone.
    """
    exam = editing.exam
    found = earlier_reading(exam, picture, entry_id, desk=desk, readings=readings, choice=choice)
    if found is None:
        return None
    moved = _with_heads(found, exam).editing.recorded(lambda row: row.with_outline(exam.outline_px))
    return replace(found, editing=moved)


def _lies_round(exam: Examination, head_px: Ellipse, row: LogEntry) -> bool:
    return not is_another_head(exam.proposal, head_px, row.facts.outline_px)


def _with_heads(found: Resumed, exam: Examination) -> Resumed:
    """Return it with what the same model said of all heads: a row keeps its word on one."""
    said, then = exam.proposal, found.editing.exam.proposal
    if said is None or then is None or then.heads or said.model != then.model:
        return found
    return replace(found, editing=found.editing.proposed(said))


def _draft_of(exam: Examination, wanted: Wanted, desk: Desk, row: LogEntry | None) -> Draft | None:
    """Return what was done to a picture as far as it is what is wanted of it now.

    Where no ``row`` is there to be repeated, a second reading is a first one.
    """
    picture = PictureKey.of(exam.image)
    if wanted.draft is not None:
        return desk.find(wanted.draft.key)
    if wanted.entry is not None:
        return desk.find(DraftKey(picture, wanted.entry.entry_id))
    if wanted.is_second_reading and row is not None:
        return desk.find(DraftKey(picture, is_second_reading=True))
    return desk.left_last(picture)


def _on_draft(draft: Draft, opened: Examination, choice: StandardChoice, wanted: Wanted) -> Resumed:
    """Return an examination as it was left; it takes over what was not entered at the image.

    The problem is a JudgedOtherwise where its growth standard is not there any more.
    """
    editing = draft.resumed(opened, choice)
    taken = wanted.take_over(editing.begun)
    key = draft.present.standard_key
    problem = taken.problem or wanted.take_over(editing.exam).problem
    if choice.with_key(key) is None:
        problem = JudgedOtherwise(
            f"This examination was judged by {standard_name(key)}, which is not there now: the "
            f"screen shows {editing.exam.standard.name}.",
            "Add its chart file under Examination, Growth standards, and choose it again.",
        )
    return Resumed(with_taken_over(editing, taken.exam), problem)


def _led_to(entry: LogEntry, left: Resumed, exam: Examination, choice: StandardChoice) -> Resumed:
    """Return what a row says of a picture, a step behind what was left of it: Undo leads there."""
    logged = as_logged(exam, entry, choice)
    editing = left.editing.recorded(lambda _: logged.exam.with_acceptance(None))
    return Resumed(replace(editing, acceptance=logged.exam.acceptance), logged.problem)


def row_wanted(
    exam: Examination, wanted: Wanted, records: Records, *, operator: str
) -> LogEntry | None:
    """Return the row that a picture is opened from, or in force for it; None without one."""
    if wanted.entry is not None:
        return wanted.entry
    try:
        return row_of_picture(exam, records, operator=operator)
    except LogUnavailable:
        # Whoever looks the patient up next is told; what waits for the log is known all the same.
        return row_of_picture(exam, replace(records, log=None), operator=operator)


def row_of_picture(exam: Examination, records: Records, *, operator: str) -> LogEntry | None:
    """Return the row in force by which an operator accepted a picture last; None without one.

    A row of the same file shows the picture whosoever it names: that was her word. Of another file
    with the same pixels a row is shown only where accepting would repeat it (page 0036).

    Raises:
        LogUnavailable: the log cannot be read.
    """
    image = RecordedImage.of(exam.image)
    found = records.entries_of_picture(image)
    own = [one for one in found if one.operator.strip() == operator.strip()]
    of_file = [one for one in own if one.image.sha256 == image.sha256]
    if of_file or not own:
        return of_file[-1] if of_file else None
    identity = identity_standing(exam, rows_of(exam, records))
    repeated = picture_standing(exam, [one.recorded for one in own], identity, operator=operator)
    if repeated is None or repeated.repeat not in {Repeat.UNCHANGED, Repeat.CORRECTION}:
        return None
    return next(one for one in own if one.entry_id == repeated.earlier.entry_id)


def _is_logged(editing: Editing, row: LogEntry | None) -> bool:
    """Return whether a row says all that was left, so that there is nothing to go on with.

    The program may have ended between the row and the end of its draft.
    """
    facts = editing.exam.facts
    if row is None or facts is None or editing.supersedes == row.entry_id:
        return False
    same = replace(facts.by_the_word_of(row.operator), answers=row.facts.answers)
    return same == row.facts and not editing.exam.is_second_reading
