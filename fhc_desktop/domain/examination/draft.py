"""A draft: what was done to a picture so far, without its pixels and without what its file says."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.editing import Editing, RefusedTexts
from fhc_desktop.domain.examination.examination import Acceptance, Examination
from fhc_desktop.domain.examination.file_data import FileItem, names_another
from fhc_desktop.domain.examination.proposal import Proposal
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.history import History
from fhc_desktop.domain.identity import Answer
from fhc_desktop.domain.image.calibration import Calibration, CalibrationCandidate, FileCalibration
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.domain.patient import Patient

# What holds for a patient and her file and not for one picture alone: a newly opened image may
# take it over from the one before.
TAKEN_OVER = (
    "patient",
    "exam_date",
    "dating",
    "dating_reason",
    "fetus",
    "standard",
    "manual_calibration",
    "chosen_scale",
    "kept",
    "answers",
)


class Progress(StrEnum):
    """How far an examination has come, as its draft tells it."""

    UNTOUCHED = "untouched"
    UNFINISHED = "unfinished"
    NOT_LOGGED = "accepted, not logged"
    LOGGED = "accepted, logged"


@dataclass(frozen=True, slots=True)
class PictureKey:
    """Which picture it is, whatever its file is called and wherever it lies.

    ``sha256`` is that of the whole file, ``frame`` counts from 1, and ``pixels_sha256`` is that of
    what was decoded from it.
    """

    sha256: str
    frame: int
    pixels_sha256: str

    @classmethod
    def of(cls, image: UltrasoundImage) -> "PictureKey":
        return cls(image.source.sha256, image.source.frame, image.pixels_sha256)


@dataclass(frozen=True, slots=True)
class DraftKey:
    """What no two drafts have in common.

    ``supersedes`` is the row that accepting would supersede. Where there is none, a picture may be
    measured for the first time, or afresh on purpose.
    """

    picture: PictureKey
    supersedes: str | None = None
    is_second_reading: bool = False

    @classmethod
    def of(cls, editing: Editing, picture: PictureKey) -> "DraftKey":
        is_second = editing.supersedes is None and editing.begun.is_second_reading
        return cls(picture, editing.supersedes, is_second)


@dataclass(frozen=True, slots=True)
class Entered:
    """What a state of an examination has from its user; a growth standard goes by its key."""

    outline_px: Ellipse | None
    patient: Patient
    exam_date: date | None
    dating: Dating | None
    dating_reason: str
    fetus: Fetus
    standard_key: str
    manual_calibration: Calibration | None
    chosen_scale: CalibrationCandidate | None
    kept: frozenset[tuple[FileItem, str]]
    answers: frozenset[Answer]
    is_second_reading: bool
    comment: str = ""

    @classmethod
    def of(cls, exam: Examination) -> "Entered":
        return cls(
            outline_px=exam.outline_px,
            patient=exam.patient,
            exam_date=exam.exam_date,
            dating=exam.dating,
            dating_reason=exam.dating_reason,
            fetus=exam.fetus,
            standard_key=exam.standard.key,
            manual_calibration=exam.manual_calibration,
            chosen_scale=exam.chosen_scale,
            kept=exam.kept,
            answers=exam.answers,
            is_second_reading=exam.is_second_reading,
            comment=exam.comment,
        )

    def on(
        self, opened: Examination, standard: GrowthStandard, proposal: Proposal | None
    ) -> Examination:
        """Return the state again, on what the picture's file says when it is opened now."""
        return replace(
            opened,
            proposal=proposal,
            outline_px=self.outline_px,
            patient=self.patient,
            exam_date=self.exam_date,
            dating=self.dating,
            dating_reason=self.dating_reason,
            fetus=self.fetus,
            standard=standard,
            manual_calibration=self.manual_calibration,
            chosen_scale=still_offered(opened.file_calibration, self.chosen_scale),
            kept=self.kept,
            answers=self.answers,
            is_second_reading=self.is_second_reading,
            comment=self.comment,
            acceptance=None,
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """One picture's examination with its history of undo, as it was left at ``changed_at``.

    ``past`` is oldest first, ``future`` what Redo brings next. ``supersedes`` is the row of the log
    that accepting would supersede: one picture may have a draft for each, and one for none.
    ``path`` is where the picture lay, which says nothing of whether it still does; ``display`` is
    how it was shown, and ``correction_reason`` why that row is corrected.
    """

    picture: PictureKey
    path: Path
    present: Entered
    past: tuple[Entered, ...]
    future: tuple[Entered, ...]
    refused: RefusedTexts
    proposal: Proposal | None
    acceptance: Acceptance | None
    supersedes: str | None
    progress: Progress
    changed_at: datetime
    display: Display = Display()
    correction_reason: str = ""

    @classmethod
    def of(cls, editing: Editing, picture: PictureKey, *, at: datetime) -> "Draft":
        """Return what is kept of an open image; ``at`` is now, in UTC."""
        history = editing.history
        return cls(
            picture=picture,
            path=history.present.image.source.path.absolute(),
            present=Entered.of(history.present),
            past=tuple(Entered.of(exam) for exam in history.past),
            future=tuple(Entered.of(exam) for exam in history.future),
            refused=editing.refused,
            proposal=history.present.proposal,
            acceptance=editing.acceptance,
            supersedes=editing.supersedes,
            progress=progress_of(editing),
            changed_at=at,
            display=editing.display,
            correction_reason=editing.correction_reason,
        )

    @property
    def key(self) -> DraftKey:
        begun = self.past[0] if self.past else self.present
        is_second = self.supersedes is None and begun.is_second_reading
        return DraftKey(self.picture, self.supersedes, is_second)

    @property
    def holds_work(self) -> bool:
        """Whether something would be lost with it that the log does not have."""
        return self.progress in {Progress.UNFINISHED, Progress.NOT_LOGGED}

    @property
    def outlives_crash(self) -> bool:
        """Whether the disk has it as long as the program runs.

        A picture that was only looked at has no work, but is shown as she had it.
        """
        is_looked_at = self.progress is Progress.UNTOUCHED and self.display != Display()
        return self.holds_work or is_looked_at

    def shortened(self, steps: int) -> "Draft":
        """Return it with that many steps back and forth at most; its beginning always stays."""
        history = History(self.present, self.past, self.future).shortened(steps)
        return replace(self, past=history.past, future=history.future)

    def resumed(self, opened: Examination, choice: StandardChoice) -> Editing:
        """Return the examination as it was left, on its picture as it was opened now.

        What the file says is taken as it is said now. A standard that is not there any more gives
        way to that of ``opened``.
        """

        def state(entered: Entered) -> Examination:
            standard = choice.with_key(entered.standard_key) or opened.standard
            return entered.on(opened, standard, self.proposal)

        return Editing(
            History(
                state(self.present),
                tuple(state(entered) for entered in self.past),
                tuple(state(entered) for entered in self.future),
            ),
            self.acceptance,
            self.supersedes,
            refused=self.refused,
            display=self.display,
            correction_reason=self.correction_reason,
        )


def progress_of(editing: Editing) -> Progress:
    """Return how far an open image has come.

    What undo has led back to the beginning holds no work, whatever Redo would bring.
    """
    exam, acceptance = editing.exam, editing.acceptance
    if exam.is_accepted and acceptance is not None:
        return Progress.NOT_LOGGED if acceptance.entry_id is None else Progress.LOGGED
    is_typed = bool(editing.refused or editing.correction_reason)
    is_changed = editing.history.present != editing.begun or is_typed
    return Progress.UNFINISHED if is_changed else Progress.UNTOUCHED


def with_taken_over(editing: Editing, taken: Examination) -> Editing:
    """Return an image that was left before with what its beginning would take over now.

    ``taken`` is that beginning after taking over. What was entered at the image itself stays, in
    every state; so does all of one that was accepted, or that names another woman by now.
    """
    is_anothers = names_another(editing.exam.patient, taken.patient)
    if editing.acceptance is not None or is_anothers:
        return editing
    begun = editing.begun

    def state(exam: Examination) -> Examination:
        changes: dict[str, Any] = {
            name: getattr(taken, name)
            for name in TAKEN_OVER
            if getattr(exam, name) == getattr(begun, name)
        }
        return replace(exam, **changes)

    return editing.mapped(state)


def still_offered(
    offered: FileCalibration, chosen: CalibrationCandidate | None
) -> CalibrationCandidate | None:
    """Return a choice among a file's scales, where the file still offers it."""
    if chosen is None:
        return None
    user = chosen.calibration.confirmed_by
    return chosen if chosen in {one.chosen_by(user) for one in offered.alternatives} else None
