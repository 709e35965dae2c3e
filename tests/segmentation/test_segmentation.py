import numpy as np

from fhc_desktop.segmentation.segmentation import Segmentation


def test_that_the_probability_is_the_mean_of_the_views():
    views = np.stack([np.full((4, 6), share, np.float32) for share in (0.2, 0.4, 0.9)])
    seen = Segmentation(views, np.zeros((4, 6), np.float32), placement=None)

    assert seen.probability.shape == (4, 6)
    np.testing.assert_allclose(seen.probability, 0.5, rtol=1e-6)
