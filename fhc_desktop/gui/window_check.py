"""What a process of its own finds out about the window: Qt ends a program that it cannot serve."""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QSettings, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from fhc_desktop.gui.picture import shown
from fhc_desktop.gui.window.main_window import MainWindow
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.reporting.content.installation import Finding
from fhc_desktop.resources import resource
from fhc_desktop.storage.preferences.folders import default_folders
from fhc_desktop.workflow.looker_process import LookerProcess

_DEMO_SCAN = "demo/demo_head.dcm"
# A chart of nothing but its ground has one colour, curves with smooth edges have hundreds.
_COLOURS_OF_A_CHART = 20
_SAMPLED_EVERY_PX = 2


def main() -> None:
    """Open the demonstration scan in a window that no screen shows; print findings as JSON."""
    os.environ.update(without_a_screen(os.environ, sys.platform))
    with TemporaryDirectory() as folder:
        # The user's own place of the window stays as it is.
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
        found = _findings(Path(folder))
    print(json.dumps([asdict(finding) for finding in found]))


def without_a_screen(environment: Mapping[str, str], system: str) -> dict[str, str]:
    """Return what must be added to an environment so that Qt starts where there is no screen."""
    has_screen = any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    if not system.startswith("linux") or has_screen or "QT_QPA_PLATFORM" in environment:
        return {}
    return {"QT_QPA_PLATFORM": "offscreen"}


def _findings(folder: Path) -> list[Finding]:
    with (
        Readers() as readers,
        LookerProcess() as proposer,
        shown(
            resource(_DEMO_SCAN),
            folders=default_folders(folder),
            proposer=proposer,
            readers=readers,
            is_seen=False,
        ) as window,
    ):
        return [_platform(), _fonts(), _window(window), _chart(window.side_panel.chart)]


def _platform() -> Finding:
    return Finding(
        "screen", passed=True, words=f"{QGuiApplication.platformName()}, Qt {qVersion()}"
    )


def _fonts() -> Finding:
    families = len(QFontDatabase.families())
    return Finding("fonts", passed=families > 0, words=f"{families} on this machine")


def _window(window: MainWindow) -> Finding:
    exam = window.controller.exam
    found = None if exam is None else exam.measurement
    if found is None:
        return Finding("window", passed=False, words="it shows no measurement of the drawn head")
    return Finding("window", passed=True, words=f"shows HC {found.hc_mm:.2f} mm")


def _chart(chart: QWidget) -> Finding:
    colours = _colours(chart.grab().toImage())
    passed = colours >= _COLOURS_OF_A_CHART
    return Finding("chart", passed, "drawn" if passed else "its place stayed empty")


def _colours(picture: QImage) -> int:
    """Return how many colours there are among every second pixel of every second line."""
    across, down = (
        range(0, side, _SAMPLED_EVERY_PX) for side in (picture.width(), picture.height())
    )
    return len({picture.pixel(x, y) for x in across for y in down})
