"""Measure the frames of a clip: each as it would be shown, were it opened now."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from fhc_desktop.domain.examination.draft import PictureKey, with_taken_over
from fhc_desktop.domain.examination.editing import Editing
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.frame_reading import FrameReading
from fhc_desktop.domain.examination.proposal import Proposal
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.imaging.loader import LoadedImage
from fhc_desktop.storage.log.measurement_log import LogEntry
from fhc_desktop.workflow.continuing import same_file
from fhc_desktop.workflow.examining import by_file_alone, with_own_scale
from fhc_desktop.workflow.keeping import Desk
from fhc_desktop.workflow.proposing import Proposer
from fhc_desktop.workflow.resuming import Wanted, resume


@dataclass(frozen=True, slots=True)
class KnownFrame:
    """A frame as it was left or logged, its picture without pixels.

    One that ``is_fresh`` was never opened: it takes everything over from the one before it.
    """

    editing: Editing
    is_fresh: bool = False


@dataclass(frozen=True, slots=True)
class ProposedFrame:
    """A frame as its file has it, and what the model says of it.

    ``is_whole``: what the picture itself shows of its scale was looked for, too.
    """

    exam: Examination
    picture: PictureKey
    proposal: Proposal
    is_whole: bool

    @property
    def wanted(self) -> Wanted:
        """What opens it."""
        source = self.exam.image.source
        return Wanted(source.path, source.frame)


def propose_frame(
    loaded: LoadedImage,
    proposer: Proposer,
    *,
    today: date,
    standard: GrowthStandard,
    is_whole: bool = False,
) -> ProposedFrame:
    """Return the model's word on a frame; it touches nothing that belongs to another thread.

    Raises:
        FhcError: the model cannot be used.
    """
    exam = by_file_alone(loaded, today=today, standard=standard)
    if is_whole:
        exam = with_own_scale(exam)
    return ProposedFrame(exam, PictureKey.of(exam.image), proposer.propose(exam.image), is_whole)


def must_be_whole(frame: ProposedFrame, editing: Editing) -> bool:
    """Return whether a frame was accepted and is not as it was, perhaps for want of its marks.

    A user's scale carries a note of what in the picture speaks against it, and was accepted with
    that note.
    """
    exam = editing.exam
    is_changed = exam.acceptance is not None and not exam.is_accepted
    return is_changed and exam.has_users_scale and not frame.is_whole


def known_frame(
    frame: ProposedFrame,
    *,
    desk: Desk,
    row: LogEntry | None,
    choice: StandardChoice,
) -> KnownFrame:
    """Return a measured frame with what was done to it, and its ``row`` in the log, if any."""
    found = resume(frame.exam, frame.wanted, desk=desk, row=row, choice=choice).editing
    is_fresh = found.supersedes is None and desk.left_last(frame.picture) is None
    if found.exam.proposal is None:
        found = found.proposed(frame.proposal)
    return KnownFrame(without_pixels(found), is_fresh=is_fresh)


def without_pixels(editing: Editing) -> Editing:
    """Return what is known of a frame with a picture of its size that takes no memory.

    Of three hundred frames the pixels would be a gigabyte. No digest of it means anything.
    """
    image = editing.exam.image
    empty = UltrasoundImage(
        np.broadcast_to(np.uint8(0), image.gray.shape),
        image.source,
        pixel_aspect=image.pixel_aspect,
        scan_boxes=image.scan_boxes,
    )
    return editing.mapped(lambda exam: replace(exam, image=empty))


def reading_of(frame: KnownFrame, shown: Examination, *, is_shown: bool) -> FrameReading:
    """Return what a frame measures, were it opened from the one on the screen, ``shown``.

    What was entered for its file holds for it too.
    """
    editing = frame.editing
    if is_shown:
        return FrameReading.of(editing.exam)
    taken = same_file(editing.begun, shown).exam
    exam = taken if frame.is_fresh else with_taken_over(editing, taken).exam
    return FrameReading.of(exam)
