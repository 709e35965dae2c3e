"""What a display makes of grey levels: in order, from end to end, and back again."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.image.display import (
    FULL_RANGE,
    Display,
    GreyWindow,
    Preset,
    next_preset,
    presets_of,
)

LEVELS = np.arange(256)
windows = st.builds(GreyWindow, st.floats(-300, 500), st.floats(1, 1000))
displays = st.builds(Display, windows, st.floats(0.3, 3.0), st.booleans())
plain = displays.map(lambda display: replace(display, is_inverted=False))


def test_that_as_it_comes_every_level_is_shown_as_it_is():
    assert (Display().table() == LEVELS).all()
    assert Display().text == ""
    assert not Display().changes_greys


@given(plain)
def test_that_what_is_brighter_is_never_shown_darker(display):
    table = display.table().astype(int)

    assert table.shape == (256,)
    assert (np.diff(table) >= 0).all()


@given(plain)
def test_that_a_window_ends_in_black_and_white(display):
    table, window = display.table(), display.window

    assert (table[window.lowest >= LEVELS] == 0).all()
    assert (table[(window.highest <= LEVELS) & (window.lowest < LEVELS)] == 255).all()


@given(displays)
def test_that_inverting_turns_every_level_round_and_inverting_twice_none(display):
    assert (display.inverted.table() == 255 - display.table()).all()
    assert display.inverted.inverted == display


@given(windows, st.floats(0.3, 3.0), st.floats(0.3, 3.0))
def test_that_a_higher_gamma_darkens_nothing(window, one, other):
    darker, lighter = (Display(window, gamma).table().astype(int) for gamma in sorted((one, other)))

    assert (darker <= lighter).all()


@given(st.integers(0, 254), st.integers(1, 255))
def test_that_a_window_is_what_dicom_says_of_level_and_width(lowest, steps):
    # PS3.3 C.11.2.1.2.1: y = ((x - (c - 0.5)) / (w - 1) + 0.5) * (y_max - y_min) + y_min
    window = GreyWindow.between(lowest, lowest + steps)
    shares = (LEVELS - (window.level - 0.5)) / (window.width - 1) + 0.5
    expected = np.clip(shares, 0, 1) * 255

    assert Display(window).table() == pytest.approx(expected, abs=0.5 + 1e-9)
    assert (window.lowest, window.highest) == pytest.approx((lowest, lowest + steps))


def test_that_a_window_of_one_level_parts_black_from_white():
    table = Display(GreyWindow(100.5, 1)).table()

    assert (table[:101] == 0).all()
    assert (table[101:] == 255).all()


@given(windows, st.floats(-9e3, 9e3), st.floats(-9e3, 9e3))
def test_that_a_window_can_be_moved_as_far_as_any_hand_goes(window, levels, wider):
    moved = window.moved(levels=levels, wider=wider)

    assert Display(moved).table().shape == (256,)


@given(st.integers(-40, 40))
def test_that_steps_of_gamma_end_where_the_eye_sees_nothing_more_and_lead_back(steps):
    display = Display().with_gamma_by(steps)

    assert 0.3 <= display.gamma <= 3.0
    if -8 < steps < 21:
        assert display.with_gamma_by(-steps) == Display()


@pytest.mark.parametrize("numbers", [(128, 0), (128, float("nan")), (float("inf"), 1), (1e9, 9)])
def test_that_a_window_of_nothing_is_refused(numbers):
    with pytest.raises(ValueError, match="no window"):
        GreyWindow(*numbers)


def test_that_a_gamma_nobody_sees_by_is_refused():
    with pytest.raises(ValueError, match="no gamma"):
        Display(gamma=0.0)


def test_that_a_display_is_told_in_words():
    display = Display(GreyWindow(90, 120), 1.2, is_inverted=True, is_smooth=False)

    assert display.text == "level 90, width 120, gamma 1.2, inverted, pixel by pixel"
    assert display.grey_text == "level 90, width 120, gamma 1.2, inverted"
    assert Display(is_smooth=True).text == "smoothed"
    assert not Display(is_smooth=True).changes_greys


def test_that_every_preset_comes_in_turn_either_way():
    presets = presets_of((Preset("Bone", GreyWindow(40, 9), 1),))
    window, seen = GreyWindow(), []
    for _ in presets:
        window = next_preset(presets, window, 1).window
        seen.append(window)

    assert {preset.window for preset in presets} == set(seen)
    assert next_preset(presets, presets[0].window, -1) == presets[-1]
    assert next_preset(presets, GreyWindow(7, 7), 1) == FULL_RANGE


def test_that_a_files_word_for_a_window_can_be_left_out():
    assert Preset("Anna’s", GreyWindow(), 2).nameless.name == "Window 2 of the file"
    assert FULL_RANGE.nameless == FULL_RANGE
