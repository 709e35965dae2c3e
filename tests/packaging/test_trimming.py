"""What is taken out of the frozen program again, and what must stay."""

import json
from pathlib import Path

import pytest

from tests.packaging.built import trimming

QT = "PySide6/Qt/lib/libQt6{}.so.6"
SEGMENTS = """
Program Headers:
  Type           Offset   VirtAddr           PhysAddr           FileSiz  MemSiz   Flg Align
  LOAD           0x000000 0x0000000000000000 0x0000000000000000 0x0022b8 0x0022b8 R   0x1000
  LOAD           {offset} 0x0000000000403000 0x0000000000403000 0x000545 0x000545 R E 0x1000
  DYNAMIC        0x002de8 0x0000000000003de8 0x0000000000003de8 0x0001f0 0x0001f0 RW  0x8
"""


def entries(*names):
    return [(name, f"/wheel/{name}", "BINARY") for name in names]


def test_that_plugins_for_what_is_never_met_are_left_out_and_those_of_a_desktop_stay():
    plugins = "PySide6/Qt/plugins"
    stay = entries(f"{plugins}/platforms/libqxcb.so", f"{plugins}/platforms/libqoffscreen.so")
    go = entries(f"{plugins}/platforms/libqvnc.so", f"{plugins}/imageformats/libqtiff.so")

    assert trimming.wanted([*stay, *go]) == stay


def test_that_printing_is_the_systems_own():
    stay = entries("PySide6/Qt/plugins/printsupport/libcupsprintersupport.so", "libzstd.so.1")

    assert trimming.wanted([*stay, *entries("libcups.so.2", "libkrb5.so.3")]) == stay


def test_that_nothing_tells_in_which_folder_it_was_built():
    stay = entries("tqdm-4.70.1.dist-info/METADATA", "pylibjpeg-2.1.0.dist-info/entry_points.txt")

    assert trimming.wanted([*stay, *entries("tqdm-4.70.1.dist-info/RECORD")]) == stay


def test_that_the_message_bus_is_the_systems_own():
    stay = entries("PySide6/Qt/lib/libQt6DBus.so.6", "libcapstone.so.4")

    assert trimming.wanted([*stay, *entries("libdbus-1.so.3", "libsystemd.so.0")]) == stay


def test_that_no_process_is_told_of_qt_before_it_asks():
    stay = entries("pyi_rth_inspect", "frozen_main")

    assert trimming.without_hooks([*entries("pyi_rth_pyside6"), *stay]) == stay


def test_that_a_large_table_says_the_same_in_less_room_and_a_small_one_is_left_alone(tmp_path):
    told = {"ä": [{"keyword": f"Number{number}", "path": []} for number in range(3000)]}
    large, small = tmp_path / "large.json", tmp_path / "small.json"
    large.write_text(json.dumps(told, indent=2))
    small.write_text(json.dumps(["a"], indent=2))
    given = [(f"lib/{path.name}", str(path), "DATA") for path in (large, small)]

    packed, kept = trimming.with_packed_json(given, tmp_path / "packed")

    assert kept == given[1]
    assert packed[0] == "lib/large.json"
    copy = Path(packed[1])
    assert json.loads(copy.read_text()) == told
    assert copy.stat().st_size < 0.7 * large.stat().st_size


def test_that_windows_paths_are_known_too():
    assert trimming.wanted([("PySide6\\plugins\\tls\\qopenssl.dll", "x", "BINARY")]) == []


def test_that_a_library_goes_with_the_last_that_asked_for_it():
    kept = entries("PySide6/QtGui.abi3.so", QT.format("Gui"), "libxcb.so.1")
    needs = {"/wheel/PySide6/QtGui.abi3.so": ["libQt6Gui.so.6", "libxcb.so.1"]}

    found = trimming.without_orphans(
        [*kept, *entries(QT.format("Network"), "libkrb5.so.3")], lambda path: needs.get(path, [])
    )

    assert found == kept


@pytest.mark.parametrize(
    "name",
    ["libpython3.11.so.1.0", "numpy.libs/libscipy_openblas64_-32a4b2a6.so", "resources/a.csv"],
)
def test_that_what_is_opened_by_its_name_is_no_orphan(name):
    assert trimming.without_orphans(entries(name), lambda _: []) == entries(name)


def test_that_a_link_goes_with_what_it_leads_to():
    there = ("libQt6Gui.so.6", QT.format("Gui"), trimming.LINK)
    gone = ("libQt6Network.so.6", QT.format("Network"), trimming.LINK)
    kept = entries(QT.format("Gui"))

    found = trimming.without_dangling([*kept, there, gone], [QT.format("Gui")])

    assert found == [*kept, there]


@pytest.mark.parametrize(("offset", "fits"), [("0x003000", True), ("0x003010", False)])
def test_that_a_library_whose_parts_do_not_fit_a_page_is_noticed(offset, fits):
    assert trimming.is_loadable(SEGMENTS.format(offset=offset)) is fits
