"""What the program consists of is told with versions and licences, and nothing else is."""

import importlib.metadata

import pytest

from fhc_desktop import components
from fhc_desktop.components import (
    Component,
    as_json,
    as_notices,
    installed_components,
    normal,
    of_json,
)

ONE = Component("Drawn", "1.2", "MIT", "Permission is hereby granted — to all.")


@pytest.fixture(scope="module")
def found():
    return {
        normal(part.name): part
        for part in installed_components(["PySide6_Essentials", "pylibjpeg"])
    }


def test_that_a_library_is_told_with_what_it_rests_on(found):
    assert {"pyside6-essentials", "shiboken6", "pylibjpeg", "numpy", "python"} <= found.keys()
    assert found["numpy"].version == importlib.metadata.version("numpy")


def test_that_what_only_an_extra_asks_for_is_left_out(found):
    assert "pylibjpeg-libjpeg" not in found
    assert "pytest" not in found


def test_that_qt_comes_with_the_text_of_the_licence_that_its_package_lacks(found):
    assert "LGPL-3.0" in found["pyside6-essentials"].licence
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in found["pyside6-essentials"].text
    assert "GNU GENERAL PUBLIC LICENSE" in found["pyside6-essentials"].text


def test_that_every_part_has_a_licence_and_a_text(found):
    assert all(part.licence and part.text.strip() for part in found.values())


def test_that_the_program_itself_is_no_part_of_itself():
    assert "fhc-desktop" not in {normal(part.name) for part in components.components()}


def test_that_a_name_under_which_nothing_is_installed_is_passed_over():
    assert installed_components(["no-such-library-anywhere"]) == installed_components([])


def test_that_the_list_goes_into_a_file_and_comes_back():
    assert of_json(as_json([ONE])) == (ONE,)


def test_that_a_frozen_program_tells_the_list_it_was_built_with(tmp_path, monkeypatch):
    listed = tmp_path / "components.json"
    listed.write_text(as_json([ONE]), encoding="utf-8")
    monkeypatch.setattr(components, "resource", lambda _: listed)

    assert components.components() == (ONE,)


def test_that_the_notices_hold_each_text_under_its_name():
    assert "Drawn 1.2: MIT" in as_notices([ONE])
    assert ONE.text in as_notices([ONE])
