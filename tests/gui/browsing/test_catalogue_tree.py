"""The tree shows every image once under its patient, and only what is in sight is decoded."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap

from fhc_desktop.domain.catalogue import Catalogue, ImageHeader, Unlisted, catalogued
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.browsing.catalogue_tree import CatalogueTree

pytestmark = pytest.mark.gui
DISC = Path("/disc")


def header(number, **more):
    facts = {
        "patient_id": "4711",
        "patient_name": "Zoë Müller",
        "study_uid": "1",
        "study_date": date(2026, 5, 30),
        "series_uid": "1.1",
        "series_number": 1,
        "instance_number": number,
    }
    return ImageHeader(DISC / f"IM{number}", **(facts | more))


@pytest.fixture
def shown(qtbot):
    def show(images, unlisted=()):
        tree = CatalogueTree()
        qtbot.addWidget(tree)
        tree.resize(600, 400)
        tree.show_catalogue(Catalogue(DISC, catalogued(images), tuple(unlisted)))
        tree.show()
        return tree

    return show


def rows(tree):
    """Each row's name with how deep it lies, from the top down."""
    found, item = [], tree.topLevelItem(0)
    while item is not None:
        depth, above = 0, item.parent()
        while above is not None:
            depth, above = depth + 1, above.parent()
        found.append((depth, item.text(0)))
        item = tree.itemBelow(item)
    return found


def item_of(tree, name):
    (item,) = tree.findItems(name, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    return item


def test_that_images_lie_below_series_study_and_patient(shown):
    assert rows(shown([header(1), header(2)])) == [
        (0, "Zoë Müller"),
        (1, "2026-05-30"),
        (2, "series 1"),
        (3, "Image 1"),
        (3, "Image 2"),
    ]


def test_that_a_folder_without_headers_has_no_study_between(shown):
    assert rows(shown([ImageHeader(DISC / "head.png")])) == [
        (0, "No patient named"),
        (1, "disc"),
        (2, "head.png"),
    ]


def test_that_the_first_image_is_the_current_one_and_another_can_be_marked(shown):
    tree = shown([header(1), header(2)])
    assert tree.currentItem().text(0) == "Image 1"

    tree.mark(DISC / "IM2")

    assert tree.currentItem().text(0) == "Image 2"


def test_that_enter_asks_for_an_image_and_for_nothing_else(qtbot, shown):
    tree = shown([header(1)])
    with qtbot.waitSignal(tree.image_wanted) as wanted:
        qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert wanted.args == [DISC / "IM1"]

    tree.setCurrentItem(tree.topLevelItem(0))
    with qtbot.assertNotEmitted(tree.image_wanted):
        qtbot.keyClick(tree, Qt.Key.Key_Return)


def test_that_only_images_in_sight_are_asked_for(qtbot, shown):
    tree = shown([header(number) for number in range(1, 60)])
    with qtbot.waitSignal(tree.sighted) as seen:
        tree.verticalScrollBar().setValue(tree.verticalScrollBar().maximum())

    (paths,) = seen.args
    assert DISC / "IM59" in paths
    assert DISC / "IM1" not in paths


def test_that_a_thumbnail_comes_to_its_image_and_a_reason_where_there_is_none(shown):
    tree = shown([header(1), header(2)])
    red = QPixmap(40, 60)
    red.fill(QColor("red"))

    tree.show_thumbnail(DISC / "IM1", red)
    tree.show_thumbnail(DISC / "IM2", FhcError("IM2 is damaged.", "Copy it again."))

    picture = item_of(tree, "Image 1").icon(0).pixmap(tree.iconSize()).toImage()
    assert picture.pixelColor(picture.width() // 2, picture.height() // 2) == QColor("red")
    assert picture.pixelColor(2, 2) != QColor("red")
    broken = item_of(tree, "Image 2")
    assert "IM2 is damaged." in broken.text(1)
    assert "Copy it again." in broken.toolTip(1)


def test_that_what_could_not_be_opened_stands_last_with_its_remedy(shown):
    tree = shown([header(1)], [Unlisted(DISC / "x", "x is damaged.", "Copy it again.")])

    assert rows(tree)[-2:] == [(0, "Not opened"), (1, "✕ x is damaged. Copy it again.")]


def test_that_a_large_place_is_not_unfolded_to_the_last_image(shown):
    series = [
        header(number, series_uid=f"1.{number % 3}", series_number=number % 3)
        for number in range(201)
    ]

    found = rows(shown(series))

    assert [name for depth, name in found if depth == 2] == ["series 0", "series 1", "series 2"]
    assert len([name for depth, name in found if depth == 3]) == 67, "the first series alone"
