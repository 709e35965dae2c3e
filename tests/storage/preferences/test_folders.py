from pathlib import Path

from fhc_desktop.storage.preferences.folders import default_folders


def test_that_a_named_folder_holds_both_log_and_settings(tmp_path):
    folders = default_folders(tmp_path)

    assert folders.data == folders.config == tmp_path
    assert folders.settings_file == tmp_path / "settings.json"


def test_that_a_named_folder_does_not_move_with_the_working_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))

    assert default_folders(Path("data")).data == tmp_path / "data"
    assert default_folders(Path("~/data")).data == tmp_path / "home" / "data"


def test_that_the_system_says_where_a_users_things_belong(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)

    folders = default_folders()

    assert "fhc-desktop" in folders.data.parts
    assert "fhc-desktop" in folders.config.parts
    assert not folders.data.exists()
    assert list(tmp_path.iterdir()) == []
