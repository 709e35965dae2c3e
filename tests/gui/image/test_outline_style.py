"""States of the outline are told from each other by line or sign as well as by colour."""

from PySide6.QtCore import Qt

from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.gui.image.outline_style import OUTLINE_STYLES


def test_that_every_state_has_a_colour_of_its_own():
    assert OUTLINE_STYLES.keys() == set(OutlineState)
    assert len({look.color for look in OUTLINE_STYLES.values()}) == len(OutlineState)


def test_that_only_what_nobody_has_looked_at_is_dashed():
    dashed = {state for state, look in OUTLINE_STYLES.items() if look.line is Qt.PenStyle.DashLine}

    assert dashed == {OutlineState.PROPOSED}
