"""RestoreDialog: what is wrong with the log, which copy there is, and one button."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.log.restore_content import (
    LOOKING,
    RESTORE,
    RestoreContent,
    at_work,
    done,
    failed,
    found,
    whole,
)
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.gui.widgets.plain_dialog import PlainDialog, wrapped
from fhc_desktop.storage.log.backups import backups_of
from fhc_desktop.storage.log.faults import LogUnavailable
from fhc_desktop.storage.log.open_log import verify_log
from fhc_desktop.storage.log.restoring import Offer, begin_anew, offers, restore


@dataclass(frozen=True, slots=True)
class _Looked:
    """What is to be said of the log, and the copy that is offered, if one is."""

    content: RestoreContent
    offer: Offer | None = None


class RestoreDialog(PlainDialog):
    """Looks whether the log is whole, and puts the best copy in its place by somebody's word."""

    restored = Signal()

    def __init__(self, folder: Path, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._offer: Offer | None = None
        self._step = ""
        self._background = Background(self)
        self._background.succeeded.connect(self._answered)
        self._background.failed.connect(self._failed)
        self.title, self.words = wrapped(""), wrapped("", color=style.SECONDARY_TEXT)
        self.title.setFont(style.font(style.HEADING_PX, QFont.Weight.DemiBold))
        self.column.addWidget(self.title)
        self.column.addWidget(self.words)
        buttons = self.add_buttons(QDialogButtonBox.StandardButton.Close)
        self.leave = buttons.button(QDialogButtonBox.StandardButton.Close)
        self.step = buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self.step.clicked.connect(self._take_step)
        self._show(LOOKING)
        self._background.start(lambda: _looked_at(folder))

    def done(self, result: int) -> None:
        if self._step and self._background.is_busy:
            return  # what has begun to put a copy in the log's place tells how it ended
        self._background.close(0.0)
        super().done(result)

    def _show(self, content: RestoreContent) -> None:
        self._content = content
        sign = f"{style.ERROR_SIGN} " if content.is_problem else ""
        self.title.setText(f"{sign}{content.title}")
        self.words.setText(content.words)
        self.step.setText(content.step)
        self.step.setVisible(bool(content.step))
        # Nobody begins an empty log by a key that was meant for something else.
        usual = self.step if content.step == RESTORE else self.leave
        usual.setDefault(True)
        usual.setFocus()

    def _take_step(self) -> None:
        step, folder, offer = self._content.step, self._folder, self._offer
        now = datetime.now(UTC)
        job: Callable[[], object]
        if step == RESTORE and offer is not None:
            job = lambda: restore(folder, offer, now).set_aside  # noqa: E731
        else:
            job = lambda: begin_anew(folder, now)  # noqa: E731
        self._step = step
        self._show(at_work(self._content))
        self._background.start(job)

    @Slot(object)
    def _answered(self, answer: object) -> None:
        if isinstance(answer, tuple):
            self._show(done(self._step, answer))
            self.restored.emit()
        elif isinstance(answer, _Looked):
            self._offer = answer.offer
            self._show(answer.content)

    @Slot(object)
    def _failed(self, fault: Exception) -> None:
        if not isinstance(fault, FhcError):
            raise fault  # our own: the excepthook's matter
        self._show(failed(fault, self._step))


def _looked_at(folder: Path) -> _Looked:
    try:
        verify_log(folder)
    except LogUnavailable as why:
        offer = next(islice(offers(folder), 1), None)
        return _Looked(found(why, offer), offer)
    return _Looked(whole(backups_of(folder)))
