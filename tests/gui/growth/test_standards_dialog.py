"""A local chart that does not hold, or stands there already, is refused in the dialog."""

import pytest

from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import WHO_2017
from fhc_desktop.gui.growth.standards_dialog import StandardsDialog
from tests.gui.growth.lens import answer_standards, lens
from tests.local_charts import OURS_TOML

pytestmark = pytest.mark.gui


def test_that_a_chart_that_does_not_hold_is_refused_in_place(qtbot, shown, chart):
    window = shown()
    chart.write_text(OURS_TOML.replace("160.1", "60.1"))
    refusals = []

    def add(dialog):
        dialog.add_file(chart)
        refusals.append(dialog.refusal.text())

    answer_standards(window, add)
    assert "our_heads.toml: The mean in row 2 is not larger" in refusals[0]
    assert "docs/local-charts.md" in refusals[0]
    assert "local" not in lens(window).text


def test_that_a_chart_is_not_added_twice(qtbot, chart):
    dialog = StandardsDialog(None, StandardChoice(), (), in_force=WHO_2017)
    qtbot.addWidget(dialog)
    dialog.add_file(chart)
    dialog.add_file(chart)

    assert len(dialog.files) == 1
    assert "already" in dialog.refusal.text()
