"""The table of what can be done has no two things under one name, one key or one letter."""

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence

from fhc_desktop.gui.window.actions import ACTIONS, MENUS
from fhc_desktop.resources import resource


def twice(things):
    return [thing for thing, count in Counter(things).items() if count > 1]


def test_that_every_action_has_a_name_of_its_own():
    assert twice(spec.name for spec in ACTIONS) == []


def test_that_every_key_means_one_thing_and_can_be_pressed():
    keys = [QKeySequence(key) for spec in ACTIONS for key in spec.keys]

    assert twice(key.toString() for key in keys) == []
    assert all(key.toString() for key in keys)


@pytest.mark.parametrize("title", MENUS)
def test_that_within_a_menu_no_letter_is_underlined_twice(title):
    texts = [spec.text for spec in MENUS[title] if "&" in spec.text]

    assert twice(text[text.index("&") + 1].lower() for text in texts) == []


def test_that_the_menus_have_letters_of_their_own():
    assert twice(title[title.index("&") + 1].lower() for title in MENUS) == []


def test_that_every_icon_that_is_named_is_there():
    for spec in ACTIONS:
        assert not spec.icon or resource(f"icons/{spec.icon}.svg").is_file(), spec.name
