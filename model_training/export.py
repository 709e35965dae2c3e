"""The bundle of a run: what its header tells of the weights, and its scores."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from fhc_desktop.imaging.readers import Readers
from fhc_desktop.resources import resource
from fhc_desktop.segmentation.bundle import (
    LOOK_WITH_LEVELS,
    BundleHeader,
    InferenceSpec,
    Look,
    ModelBundle,
    Probe,
    Tensors,
    graph_name,
    load_bundle,
    save_bundle,
)
from fhc_desktop.segmentation.networks.pytorch.unet import UNet, UNetConfig
from fhc_desktop.segmentation.segmenter import Segmenter
from model_training.config import TrainConfig, config_table
from model_training.dataset import Split
from model_training.evaluate import score_heads, segmenter_of
from model_training.graph import network_graph
from model_training.samples import HeadSample, data_identity
from model_training.scores import summaries

LICENCE = (
    "Weights: MIT. Trained on HC18 (van den Heuvel et al. 2018, doi:10.5281/zenodo.1322001) and "
    "FETAL_PLANES_DB (Burgos-Artizzu et al. 2020, doi:10.1038/s41598-020-67076-5; outlines after "
    "Alzubaidi et al. 2023), both CC BY 4.0; encoder of the close-up from EfficientNet-Lite0 (Tan "
    "and Le 2019, Apache License 2.0). For research use only; not a medical device."
)
# Every installation has it, so every installation can repeat what the bundle's header says.
PROBE_IMAGE = "demo/demo_head.png"
DIGESTS = "SHA256SUMS"


def export(config: TrainConfig, network: nn.Module, split: Split) -> ModelBundle:
    """Write the bundle with the scores it has through the serving path on the held-out fold."""
    header, tensors = described(config, network, [head.sample for head in split.training])
    segmenter = segmenter_of(save_bundle(config.bundle, header, tensors), "cpu")
    scores: dict[str, object] = {}
    if split.held_out:
        scores = {"held_out_fold": config.hold_out, "folds": config.folds}
        scores |= summaries(score_heads(segmenter, split.held_out))
        (config.output / "scores.json").write_text(json.dumps(scores, indent=1) + "\n")
    return save_bundle(
        config.bundle, replace(header, scores=scores, probe=probed(segmenter)), tensors
    )


def described(
    config: TrainConfig, network: nn.Module, samples: Sequence[HeadSample]
) -> tuple[BundleHeader, Tensors]:
    """Return header and tensors of a run's bundle; a close-up's takes the survey's along."""
    look = Look(asdict(config.network), config.preprocessing)
    if config.survey is None:
        header = BundleHeader(
            name=config.name,
            version=config.version,
            survey=look,
            close_up=None,
            inference=InferenceSpec(),
            licence=LICENCE,
            data=_data(samples),
            training={"survey": config_table(config)},
        )
        return header, _tensors("survey", network)
    survey = load_bundle(config.survey)
    header = replace(
        survey.header,
        name=config.name,
        version=config.version,
        close_up=look,
        # Whatever the survey's bundle says of its proposals, these will be others.
        quality=None,
        data=_data(samples),
        training=survey.header.training | {"close_up": config_table(config)},
    )
    surveys = {name: t for name, t in survey.tensors.items() if name.startswith("survey.")}
    return header, surveys | _tensors("close_up", network)


def rewritten(source: Path, target: Path) -> ModelBundle:
    """Write a bundle of this format or the one before in this format, its weights bit for bit.

    The networks' graphs are made anew from the code that builds the networks.

    Raises:
        UnusableModel: the bundle cannot be read.
        ValueError: the code cannot build its networks.
        OSError: the file cannot be written.
    """
    bundle = with_graphs(load_bundle(source))
    return saved_in_place(target, bundle)


def with_graphs(bundle: ModelBundle) -> ModelBundle:
    """Return a bundle with its networks' graphs made anew, not yet on the disk.

    Raises:
        ValueError: the code cannot build its networks.
    """
    graphs = {
        graph_name(name): _graph(name, UNet(UNetConfig(**look.network)))
        for name, look in bundle.header.looks.items()
    }
    return replace(bundle, tensors=bundle.tensors | graphs, sha256="")


def saved_in_place(target: Path, bundle: ModelBundle) -> ModelBundle:
    """Write a bundle, and its digest where one stands beside the file."""
    made = save_bundle(target, bundle.header, bundle.tensors)
    if target.with_name(DIGESTS).exists():
        write_digest(target, made)
    return made


def with_scores(path: Path, scores: dict[str, Any]) -> ModelBundle:
    """Have a bundle's header say these scores too, all else as it is; written only if they are new.

    Raises:
        UnusableModel: the bundle cannot be read.
        OSError: it cannot be written.
    """
    bundle = load_bundle(path)
    header = replace(bundle.header, scores=bundle.header.scores | scores)
    if header == bundle.header:
        return bundle
    return saved_in_place(path, replace(bundle, header=header))


def write_digest(target: Path, made: ModelBundle) -> None:
    """Write the digest by which the program knows a bundle's file beside it."""
    target.with_name(DIGESTS).write_text(f"{made.sha256}  {target.name}\n", encoding="ascii")


def member_state(bundle: ModelBundle, look: str, member: int) -> dict[str, Tensor]:
    """Return the weights of one member of a look, by the network's own names."""
    weights = bundle.weights(look, member)
    return {name: torch.from_numpy(tensor) for name, tensor in weights.items()}


def ensemble(bundles: Sequence[ModelBundle], samples: Sequence[HeadSample]) -> ModelBundle:
    """Return one bundle whose looks have the bundles' networks as members, not yet on the disk.

    ``samples`` are all that any of them learned from. The members take turns in making the views.

    Raises:
        ValueError: the bundles do not look the same way.
    """
    first = bundles[0].header
    if any((b.header.survey, b.header.close_up) != (first.survey, first.close_up) for b in bundles):
        raise ValueError("only bundles that look the same way can be joined")
    tensors = {
        name.replace(".0.", f".{member}.", 1): _halved(tensor)
        for member, bundle in enumerate(bundles)
        for name, tensor in bundle.tensors.items()
    }
    count = len(bundles)
    header = replace(
        first,
        survey=replace(first.survey, members=count),
        close_up=None if first.close_up is None else replace(first.close_up, members=count),
        inference=replace(first.inference, views=max(count, first.inference.views)),
        data=_data(samples),
        training={str(member): bundle.header.training for member, bundle in enumerate(bundles)},
    )
    return ModelBundle(header, tensors, sha256="")


def _halved(tensor: NDArray[Any]) -> NDArray[Any]:
    """Return a convolution's weights in half the bits: HC moved by 0.003 mm at most on 41 heads.

    Statistics and offsets stay as they are: some are too small for so few bits.
    """
    return tensor.astype(np.float16) if tensor.ndim == 4 else tensor


def probed(segmenter: Segmenter) -> Probe:
    """Return what a bundle measures, through the serving path, on the demonstration scan."""
    path = resource(PROBE_IMAGE)
    with Readers() as readers:
        image = readers.images.load(path).image
    outline = segmenter.propose(image).outline_px
    return Probe(
        image=PROBE_IMAGE,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        hc_px=None if outline is None else outline.perimeter,
    )


def _data(samples: Sequence[HeadSample]) -> dict[str, object]:
    return {
        "sets": sorted({sample.data_set for sample in samples}),
        "images": len(samples),
        "subjects": len({(sample.data_set, sample.subject) for sample in samples}),
        "digest": data_identity(samples),
    }


def _tensors(look: str, network: nn.Module) -> Tensors:
    weights = {
        f"{look}.0.{name}": np.ascontiguousarray(tensor.detach().cpu().numpy())
        for name, tensor in network.state_dict().items()
    }
    return weights | {graph_name(look): _graph(look, network)}


def _graph(look: str, network: nn.Module) -> NDArray[np.uint8]:
    return network_graph(network, with_levels=look == LOOK_WITH_LEVELS)
