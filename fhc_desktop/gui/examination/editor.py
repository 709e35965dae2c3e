"""ExaminationEditor: gestures at the open image in, one immutable examination out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.comment import tidied
from fhc_desktop.domain.examination.conflicts import (
    keep_entered,
    take_from_file,
    with_entered_patient,
)
from fhc_desktop.domain.examination.editing import Editing, RefusedTexts, with_next_head
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.file_data import FileItem
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.dating_standing import dating_standing
from fhc_desktop.domain.pregnancy.identity_standing import answered, asked_again
from fhc_desktop.workflow.known_pregnancies import KnownPregnancies


class ExaminationEditor(QObject):
    """The open image and what is done to it, a step at a time; each step can be undone.

    Whoever builds on it says what happens after a step: ``_keep`` and ``_emit``.
    """

    changed = Signal(object)  # Examination, or None when no image is open; or what runs
    previewed = Signal()  # the outline, and nothing else, while the hand still moves it
    standards_changed = Signal(object)  # StandardChoice

    def __init__(self, known: KnownPregnancies, standards: StandardChoice) -> None:
        super().__init__()
        self._known = known
        self._standards = standards
        self._editing: Editing | None = None

    @property
    def exam(self) -> Examination | None:
        """What the screen shows: the present state, with the outline under the hand."""
        return None if self._editing is None else self._editing.exam

    @property
    def editing(self) -> Editing | None:
        """What is on the screen with its steps; None where that is nothing."""
        return self._editing

    @property
    def known(self) -> KnownPregnancies:
        """What the log has of the patient on the screen, and the log itself."""
        return self._known

    def preview_outline(self, outline_px: Ellipse) -> None:
        """Show an outline while the hand still moves it; nothing is recorded."""
        if self._editing is not None:
            self._editing = self._editing.previewed(outline_px)
            self.previewed.emit()

    def cancel_preview(self) -> None:
        self._edit(lambda editing: editing.previewed(None))

    def set_outline(self, outline_px: Ellipse) -> None:
        self.record(lambda exam: exam.with_outline(outline_px))

    def delete_outline(self) -> None:
        self.record(lambda exam: exam.with_outline(None))

    def take_next_head(self) -> None:
        """Outline another of several heads that the model found, from left to right."""
        self.record(with_next_head)

    def reset_to_proposal(self) -> None:
        self.record(lambda exam: exam.with_proposed_outline())

    def nudge_outline(self, key: str, edit: Callable[[Ellipse], Ellipse]) -> None:
        """Change the outline by a key; a run of the same key is one step of undo."""
        self._edit(lambda editing: editing.nudged(key, edit))

    def record(self, change: Callable[[Examination], Examination]) -> None:
        """Change the examination by one step, which can be undone."""
        self._edit(lambda editing: editing.recorded(change))

    def set_display(self, display: Display) -> None:
        """Show the picture otherwise; nothing that is measured changes, so it is no step."""
        self._edit(lambda editing: editing.displayed(display))

    def set_correction_reason(self, reason: str) -> None:
        """Say why the row that is corrected holds no longer; nobody has to."""
        self._edit(lambda editing: editing.explained(reason.strip()))

    def undo(self) -> None:
        self._step(Editing.undone)

    def redo(self) -> None:
        self._step(Editing.redone)

    def set_patient(self, patient: Patient) -> None:
        """Take identifier and name as they were entered; the rest of her goes with them."""
        self.record(lambda exam: with_entered_patient(exam, patient.identifier, patient.name))

    def answer_identity(self, *, is_same: bool) -> None:
        """Say whether the patient is the woman whom the log has under her identifier."""
        question = self._known.standing.question
        if question is not None:
            self.record(lambda exam: answered(exam, question, is_same=is_same))

    def ask_identity_again(self) -> None:
        self.record(asked_again)

    def set_exam_date(self, exam_date: date | None) -> None:
        self.record(lambda exam: exam.with_exam_date(exam_date))

    def set_dating(self, dating: Dating | None) -> None:
        self.record(lambda exam: exam.with_dating(dating))

    def use_dating_in_force(self) -> None:
        """Date the image as its pregnancy is dated in the log."""
        exam = self.exam
        offered = None if exam is None else dating_standing(exam, self._known.found).offered
        if offered is not None:
            self.set_dating(offered)

    def set_dating_reason(self, reason: str) -> None:
        self.record(lambda exam: exam.with_dating_reason(reason.strip()))

    def set_comment(self, comment: str) -> None:
        """Take what is said of the image; what is typed in one go is one step of undo."""
        self._edit(lambda editing: editing.commented(tidied(comment)))

    def set_fetus(self, fetus: Fetus) -> None:
        self.record(lambda exam: exam.with_fetus(fetus))

    def keep_entered(self, item: FileItem) -> None:
        self.record(lambda exam: keep_entered(exam, item))

    def take_from_file(self, item: FileItem) -> None:
        self.record(lambda exam: take_from_file(exam, item))

    def keep_refused(self, texts: RefusedTexts) -> None:
        """Keep what stands in the fields of an image that is being left, and is no entry."""
        if self._editing is not None:
            self._editing = replace(self._editing, refused=texts)

    @property
    def standards(self) -> StandardChoice:
        return self._standards

    def set_standard(self, standard: GrowthStandard) -> None:
        """Judge by a standard from now on: this image, and each that is opened after it."""
        self.record(lambda exam: exam.with_standard(standard))
        self.use_standards(replace(self._standards, default=standard))

    def use_standards(self, choice: StandardChoice) -> None:
        """Take over which standards there are; the image on the screen keeps its own."""
        if choice != self._standards:
            self._standards = choice
            self.standards_changed.emit(choice)
            self._emit()

    def _step(self, step: Callable[[Editing], Editing]) -> None:
        before = self.exam
        self._edit(step)
        after = self.exam
        if before is not None and after is not None and after.standard is not before.standard:
            # Taking the choice back takes it back for the next image too.
            self.use_standards(replace(self._standards, default=after.standard))

    def _edit(self, step: Callable[[Editing], Editing]) -> None:
        if self._editing is not None:
            self._editing = step(self._editing)
            self._keep()
            self._emit()

    def _keep(self) -> None:
        """Have what was done survive."""
        raise NotImplementedError

    def _emit(self) -> None:
        """Tell that something has changed."""
        raise NotImplementedError
