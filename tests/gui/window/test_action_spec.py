from fhc_desktop.gui.window.action_spec import ActionSpec


def spec(**more):
    return ActionSpec("open", "&Open …", ("Ctrl+O", "O"), lambda _: None, lambda _: True, **more)


def test_that_the_tooltip_says_what_is_done_and_its_first_key():
    assert spec(hint="Open another image").tooltip == "Open another image  (Ctrl+O)"


def test_that_without_a_hint_the_words_of_the_menu_stand_there_as_they_are_read():
    assert spec().tooltip == "Open  (Ctrl+O)"


def test_that_without_a_key_none_is_named():
    keyless = ActionSpec("quit", "&Quit", (), lambda _: None, lambda _: True)

    assert keyless.tooltip == "Quit"
