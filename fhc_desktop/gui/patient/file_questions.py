"""FileQuestions: a line for each entry that differs from the file, with the two answers to it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fhc_desktop.domain.examination.conflicts import Conflict
from fhc_desktop.domain.examination.file_data import FileItem
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.answers import lay_answers


class FileQuestion(QWidget):
    """One question; both answers can be taken back by Undo."""

    kept = Signal(object)  # FileItem
    taken = Signal(object)  # FileItem

    def __init__(self, item: FileItem) -> None:
        super().__init__()
        self._sentence = style.label(size_px=style.SMALL_PX, color=style.WARNING)
        self._item = item
        self.keep = QPushButton()
        self.take = QPushButton()
        for button, deed in ((self.keep, "Keep what is entered"), (self.take, "Take the other")):
            button.setToolTip(f"{deed}; the file itself stays as it is. {item.tag}")
        self.keep.clicked.connect(lambda: self.kept.emit(item))
        self.take.clicked.connect(lambda: self.taken.emit(item))
        lay_answers(self, (self._sentence,), (self.keep, self.take))
        self.hide()

    @property
    def text(self) -> str:
        return "" if self.isHidden() else self._sentence.text()

    def show_conflict(self, conflict: Conflict | None) -> None:
        if conflict is not None:
            words = f"{style.WARNING_SIGN} {conflict.sentence}"
            self._sentence.setText(style.breakable(words))
            for button, answer in zip((self.keep, self.take), conflict.answers, strict=True):
                button.setText(answer)
                button.setAccessibleName(f"{answer}: {self._item.words}")
        self.setVisible(conflict is not None)


class FileQuestions(QWidget):
    """All open questions; nothing waits for them but, where they are of identity, Accept."""

    kept = Signal(object)  # FileItem
    taken = Signal(object)  # FileItem

    def __init__(self) -> None:
        super().__init__()
        self.by_item = {item: FileQuestion(item) for item in FileItem}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP)
        for question in self.by_item.values():
            question.kept.connect(self.kept)
            question.taken.connect(self.taken)
            column.addWidget(question)
        self.hide()

    def show_conflicts(self, found: tuple[Conflict, ...]) -> None:
        by_item = {conflict.item: conflict for conflict in found}
        for item, question in self.by_item.items():
            question.show_conflict(by_item.get(item))
        self.setVisible(bool(found))
