"""The one Qt application of this process, dressed as all of its windows are."""

import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from fhc_desktop.gui.widgets import style
from fhc_desktop.resources import resource

_TURN_S = 0.001
_ASKS_THE_SOURCE = "_mod_uses_pyside"


def make_application() -> QApplication:
    """Return the one application, in its dark theme."""
    # While a library is imported beside it, the window waits this long for each of its turns.
    sys.setswitchinterval(_TURN_S)
    _spare_sources()
    QCoreApplication.setOrganizationName("fhc-desktop")
    QCoreApplication.setApplicationName("fhc-desktop")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("a Qt application without windows is already running")
    app.setDesktopFileName("fhc-desktop")  # what a desktop knows the installed program by
    app.setWindowIcon(QIcon(str(resource("icons/program.png"))))
    style.apply_dark_theme(app)
    return app


def _spare_sources() -> None:
    """Have the binding read the source of no module that is imported from now on.

    It looks there for features that a module may ask of it and none of ours does: a tenth of each
    import, and megabytes that stay. In the frozen program there are no sources, and it goes
    without. The question has no public name; a version that knows another one reads them again.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, _ASKS_THE_SOURCE):
        setattr(feature, _ASKS_THE_SOURCE, lambda _: False)
