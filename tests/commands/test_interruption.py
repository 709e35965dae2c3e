"""Ctrl+C between and within values, sent to this very process."""

import signal

import pytest

from fhc_desktop.commands.interruption import Interruption


def press():
    signal.raise_signal(signal.SIGINT)


def test_that_a_value_being_written_is_finished_and_no_other_comes():
    written = []
    with Interruption() as interruption:
        for value in interruption.until(iter("abc")):
            if value == "b":
                press()
            written.append(value)

    assert written == ["a", "b"]
    assert interruption.has_cut


def test_that_waiting_for_a_value_ends_at_once():
    def slow():
        yield "a"
        press()
        yield "never"

    with Interruption() as interruption:
        assert list(interruption.until(slow())) == ["a"]
    assert interruption.has_cut


def test_that_the_second_one_ends_the_writing_too():
    with Interruption() as interruption:
        next(interruption.until(iter("abc")))
        press()
        with pytest.raises(KeyboardInterrupt):
            press()


def test_that_values_that_end_by_themselves_are_whole():
    with Interruption() as interruption:
        assert list(interruption.until(iter("abc"))) == ["a", "b", "c"]
    assert not interruption.has_cut
    with pytest.raises(KeyboardInterrupt):
        press()


def test_that_a_program_started_to_ignore_it_goes_on():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Interruption() as interruption:
            press()
            assert list(interruption.until(iter("abc"))) == ["a", "b", "c"]
    finally:
        signal.signal(signal.SIGINT, before)
    assert not interruption.has_cut
