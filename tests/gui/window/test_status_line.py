"""One line says file, scale, model and state, and whether anything is logged."""

from dataclasses import replace

import pytest

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.gui.window.status_line import StatusContent, StatusLine
from tests.reporting.examinations import accepted, proposed, uncalibrated

pytestmark = pytest.mark.gui


def of(exam, activity=""):
    return StatusContent.of(exam, activity=activity)


def parts(content):
    return content.text.split("   ·   ")


def test_that_the_line_names_its_parts_from_the_left():
    twin = replace(proposed(), fetus=Fetus("A", "left"))
    name, fetus, scale, model, state = parts(of(twin))

    assert (name, fetus) == ("scan 2.dcm", "Fetus A, left")
    assert scale.startswith("0.8000 mm/px")
    assert model == "model head-unet 1.0 on CPU"
    assert state.startswith("proposed")


def test_that_what_does_not_apply_has_no_place():
    name, scale, model, state = parts(of(replace(uncalibrated(), proposal=None)))

    assert (name, scale, model) == ("scan 2.dcm", "no calibration", "no model’s proposal")
    assert state


def test_that_what_runs_stands_in_the_models_place():
    assert "Looking for the head …" in parts(of(proposed(), "Looking for the head …"))
    assert "head-unet" not in of(proposed(), "Looking for the head …").text


def test_that_without_an_image_what_runs_stands_alone():
    assert StatusContent().text == "No image open"
    assert StatusContent("Opening a.png …").text == "Opening a.png …"


def test_that_hidden_neither_file_nor_position_nor_source_is_named():
    twin = replace(accepted(), fetus=Fetus("A", "left of Miller"))

    text = of(twin).deidentified.text

    assert "file name hidden" in text
    assert "Fetus A" in text
    assert not any(word in text for word in ("scan 2", "Miller", "region"))
    assert StatusContent().deidentified == StatusContent()


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (None, "Log ready"),
        (FhcError("The log is damaged.", "Restore it."), "▲ NOT LOGGING: The log is damaged."),
    ],
)
def test_that_its_end_says_whether_anything_is_logged(qtbot, problem, said):
    line = StatusLine(problem)
    qtbot.addWidget(line)

    assert line.log_text == said


def test_that_what_is_accepted_and_not_logged_is_counted_until_it_is_logged(qtbot):
    line = StatusLine(None)
    qtbot.addWidget(line)

    line.show_content(StatusContent(not_logged=2))
    assert line.log_text == "▲ 2 accepted, NOT LOGGED"
    line.show_content(StatusContent())
    assert line.log_text == "Log ready"


def test_that_a_log_that_came_back_is_ready(qtbot):
    line = StatusLine(FhcError("The log is damaged.", "Restore it."))
    qtbot.addWidget(line)
    line.show_content(StatusContent(not_logged=1))
    assert line.log_text == "▲ 1 accepted, NOT LOGGED   ·   NOT LOGGING: The log is damaged."

    line.show_log_ready()
    line.show_content(StatusContent())

    assert line.log_text == "Log ready"
