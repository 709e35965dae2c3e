import numpy as np
import pytest

from model_training.negatives import FITTED, TESTED, drawn_negatives, other_anatomy
from tests.heads import small_phantom

SCANS = [small_phantom(seed=5).gray]


def test_that_what_teaches_never_tests():
    assert not set(FITTED) & set(TESTED)


def test_that_each_family_draws_what_was_asked_for():
    drawn = list(drawn_negatives(FITTED + TESTED, 2, seed=1, scans=SCANS))

    assert len(drawn) == 2 * len(FITTED + TESTED)
    assert len({negative.name for negative in drawn}) == len(drawn)
    assert all(negative.image.gray.std() > 1 for negative in drawn)


def test_that_the_same_seed_draws_the_same_pictures():
    once, again = (list(drawn_negatives(TESTED, 1, seed=3, scans=SCANS)) for _ in range(2))

    assert all(
        np.array_equal(one.image.gray, other.image.gray)
        for one, other in zip(once, again, strict=True)
    )


def test_that_families_made_of_scans_wait_for_scans():
    families = {negative.family for negative in drawn_negatives(FITTED, 1, seed=1)}

    assert "shuffled scans" not in families
    assert "noise" in families


@pytest.mark.parametrize("frames", [1, 3])
def test_that_other_anatomy_comes_from_every_readable_file(shared, frames):
    found = list(other_anatomy(shared / "dicom" / "us", frames=frames))
    files = {negative.name.split("#")[0] for negative in found}

    assert len(files) >= 8
    assert all(sum(n.name.startswith(f"{file}#") for n in found) <= frames for file in files)
