"""The one Qt application of this process, dressed as all of its windows are."""

import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from fhc_desktop.gui.widgets import style
from fhc_desktop.resources import resource

_TURN_S = 0.001


def make_application() -> QApplication:
    """Return the one application, in its dark theme."""
    # While a library is imported beside it, the window waits this long for each of its turns.
    sys.setswitchinterval(_TURN_S)
    QCoreApplication.setOrganizationName("fhc-desktop")
    QCoreApplication.setApplicationName("fhc-desktop")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("a Qt application without windows is already running")
    app.setDesktopFileName("fhc-desktop")  # what a desktop knows the installed program by
    app.setWindowIcon(QIcon(str(resource("icons/program.png"))))
    style.apply_dark_theme(app)
    return app
