"""What a hand does in the window of the course, and what it reads there."""

from PySide6.QtCore import Qt


def dates(window):
    return [f"{row.point.recorded.facts.exam_date}" for row in window.page.model.rows]


def choose(window, *rows):
    selection, model = window.page.table.selectionModel(), window.page.table.model()
    selection.clear()
    flags = selection.SelectionFlag
    for row in rows:
        selection.select(model.index(row, 0), flags.Select | flags.Rows)


def pick(box, text):
    """Choose from a list as a hand does: the words, and the signal of a choice by the user."""
    box.setCurrentIndex(box.findText(text, Qt.MatchFlag.MatchContains))
    box.activated.emit(box.currentIndex())


def offered(window):
    box = window.page.selection.standards
    return [box.itemText(index) for index in range(box.count())]
