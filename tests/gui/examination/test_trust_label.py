"""The window says how far each outline of the model can be trusted, and measures no refused one."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from fhc_desktop.domain.confidence import Confidence, Grade, IntervalRule
from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.outline_state import state_words
from fhc_desktop.domain.image.geometry import Handle
from fhc_desktop.gui.examination.trust_label import GRADE_STYLES
from fhc_desktop.gui.widgets import style
from fhc_desktop.reporting.content.numbers import MISSING
from tests.fakes import FakeSegmenter
from tests.gui.hand import (
    PATIENCE_MS,
    Drag,
    delete_outline_and_draw,
    do,
    drag_handle,
    in_view,
    open_and_wait,
    reopen_newest,
)

pytestmark = pytest.mark.gui
RULE = IntervalRule(0.9, (100.0, 300.0), (1.5, 1.0), 1.0, 0.01, 0.1, heads=161)
REASONS = ("skull visible on 48 % of the outline", "the views of the picture differ by 1.2 %.")


def said(grade):
    return Confidence(grade, () if grade is Grade.GOOD else REASONS, expected_error=0.01, rule=RULE)


@pytest.fixture
def shown(qtbot, start, phantom, calibrated):
    """Open a calibrated and dated phantom whose model has a confidence."""

    def show(confidence, outline_px=phantom.outline_px):
        made = start(segmenter=FakeSegmenter(outline_px, confidence=confidence))
        open_and_wait(qtbot, made, calibrated)
        made.controller.set_exam_date(date(2026, 5, 20))
        made.controller.set_dating(Dating.from_lmp(date(2026, 1, 1)))
        return made

    return show


def panel(window):
    return window.side_panel.measurement


def test_that_a_good_outline_shows_its_interval_grade_and_percentiles(shown):
    window = shown(said(Grade.GOOD))

    hc_mm = float(panel(window).hc_text.removesuffix(" mm"))
    coverage, _, ends = panel(window).interval_text.partition(": ")
    low, high = map(float, ends.removesuffix(" mm").split("–"))
    assert coverage == "90 %"
    assert low < hc_mm < high
    assert panel(window).grade_text == "◆ Good"
    assert "percentile, " in panel(window).place_text
    assert window.message_bar.text == ""


def test_that_look_again_says_why_beside_the_number(shown):
    window = shown(said(Grade.LOOK_AGAIN))

    assert panel(window).grade_text == (
        "▲ Look again Skull visible on 48 % of the outline; "
        "the views of the picture differ by 1.2 %"
    )
    assert panel(window).interval_text
    assert window.actions_by_name["accept"].isEnabled()


def test_that_each_grade_has_a_sign_and_a_colour_of_its_own():
    assert len({look.sign for look in GRADE_STYLES.values()}) == len(Grade)
    assert len({look.color for look in GRADE_STYLES.values()}) == len(Grade)
    assert style.ACCEPTED not in {look.color for look in GRADE_STYLES.values()}


def test_that_what_is_not_measurable_has_no_number_but_reasons_and_the_next_step(shown):
    window = shown(said(Grade.NOT_MEASURABLE))

    assert panel(window).hc_text == MISSING
    assert panel(window).interval_text == ""
    assert panel(window).grade_text.startswith("✕ Not measurable Skull visible on 48 %")
    assert state_words(window.controller.exam) == "No outline: not measurable"
    assert not window.actions_by_name["accept"].isEnabled()
    assert not window.actions_by_name["reset"].isEnabled()
    assert "Draw the outline by hand" in window.message_bar.text
    window.message_bar.step.click()
    view = window.image_view
    Drag(view, in_view(view, 40, 30)).to(in_view(view, 140, 110)).drop()
    assert window.controller.exam.outline_px is not None


def test_that_a_head_drawn_after_a_refusal_is_the_clinicians_own(shown, logged):
    window = shown(said(Grade.NOT_MEASURABLE))
    window.controller.set_outline(window.controller.exam.proposal.outline_px)

    assert panel(window).hc_text.endswith(" mm")
    assert panel(window).interval_text == ""
    assert panel(window).state_text.startswith("● Drawn by hand")
    assert panel(window).grade_text.startswith("The model graded its own proposal “not measurable”")
    assert not window.actions_by_name["reset"].isEnabled()
    do(window, "accept")
    (entry,) = logged()
    assert entry.proposal.said.confidence.grade is Grade.NOT_MEASURABLE
    do(window, "delete")
    assert panel(window).grade_text.startswith("✕ Not measurable")


def test_that_no_head_is_told_as_before_with_the_models_reasons(shown):
    no_head = Confidence(Grade.NOT_MEASURABLE, ("No head was found in this image.",))
    window = shown(no_head, None)

    assert window.message_bar.text == "The model found no head in this image."
    assert panel(window).grade_text == "✕ Not measurable No head was found in this image"


def test_that_an_edit_takes_the_interval_away_and_undo_brings_it_back(shown):
    window = shown(said(Grade.LOOK_AGAIN))
    before = (panel(window).interval_text, panel(window).grade_text, panel(window).place_text)

    drag_handle(window.image_view, Handle.A_END, 20, 0)

    assert panel(window).interval_text == ""
    assert panel(window).difference_text.startswith("◇ +")
    assert panel(window).difference_text.endswith("against the proposal")
    assert panel(window).grade_text.startswith("The model graded its own proposal “look again”: s")
    assert window.side_panel.remarks.texts[-1] == panel(window).grade_text
    assert "percentile, " not in panel(window).place_text
    do(window, "undo")
    assert panel(window).difference_text == ""
    assert before == (
        panel(window).interval_text,
        panel(window).grade_text,
        panel(window).place_text,
    )


def test_that_the_outline_under_the_hand_has_no_interval_already(shown):
    window = shown(said(Grade.GOOD))

    window.controller.preview_outline(window.controller.exam.outline_px.grown(2))

    assert panel(window).interval_text == ""
    window.controller.cancel_preview()
    assert panel(window).interval_text


def test_that_reset_brings_the_models_outline_and_its_interval_back(shown):
    window = shown(said(Grade.GOOD))
    before = panel(window).interval_text
    delete_outline_and_draw(window, (40, 30), (140, 110))
    assert panel(window).interval_text == ""

    do(window, "reset")

    assert panel(window).interval_text == before


def test_that_an_accepted_outline_comes_back_from_the_log_with_its_interval_and_grade(qtbot, shown):
    window = shown(said(Grade.LOOK_AGAIN))
    do(window, "accept")
    before = (panel(window).interval_text, panel(window).grade_text, panel(window).place_text)

    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        reopen_newest(qtbot, window)

    assert window.controller.exam.is_accepted
    assert before == (
        panel(window).interval_text,
        panel(window).grade_text,
        panel(window).place_text,
    )


def test_that_a_model_without_confidence_shows_neither_interval_nor_grade(shown):
    window = shown(None)

    assert panel(window).interval_text == panel(window).grade_text == ""


@pytest.mark.parametrize("grade", Grade)
def test_that_no_word_is_cut_off_in_the_side_panel(shown, grade):
    reasons = tuple(f"reason {number} in a good many words" for number in range(5))
    window = shown(Confidence(grade, reasons, expected_error=0.3, rule=RULE))
    window.scales.set_pixel_size(1.49, 1.49)  # as wide as numbers become

    QApplication.processEvents()  # a layout settles in the next turn of the event loop
    inside = panel(window).rect()
    for label in panel(window).findChildren(QLabel):
        if not label.isVisible():
            continue
        corner = label.mapTo(panel(window), label.rect().bottomRight())
        assert inside.contains(corner), label.text()
        needed = label.heightForWidth(label.width()) if label.wordWrap() else 0
        assert label.height() >= needed, label.text()
        if not label.wordWrap():
            assert label.width() >= label.minimumSizeHint().width(), label.text()
