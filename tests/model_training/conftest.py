"""What the tests of training may ask for."""

import pytest

from model_training.hc18 import IMAGE_FOLDER, PIXEL_SIZE_TABLE

SAMPLE_STEP = 20


@pytest.fixture(scope="session")
def some_of_hc18(shared, tmp_path_factory):
    """Every twentieth image of the challenge in its own layout; reading all takes a while."""
    whole, folder = shared / "hc18", tmp_path_factory.mktemp("hc18")
    (folder / IMAGE_FOLDER).symlink_to(whole / IMAGE_FOLDER, target_is_directory=True)
    header, *rows = (whole / PIXEL_SIZE_TABLE).read_text().splitlines()
    (folder / PIXEL_SIZE_TABLE).write_text("\n".join([header, *rows[::SAMPLE_STEP]]))
    return folder
