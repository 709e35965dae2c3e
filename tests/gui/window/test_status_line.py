"""One line says file, scale, model and state, and whether anything is logged."""

from dataclasses import replace

import pytest

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.gui.examination.log_standing import LogStanding
from fhc_desktop.gui.window.status_line import StatusContent, StatusLine
from tests.reporting.examinations import accepted, proposed, uncalibrated

pytestmark = pytest.mark.gui
READY = LogStanding(is_open=True)
DAMAGED = FhcError("The log is damaged.", "Restore it.")
BUSY = FhcError("The log is in use.", "Wait.")
SHARED = FhcError("The log lies on a network share.", "Move it.")


def of(exam, activity=""):
    return StatusContent.of(exam, activity=activity, log=READY)


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
    ("log", "said"),
    [
        (LogStanding(), "Opening the log …"),
        (READY, "Log ready"),
        (LogStanding(problem=DAMAGED), "▲ NOT LOGGING: The log is damaged."),
        (replace(READY, not_logged=2), "▲ 2 accepted, NOT LOGGED"),
        (
            LogStanding(problem=DAMAGED, not_logged=1),
            "▲ 1 accepted, NOT LOGGED   ·   NOT LOGGING: The log is damaged.",
        ),
        (
            replace(READY, waiting=1, why=BUSY),
            "▲ 1 measurement waits to be logged: The log is in use.",
        ),
        (
            LogStanding(problem=DAMAGED, waiting=2, why=DAMAGED),
            "▲ 2 measurements wait to be logged   ·   NOT LOGGING: The log is damaged.",
        ),
        (replace(READY, why=BUSY), "▲ The log is in use."),
        (replace(READY, warning=SHARED), "▲ The log lies on a network share."),
        (replace(READY, remark="Two windows"), "Log ready   ·   Two windows"),
    ],
)
def test_that_its_end_says_whether_anything_is_logged_and_what_waits(qtbot, log, said):
    line = StatusLine()
    qtbot.addWidget(line)

    line.show_content(StatusContent(log=log))

    assert line.log_text == said


def test_that_what_is_to_be_done_is_said_once_for_each_of_them():
    log = LogStanding(problem=DAMAGED, waiting=1, why=DAMAGED, warning=SHARED)

    assert log.remedies == "Restore it.\nMove it."
    assert READY.remedies == ""


def test_that_hidden_the_reason_of_a_row_that_waits_is_not_said():
    named = FhcError("Miller.png waits to be logged: who is she?", "Open it.")
    content = StatusContent(log=replace(READY, waiting=1, why=named))

    for shown in (content, replace(content, file_name="Miller.png")):
        said = shown.deidentified.log
        assert said.words == "1 measurement waits to be logged"
        assert said.remedies == ""
