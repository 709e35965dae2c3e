"""Colours, fonts and spacings: the one place that decides how anything looks."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from fhc_desktop.reporting import colours
from fhc_desktop.resources import resource

# Surfaces: three near-black greys without a tint, so that the scan is the only picture.
CANVAS = "#0b0b0b"
SURFACE = "#171717"
RAISED = "#262626"
LINE = "#333333"

# Text: at least 7:1 and 4.5:1 on each of the three surfaces; the tests measure it.
TEXT = "#ececec"
SECONDARY_TEXT = "#b0b0b0"
DISABLED_TEXT = "#757575"
ACCENT = "#56b4e9"

# States: those of the report, so that what is seen is what is filed.
PROPOSAL = colours.PROPOSAL
EDITED = colours.EDITED
ACCEPTED = colours.ACCEPTED
WARNING = colours.WARNING
ERROR = "#ff8a4c"
HALO = "#000000"

# Fetuses A to F: what is left of Okabe and Ito's once orange means edited. Each has its own shape.
FETUSES = (ACCEPTED, "#cc79a7", ACCENT, WARNING, ERROR, TEXT)

# Signs that go with the colours.
WARNING_SIGN = "▲"
ERROR_SIGN = "✕"
ACCEPTED_SIGN = "✓"
GOOD_SIGN = "◆"
EDITED_SIGN = "◇"

# Spacing: a grid of four pixels.
GRID = 4
GAP = 2 * GRID
MARGIN = 4 * GRID
FIELD_HEIGHT_PX = 7 * GRID

# Fonts in device-independent pixels: three sizes and the figure.
SMALL_PX = 12
BODY_PX = 13
HEADING_PX = 15
FIGURE_PX = 44

# A space of no width: where a line may end.
_BREAK = "\u200b"
_OVERLONG = re.compile(r"\S{41,}")
_PIECES = re.compile(r".{1,12}")


def font(size_px: int = BODY_PX, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the system's font in one of our sizes, with digits that are all equally wide."""
    chosen = QFont(QApplication.font())
    chosen.setPixelSize(size_px)
    chosen.setWeight(weight)
    chosen.setFeature(QFont.Tag("tnum"), 1)
    return chosen


def label(text: str = "", *, size_px: int = BODY_PX, color: str = TEXT) -> QLabel:
    """Return a text in one of our sizes; its words can be marked, and wrap where it is narrow."""
    made = QLabel(text)
    made.setFont(font(size_px))
    made.setTextFormat(Qt.TextFormat.PlainText)
    set_color(made, color)
    return made


def heading(text: str) -> QLabel:
    """Return the quiet title that stands over a group of lines instead of a frame round it."""
    made = label(text, size_px=SMALL_PX, color=SECONDARY_TEXT)
    made.setFont(font(SMALL_PX, QFont.Weight.DemiBold))
    return made


def breakable(text: str) -> str:
    """Return a text whose overlong words, as in file names, may be broken where lines end."""
    return _OVERLONG.sub(lambda found: _BREAK.join(_PIECES.findall(found[0])), text)


def set_color(widget: QWidget, color: str) -> None:
    """Give a widget's text a colour; cheap enough to be called at each movement of the mouse."""
    palette = widget.palette()
    wanted = QColor(color)
    if palette.color(QPalette.ColorRole.WindowText) != wanted:
        palette.setColor(QPalette.ColorRole.WindowText, wanted)
        widget.setPalette(palette)


def apply_dark_theme(app: QApplication) -> None:
    """Dress the whole program; the same on each platform, whatever the system's theme."""
    app.setStyle("Fusion")
    # Names in Chinese, Japanese and Korean are read also where the system has no such font.
    QFontDatabase.addApplicationFont(str(resource("fonts/DroidSansFallback.ttf")))
    app.setFont(font(BODY_PX))
    app.setPalette(_palette())
    app.setStyleSheet(_STYLE_SHEET)


@contextmanager
def dressed_at_once() -> Iterator[None]:
    """Keep the style sheet off while a window is put together, and dress all of it at the end.

    With it on, whatever is put into something else is dressed anew with all that is in it: half of
    a window's building.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("there is no application to dress")
    sheet = app.styleSheet()
    app.setStyleSheet("")
    try:
        yield
    finally:
        app.setStyleSheet(sheet)


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    colors = {
        role.Window: SURFACE,
        role.WindowText: TEXT,
        role.Base: CANVAS,
        role.AlternateBase: SURFACE,
        role.Text: TEXT,
        role.PlaceholderText: SECONDARY_TEXT,
        role.Button: RAISED,
        role.ButtonText: TEXT,
        role.BrightText: TEXT,
        role.ToolTipBase: RAISED,
        role.ToolTipText: TEXT,
        role.Highlight: "#24506b",
        role.HighlightedText: "#ffffff",
        role.Link: ACCENT,
        role.LinkVisited: ACCENT,
        role.Accent: ACCENT,
        role.Light: LINE,
        role.Midlight: LINE,
        role.Mid: LINE,
        role.Dark: CANVAS,
        role.Shadow: CANVAS,
    }
    for which, color in colors.items():
        palette.setColor(which, QColor(color))
    disabled = QPalette.ColorGroup.Disabled
    for which in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        palette.setColor(disabled, which, QColor(DISABLED_TEXT))
    return palette


# Colours of plain text stay in the palette: a style sheet would override ``set_color``.
_STYLE_SHEET = f"""
QToolTip {{ background: {RAISED}; color: {TEXT}; border: 1px solid {LINE}; padding: 4px 8px; }}
QMainWindow, QDialog {{ background: {SURFACE}; }}
QMenuBar {{ background: {SURFACE}; padding: 0 4px; }}
QMenuBar::item {{ padding: 4px 6px; background: transparent; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {RAISED}; }}
QMenu {{ background: {RAISED}; border: 1px solid {LINE}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: #3a3a3a; }}
QMenu::item:disabled {{ color: {DISABLED_TEXT}; }}
QMenu::separator {{ height: 1px; background: {LINE}; margin: 4px 8px; }}
QToolBar {{ background: {SURFACE}; border: none; spacing: 4px; padding: 4px 8px; }}
QToolButton {{ padding: 4px 8px; border: 1px solid transparent; border-radius: 4px; }}
QToolButton:hover {{ background: {RAISED}; }}
QToolButton:pressed, QToolButton:checked {{ background: #3a3a3a; }}
QToolButton:focus {{ border-color: {ACCENT}; }}
QToolButton:disabled {{ color: {DISABLED_TEXT}; }}
QPushButton {{ background: {RAISED}; border: 1px solid {LINE}; border-radius: 4px;
    padding: 4px 12px; min-height: 18px; }}
QPushButton:hover {{ background: #333333; }}
QPushButton:pressed {{ background: #3f3f3f; }}
QPushButton:checked {{ background: #24506b; }}
QPushButton:focus {{ border-color: {ACCENT}; }}
QPushButton:disabled {{ color: {DISABLED_TEXT}; background: {SURFACE}; }}
QPushButton:flat {{ background: transparent; border-color: transparent; color: {ACCENT};
    padding: 4px 0; text-align: left; }}
QPushButton:flat:hover {{ text-decoration: underline; }}
QLineEdit, QSpinBox, QDoubleSpinBox, QDateEdit {{ background: {CANVAS};
    border: 1px solid {LINE}; border-radius: 4px; padding: 2px 8px;
    min-height: {FIELD_HEIGHT_PX - 6}px; max-height: {FIELD_HEIGHT_PX - 6}px;
    selection-background-color: #24506b; }}
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus {{
    border-color: {ACCENT}; }}
QPlainTextEdit {{ background: {CANVAS}; border: 1px solid {LINE}; border-radius: 4px;
    padding: 0 4px; selection-background-color: #24506b; }}
QPlainTextEdit:focus {{ border-color: {ACCENT}; }}
QLineEdit[wrong="true"] {{ border-color: {ERROR}; }}
QComboBox {{ background: {CANVAS}; border: 1px solid {LINE}; border-radius: 4px;
    padding: 2px 0 2px 6px; min-height: 22px; }}
QComboBox:focus {{ border-color: {ACCENT}; }}
QComboBox:disabled {{ color: {DISABLED_TEXT}; }}
QComboBox::drop-down {{ border: none; width: 16px; }}
QComboBox::down-arrow {{ image: url("{resource("icons/chevron.svg").as_posix()}");
    width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{ background: {RAISED}; border: 1px solid {LINE}; }}
QTableView, QTreeView {{ background: {CANVAS}; border: none; gridline-color: {LINE};
    selection-background-color: #24506b; }}
QTreeView::item {{ padding: 4px 0; }}
QHeaderView::section {{ background: {SURFACE}; color: {SECONDARY_TEXT}; border: none;
    padding: 6px 8px; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 8px; margin: 0; }}
QScrollBar::handle:vertical {{ background: #444444; border-radius: 4px; min-height: 24px; }}
QScrollBar::handle:vertical:disabled {{ background: transparent; }}
QScrollBar:horizontal {{ background: transparent; height: 8px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: #444444; border-radius: 4px; min-width: 24px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QStatusBar {{ background: {SURFACE}; }}
QStatusBar::item {{ border: none; }}
QSplitter::handle {{ background: {CANVAS}; }}
"""
