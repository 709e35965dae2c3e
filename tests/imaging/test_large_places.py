"""A folder of any size is gone through one by one; what somebody scrolls through has an end."""

import pytest

from fhc_desktop.domain.catalogue import Unlisted
from fhc_desktop.imaging.catalogue import images_in, list_images
from fhc_desktop.imaging.files.places import MOST_FILES
from tests.heads import small_phantom, write_png
from tests.reading import READERS


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A folder whose only image comes after as many files as a list may have."""
    folder = tmp_path_factory.mktemp("large")
    for number in range(MOST_FILES):
        (folder / f"{number}").touch()
    write_png(small_phantom(), folder / "last.png")
    return folder


def test_that_a_list_ends_somewhere_and_says_so(large):
    (said,) = list_images(large, sandbox=READERS.catalogues)

    assert isinstance(said, Unlisted)
    assert said.problem == f"{large.name} holds more than 10,000 files: the others are not listed."


def test_that_a_batch_comes_to_the_last_file_of_a_folder(large):
    (image,) = images_in(large, sandbox=READERS.catalogues)

    assert image.path == large / "last.png"


def test_that_the_first_image_comes_before_the_others_are_looked_at(large):
    write_png(small_phantom(), large.parent / "first.png")
    (large / "0").unlink()
    (large.parent / "first.png").rename(large / "0")

    first = next(images_in(large, sandbox=READERS.catalogues))

    assert first.path == large / "0"
