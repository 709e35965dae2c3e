"""A second window on one log is told, and a share of the network under it."""

import pytest

from fhc_desktop.gui.examination.log_surroundings import LogSurroundings, Seen

pytestmark = pytest.mark.gui


def test_that_the_second_window_is_told_for_as_long_as_there_is_a_first(tmp_path):
    first, second = LogSurroundings(tmp_path), LogSurroundings(tmp_path)

    assert not first.look().is_shared
    assert second.look().is_shared
    assert not first.look().is_shared
    first.leave()
    assert not second.look().is_shared
    second.leave()
    assert list(tmp_path.iterdir()) == []


def test_that_where_no_mark_can_be_left_nobody_is_said_to_be_there(tmp_path):
    assert not LogSurroundings(tmp_path / "not there").look().is_shared


def test_that_a_share_is_a_warning_and_a_window_is_none():
    shared, on_share = Seen(is_shared=True), Seen(share="cifs")

    assert shared.warning is None
    assert "Another window" in shared.remark
    assert "network share (cifs)" in on_share.warning.problem
    assert "disk of this computer" in on_share.warning.remedy
    assert Seen().remark == on_share.remark == ""


def test_that_the_status_line_says_it(start):
    first, second = start(), start()

    assert first.status_line.log_text == "Log ready"
    said = second.status_line.log_text
    assert said == "Log ready   ·   Another window of this program is open on it"
