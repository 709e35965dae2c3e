"""The window has every command that an action may call."""

import pytest

from fhc_desktop.gui.window.commands import Commands

pytestmark = pytest.mark.gui


def test_that_the_window_has_every_part_and_does_every_command(window):
    parts = Commands.__annotations__
    commands = [name for name in vars(Commands) if not name.startswith("_")]

    assert commands
    for name in parts:
        assert type(getattr(window, name)) is parts[name], name
    for name in commands:
        assert callable(getattr(window, name)), name
