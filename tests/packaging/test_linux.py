"""What the Debian package asks of a system, and what it says of itself."""

from datetime import UTC, datetime

import pytest

from tests.packaging.built import linux

TOLD = """
fhc-desktop/_internal/libQt6Gui.so.6:     file format elf64-x86-64

Dynamic Section:
  NEEDED               libEGL.so.1
  NEEDED               libQt6Core.so.6
  NEEDED               libssl-81259c47.so.1.1.1k
  NEEDED               libm.so.6
  NEEDED               ld-linux-x86-64.so.2
  SONAME               libQt6Gui.so.6

Version References:
  required from libc.so.6:
    0x09691974 0x00 06 GLIBC_2.3.4
    0x069691b4 0x00 05 GLIBC_2.34
    0x0d696919 0x00 04 GLIBC_2.9
"""
HELD = ("libQt6Core.so.6", "libssl-81259c47.so.1.1.1k")


def test_that_only_what_the_bundle_does_not_hold_is_asked_of_the_system():
    assert linux.outside([TOLD], HELD).libraries == {"libEGL.so.1"}


def test_that_the_newest_glibc_that_is_asked_for_counts_as_a_number():
    assert linux.outside([TOLD], HELD).glibc == (2, 34)


def test_that_libraries_are_named_by_the_packages_that_bring_them():
    needed = linux.depends(linux.outside([TOLD], HELD))

    assert needed.split(", ")[0] == "libc6 (>= 2.34)"
    assert "libegl1" in needed
    assert "fonts-dejavu-core" in needed


def test_that_a_library_of_which_no_package_is_known_fails_the_build_by_its_name():
    with pytest.raises(linux.UnknownLibrary, match=r"libssl-81259c47\.so\.1\.1\.1k"):
        linux.depends(linux.outside([TOLD], HELD[:1]))


def test_that_the_package_says_its_version_its_needs_and_its_purpose():
    said = linux.control("1.2.3", architecture="amd64", installed_kb=7, needed="libc6, libegl1")

    assert "Version: 1.2.3\n" in said
    assert "Depends: libc6, libegl1\n" in said
    assert "Installed-Size: 7\n" in said
    assert "not a medical device" in said
    assert "\n\n" not in said


def test_that_the_packages_changelog_bears_the_time_of_the_source():
    said = linux.changelog("1.2.3", datetime(2026, 5, 1, 8, 30, tzinfo=UTC))

    assert said.startswith("fhc-desktop (1.2.3) ")
    assert said.endswith("Fri, 01 May 2026 08:30:00 +0000\n")
