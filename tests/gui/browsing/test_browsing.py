"""Folders, discs and archives are shown as a list, and each answer stays with its image."""

from contextlib import closing

import pytest
from PySide6.QtCore import Qt

from fhc_desktop.storage.log.measurement_log import MeasurementLog
from tests.gui.hand import PATIENCE_MS, choose_path, do, drop_files, has_proposal, proposal_awaited
from tests.heads import write_dicom, write_png
from tests.imaging.archives import picture, zipped


@pytest.fixture
def folder(tmp_path, phantom):
    place = tmp_path / "scans"
    place.mkdir()
    for name in ("1.png", "2.png", "10.png"):
        write_png(phantom, place / name)
    (place / "3.png").write_bytes(b"no picture")
    return place


@pytest.fixture
def browse(qtbot, window):
    def open_place(path):
        with qtbot.waitSignal(window.browsing.listed, timeout=PATIENCE_MS):
            window.open(path)

    return open_place


def names(window):
    tree, found = window.browsing.tree, []
    item = tree.topLevelItem(0)
    while item is not None:
        found.append(item.text(0))
        item = tree.itemBelow(item)
    return found


def image_item(window, name):
    (item,) = window.browsing.tree.findItems(
        name, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
    )
    return item


def choose(qtbot, window, name):
    tree = window.browsing.tree
    tree.setCurrentItem(image_item(window, name))
    with proposal_awaited(qtbot, window):
        qtbot.keyClick(tree, Qt.Key.Key_Return)


def test_that_a_dropped_folder_is_listed_with_what_is_broken(qtbot, window, folder):
    with qtbot.waitSignal(window.browsing.listed, timeout=PATIENCE_MS):
        assert drop_files(window, [folder])

    assert window.stage.currentWidget() is window.browsing.page
    assert window.browsing.title == "scans  ·  3 images  ·  1 file not opened"
    assert names(window)[:5] == ["No patient named", "scans", "1.png", "2.png", "10.png"]
    assert "3.png is not an image" in names(window)[-1]


def test_that_an_archive_is_listed_and_its_image_opens_by_enter(qtbot, window, browse, tmp_path):
    browse(zipped(tmp_path / "a.zip", [("x/1.png", picture(side=200)), ("x/2.png", picture())]))

    choose(qtbot, window, "1.png")

    assert window.controller.exam.image.source.path.name == "1.png"
    assert window.stage.currentWidget() is window.image_view


def test_that_the_folder_dialog_opens_a_list(qtbot, window, folder):
    choose_path(folder)

    with qtbot.waitSignal(window.browsing.listed, timeout=PATIENCE_MS):
        do(window, "open_folder")

    assert "2.png" in names(window)


def test_that_a_double_click_opens_an_image(qtbot, window, browse, folder):
    browse(folder)
    tree = window.browsing.tree
    item = image_item(window, "2.png")
    tree.scrollToItem(item)
    place = tree.visualItemRect(item).center()

    with proposal_awaited(qtbot, window):
        qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert window.controller.exam.image.source.path.name == "2.png"


def test_that_the_next_image_follows_the_list_and_ends_with_it(qtbot, window, browse, folder):
    browse(folder)
    choose(qtbot, window, "2.png")

    with proposal_awaited(qtbot, window):
        do(window, "next_image")

    assert window.controller.exam.image.source.path.name == "10.png"
    assert not window.actions_by_name["next_image"].isEnabled()
    assert window.actions_by_name["previous_image"].isEnabled()


def test_that_beside_the_list_nothing_can_be_accepted_and_nobody_is_named(
    qtbot, window, browse, folder, tmp_path, phantom
):
    write_dicom(phantom, folder / "IM1.dcm")
    browse(folder)
    choose(qtbot, window, "Image 1" if "Image 1" in names(window) else "IM1.dcm")
    assert window.top_row.banner_text

    do(window, "browser")
    qtbot.keyClick(window.browsing.tree, Qt.Key.Key_Up)

    assert window.browsing.is_shown
    assert window.top_row.banner_text == ""
    assert not window.actions_by_name["accept"].isEnabled()
    assert not window.controller.exam.is_accepted

    do(window, "browser")

    assert window.stage.currentWidget() is window.image_view
    assert window.top_row.banner_text


def test_that_an_image_that_breaks_leads_back_to_the_list_with_a_sentence(
    qtbot, window, browse, folder
):
    browse(folder)
    (folder / "2.png").unlink()

    window.browsing.tree.setCurrentItem(image_item(window, "2.png"))
    with qtbot.waitSignal(window.controller.failed, timeout=PATIENCE_MS):
        qtbot.keyClick(window.browsing.tree, Qt.Key.Key_Return)

    assert window.browsing.is_shown
    assert "2.png is not there" in window.message_bar.text


def test_that_a_folder_without_images_is_told(qtbot, window, tmp_path):
    (tmp_path / "empty").mkdir()

    with qtbot.waitSignal(window.browsing.failed, timeout=PATIENCE_MS):
        window.open(tmp_path / "empty")

    assert "no images in empty" in window.message_bar.text
    assert window.stage.currentWidget() is window.start_page


def test_that_only_the_place_asked_for_last_is_shown(qtbot, window, folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "only.png").write_bytes(picture())

    with qtbot.waitSignal(window.browsing.listed, timeout=PATIENCE_MS) as listed:
        window.open(folder)
        window.open(other)

    assert listed.args == [other]
    assert names(window)[1:] == ["other", "only.png"]


def test_that_a_catalogue_that_comes_late_does_not_hide_the_image(
    qtbot, window, browse, folder, calibrated
):
    browse(folder)
    with qtbot.waitSignal(
        window.controller.changed, timeout=PATIENCE_MS, check_params_cb=has_proposal
    ):
        window.open(calibrated)

    assert window.stage.currentWidget() is window.image_view


def test_that_an_image_from_the_log_comes_before_the_list(qtbot, window, browse, folder, folders):
    browse(folder)
    choose(qtbot, window, "1.png")
    do(window, "accept")
    with closing(MeasurementLog.open(folders.data)) as log:
        (entry,) = log.entries()
    do(window, "browser")

    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.log_windows.open_again.emit(entry)

    assert window.stage.currentWidget() is window.image_view


def test_that_thumbnails_appear_and_a_broken_one_says_why(qtbot, window, browse, folder):
    whole = (folder / "10.png").read_bytes()
    (folder / "10.png").write_bytes(whole[: len(whole) // 2])

    browse(folder)

    tree = window.browsing.tree
    blank = image_item(window, "1.png").icon(0).cacheKey()
    qtbot.waitUntil(lambda: "damaged" in image_item(window, "10.png").text(1), timeout=PATIENCE_MS)
    picture_shown = image_item(window, "2.png").icon(0).pixmap(tree.iconSize()).toImage()
    assert image_item(window, "2.png").icon(0).cacheKey() != blank or picture_shown.allGray()
    assert picture_shown.pixelColor(40, 30).lightness() > 0
