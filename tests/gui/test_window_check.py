"""Where there is no screen, the window is tried without one."""

import pytest

from fhc_desktop.gui.window_check import without_a_screen


@pytest.mark.parametrize(
    ("environment", "system", "added"),
    [
        ({}, "linux", {"QT_QPA_PLATFORM": "offscreen"}),
        ({"DISPLAY": ""}, "linux", {"QT_QPA_PLATFORM": "offscreen"}),
        ({"DISPLAY": ":0"}, "linux", {}),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", {}),
        ({"QT_QPA_PLATFORM": "vnc"}, "linux", {}),
        ({}, "win32", {}),
        ({}, "darwin", {}),
    ],
)
def test_that_qt_goes_without_a_screen_only_where_linux_has_none(environment, system, added):
    assert without_a_screen(environment, system) == added
