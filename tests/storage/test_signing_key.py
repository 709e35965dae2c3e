"""Each data folder has one key for its reports, made once and kept from everybody else."""

import stat
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from fhc_desktop.storage.signing_key import NoSigningKey, known_signer, signing_key


def public(key):
    return key.public_key().public_bytes_raw().hex()


def test_that_the_key_is_made_once_and_is_its_owners_alone(tmp_path):
    first = signing_key(tmp_path / "data")

    assert public(signing_key(tmp_path / "data")) == public(first)
    assert known_signer(tmp_path / "data") == public(first)
    (file,) = (tmp_path / "data").iterdir()
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_that_two_folders_have_two_keys(tmp_path):
    assert public(signing_key(tmp_path / "a")) != public(signing_key(tmp_path / "b"))


def test_that_whoever_asks_at_once_gets_one_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(signing_key, [tmp_path] * 32))

    assert len({public(key) for key in keys}) == 1


def test_that_asking_who_signs_makes_no_key(tmp_path):
    assert known_signer(tmp_path) == ""
    assert list(tmp_path.iterdir()) == []


def test_that_a_damaged_key_is_told_and_never_replaced(tmp_path):
    signing_key(tmp_path)
    (tmp_path / "reports.key").write_text("half a k")

    with pytest.raises(NoSigningKey, match="it is damaged"):
        signing_key(tmp_path)
    assert known_signer(tmp_path) == ""
    assert (tmp_path / "reports.key").read_text() == "half a k"


def test_that_a_folder_that_cannot_be_used_is_told(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(NoSigningKey, match="The report is not signed"):
        signing_key(tmp_path / "file" / "data")
