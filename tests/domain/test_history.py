from fhc_desktop.domain.history import History


def test_that_undo_and_redo_walk_through_the_states():
    history = History(1).recorded(2).recorded(3)

    assert history.undone().present == 2
    assert history.undone().undone().redone().present == 2
    assert history.undone().redone() == history
    assert not history.undone().recorded(9).can_redo
    assert history.undone().undone().undone().present == 1


def test_that_there_is_no_way_back_from_the_first_nor_on_from_the_last():
    history = History(1)

    assert not history.can_undo
    assert not history.can_redo
    assert history.undone() == history.redone() == history


def test_that_a_replaced_present_keeps_its_past_and_its_future():
    history = History(1).recorded(2).recorded(3).undone().replaced(7)

    assert (history.past, history.present, history.future) == ((1,), 7, (3,))


def test_that_shortening_keeps_the_beginning_and_the_nearest_steps():
    history = History(0)
    for state in range(1, 9):
        history = history.recorded(state)
    history = history.undone().undone().undone()

    assert history.shortened(3) == History(5, (0, 3, 4), (6, 7, 8))
    assert history.shortened(2) == History(5, (0, 4), (6, 7))
    assert history.shortened(99) == history
