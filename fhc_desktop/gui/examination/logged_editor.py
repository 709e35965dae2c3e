"""LoggedEditor: what is accepted goes to the log, and what the log has of it comes back."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal, Slot

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.draft import Draft, DraftKey, PictureKey
from fhc_desktop.domain.examination.editing import Editing
from fhc_desktop.domain.examination.examination import Acceptance, Examination
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.gui.examination.acceptances import Acceptances, Handed
from fhc_desktop.gui.examination.editor import ExaminationEditor
from fhc_desktop.workflow.accepting import Word, refuse_conflict
from fhc_desktop.workflow.keeping import STEPS_ON_DISK, Desk
from fhc_desktop.workflow.known_pregnancies import FoundRows, KnownPregnancies, rows_found
from fhc_desktop.workflow.waiting import Taken

KNOWN = "known"
_NOTHING_RECORDED = "Nothing was recorded. "


class LoggedEditor(ExaminationEditor):
    """An open image between the desk of drafts and the log.

    Nothing here waits for the log: each answer is taken over by the examination that it is about,
    on the screen or wherever that is by then.
    """

    failed = Signal(object)  # FhcError
    logged = Signal()
    repeated = Signal(object)  # datetime at which exactly this was accepted before

    def __init__(
        self,
        acceptances: Acceptances,
        desk: Desk,
        standards: StandardChoice,
        *,
        operator: str,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(KnownPregnancies(), standards)
        self.acceptances = acceptances
        self.desk = desk
        self._questions = acceptances.questions
        self._operator = operator
        self._now = now
        self._picture: PictureKey | None = None
        self._before: tuple[Editing, PictureKey] | None = None
        self._told_why_not = ""
        acceptances.setParent(self)
        acceptances.taken.connect(self._take)
        acceptances.refused.connect(self._refuse)
        acceptances.changed.connect(self._show_log)

    @property
    def editing(self) -> Editing | None:
        """What is on the screen, with what was done to it."""
        return self._editing

    @property
    def draft_key(self) -> DraftKey | None:
        """What is on the screen, as the desk knows it; None where that is nothing."""
        if self._editing is None or self._picture is None:
            return None
        return DraftKey.of(self._editing, self._picture)

    @property
    def operator(self) -> str:
        return self._operator

    def accept(self) -> None:
        """Vouch for what is on the screen; it is accepted as soon as its row is kept."""
        editing = self._editing
        if editing is None or editing.exam.outline_px is None or editing.exam.is_accepted:
            return
        if self.acceptances.is_being_written(self.draft_key, editing.exam):
            return
        try:
            refuse_conflict(editing.exam)
        except FhcError as error:
            self.failed.emit(error)
            return
        word = Word(
            editing.exam,
            self._operator,
            self._now(),
            editing.supersedes,
            display=editing.display,
            correction_reason=editing.correction_reason,
        )
        self.hand_in(editing, word)

    def hand_in(self, editing: Editing, word: Word, picture: PictureKey | None = None) -> None:
        """Have the row of an acceptance written, of the image on the screen or of another one."""
        whose = picture or self._picture
        if whose is not None:
            self.acceptances.hand_in(editing, whose, word)
            self._emit()

    def _keep(self) -> None:
        if self._editing is not None and self._picture is not None:
            # While it is on the screen the editing has all of its steps, and each costs time here.
            nearest = self._editing.shortened(STEPS_ON_DISK)
            self.desk.put(Draft.of(nearest, self._picture, at=self._now()))

    @Slot(object, object)
    def _take(self, handed: Handed, taken: Taken) -> None:
        """Take over an acceptance, on the screen or wherever its image is by now."""
        if self.draft_key == handed.key and self._editing is not None:
            self.desk.drop(handed.key)
            self._editing = self._editing.accepted(taken.acceptance)
            self._keep()
        else:
            self._take_elsewhere(handed, taken.acceptance)
        self._known.forget()
        self.logged.emit()
        self._emit()
        if taken.problem is not None:
            self._tell_why_not(taken.acceptance, taken.problem)
        elif taken.acceptance.at != handed.word.now:
            self.repeated.emit(taken.acceptance.at)

    def _take_elsewhere(self, handed: Handed, acceptance: Acceptance) -> None:
        before = self._before
        if before is not None and DraftKey.of(*before) == handed.key:
            self._before = before[0].accepted(acceptance), before[1]
        draft = self.desk.find(handed.key)
        if draft is not None:
            editing = draft.resumed(handed.editing.begun, self._standards).accepted(acceptance)
            self.desk.drop(handed.key)
            self.desk.put(Draft.of(editing, handed.picture, at=draft.changed_at))

    @Slot(object, object)
    def _refuse(self, handed: Handed, problem: FhcError) -> None:
        """Ask what has to be asked; where another image is on the screen, say of which."""
        self._known.forget()
        self._emit()
        is_shown = self.draft_key == handed.key
        self.failed.emit(problem if is_shown else _of_another(handed.word.exam, problem))

    @Slot()
    def _show_log(self) -> None:
        if self._editing is not None:
            self._editing = self._editing.with_waiting(self.acceptances.waiting_ids)
        self._emit()

    def _tell_why_not(self, acceptance: Acceptance, problem: FhcError) -> None:
        """Say it once; from then on the status line does."""
        if problem.problem != self._told_why_not:
            self._told_why_not = problem.problem
            self.failed.emit(_why_not_logged(acceptance, problem))

    def _emit(self) -> None:
        exam = self.exam
        if exam is not None and self._known.seeks(exam):
            self._ask_known(exam)
        self._tell_changed()

    def _tell_changed(self) -> None:
        opened = None if self._editing is None else self._editing.supersedes
        self._known.look_up(self.exam, operator=self._operator, opened=opened)
        self.changed.emit(self.exam)

    def _ask_known(self, exam: Examination) -> None:
        records = self.acceptances.records
        self._questions.ask_anyway(
            self,
            lambda log: rows_found(exam, records(log)),
            self._take_known,
            self._questions.unexpected,
            subject=KNOWN,
        )

    def _take_known(self, found: FoundRows) -> None:
        self._known.take(found)
        self._tell_changed()
        if found.problem is not None:
            self.failed.emit(found.problem)


def _why_not_logged(acceptance: Acceptance, problem: FhcError) -> FhcError:
    what_to_do = problem.remedy.removeprefix(_NOTHING_RECORDED)
    if not acceptance.waits:
        return FhcError(f"Accepted, NOT LOGGED: {problem.problem}", what_to_do)
    return FhcError(
        f"Accepted, and waits to be logged: {problem.problem}",
        f"It is kept on this machine and written as soon as the log can take it. {what_to_do}",
    )


def _of_another(exam: Examination, problem: FhcError) -> FhcError:
    """Return what keeps an image that has been left from being accepted, with its name."""
    return FhcError(
        f"{exam.image.source.path.name}: {problem.problem}", f"Open it. {problem.remedy}"
    )
