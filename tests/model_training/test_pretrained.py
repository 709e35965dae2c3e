import pytest
import torch
from torch import nn

from fhc_desktop.resources import resource
from fhc_desktop.segmentation.networks.pytorch.encoders import LiteEncoder
from model_training import pretrained
from model_training.pretrained import load_pretrained
from tests.reading import load_image


def normalised_scan():
    gray = load_image(resource("demo/demo_head.png")).image.gray[:512, :768]
    picture = torch.from_numpy(gray.copy()).float()
    return ((picture - picture.mean()) / picture.std())[None, None]


@torch.inference_mode()
def first_spread(encoder):
    """Return the spread of what the stem's normalisation lets out, 1 where it expects its input."""
    stem = encoder.eval().stem
    scaled = stem[1](stem[0](normalised_scan()))
    return ((scaled - stem[1].bias[:, None, None]) / stem[1].weight[:, None, None]).std()


def test_that_every_layer_of_the_encoder_takes_its_own_weights():
    encoder = LiteEncoder()
    blank = [weights.clone() for weights in encoder.parameters()]
    load_pretrained(encoder)

    assert all(not torch.equal(a, b) for a, b in zip(blank, encoder.parameters(), strict=True))
    for part in encoder.modules():
        if isinstance(part, nn.BatchNorm2d):
            assert (part.running_var >= 0).all()


def test_that_the_normalisation_fits_what_the_grey_stem_gives():
    encoder = LiteEncoder()
    load_pretrained(encoder)

    # Mixed-up tensors are off by orders of magnitude.
    assert 0.2 < first_spread(encoder) < 5


def test_that_an_altered_file_is_refused(monkeypatch):
    monkeypatch.setattr(pretrained, "SHA256", "0" * 64)
    with pytest.raises(ValueError, match="not the file"):
        load_pretrained(LiteEncoder())
