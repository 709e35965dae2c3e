"""The window finds a report of the study by itself, and the picture does not wait for it."""

from tests.gui.hand import open_and_wait
from tests.heads import small_phantom
from tests.structured_reports import one_head, write_image, write_report, write_study


def told(window):
    return [text for text in window.side_panel.remarks.texts if "Report’s" in text]


def test_that_a_report_beside_the_image_is_told_in_the_remarks(window, qtbot, tmp_path):
    image, _ = write_study(tmp_path)
    open_and_wait(qtbot, window, image)

    qtbot.waitUntil(lambda: len(told(window)) == 3)

    ours_mm = round(small_phantom().hc_mm, 1)
    assert f"Report’s HC 172.0 mm; ours +{ours_mm - 172:.1f} mm" in told(window)[0]


def test_that_no_report_is_told_beside_another_image(window, qtbot, tmp_path):
    image, _ = write_study(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    other = write_image(elsewhere / "IM2.dcm", small_phantom(seed=4))
    open_and_wait(qtbot, window, image)
    qtbot.waitUntil(lambda: len(told(window)) == 3)

    open_and_wait(qtbot, window, other)

    assert told(window) == []


def test_that_a_report_that_came_later_is_told_when_the_image_is_opened_again(
    window, qtbot, tmp_path
):
    image = write_image(tmp_path / "IM1.dcm")
    open_and_wait(qtbot, window, image)
    assert told(window) == []
    write_report(tmp_path / "SR1.dcm", one_head())

    open_and_wait(qtbot, window, image)

    qtbot.waitUntil(lambda: len(told(window)) == 3)
