"""Commands are tried without the data folder of whoever runs the tests."""

import pytest

from fhc_desktop.storage.preferences import folders


@pytest.fixture(autouse=True)
def data_of_nobody(monkeypatch, tmp_path_factory):
    """Where no folder is named, the key that signs a report lies in one of its own."""
    monkeypatch.setattr(
        folders.platformdirs,
        "user_data_path",
        lambda *_, **__: tmp_path_factory.getbasetemp() / "data of nobody",
    )
