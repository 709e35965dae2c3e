"""What the tests reach of the panel in the window."""


def panel_of(window):
    return window.side_panel.patient


def notes_of(window):
    return panel_of(window).notes
