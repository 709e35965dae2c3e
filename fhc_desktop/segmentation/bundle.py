"""The bundle: weights that cannot be separated from what they need to be used rightly.

One safetensors file. Its header holds, beside the tensors' shapes, a JSON text (``bundle``) with
the network's configuration, the preprocessing, how the probability is formed, where the data
came from, scores, licence and format version; and a digest over that text and every tensor. One
of the tensors is, for each look, the graph of its networks (``survey.graph``, its bytes as they
are): what reads a graph computes with the same weights as what builds the network in code. One
more (``head_plane.weights``), where there is one, tells a head's plane from another.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.proposal import ModelIdentity
from fhc_desktop.ordinary_file import open_ordinary_file
from fhc_desktop.segmentation.network_graph import UnusableGraph, check_graph
from fhc_desktop.segmentation.preprocessing import PreprocessingSpec
from fhc_desktop.segmentation.trust.quality import QualitySpec, quality_spec

FORMAT = "fhc-desktop-bundle"
FORMAT_VERSION = 5
# The same without levels beside the maps: there nobody asks whether it is a head's plane.
WITHOUT_LEVELS = 4
# The same without graphs: what builds its networks in code still computes with it.
WITHOUT_GRAPHS = 3
MOST_VIEWS = 4
# The look whose networks show the features of their way down beside their maps.
LOOK_WITH_LEVELS = "close_up"
HEAD_PLANE_WEIGHTS = "head_plane.weights"
_LARGEST_BYTES = 512 * 1024 * 1024
_REMEDY = "Install the program again, or choose another bundle."

Tensors = dict[str, NDArray[Any]]


class UnusableModel(FhcError):  # noqa: N818 - named for what the clinician meets
    """The bundle is missing, altered, or of a version that this program does not know."""


@dataclass(frozen=True, slots=True)
class Look:
    """Networks of one build and what they expect to see.

    ``network`` is what the code builds each of the ``members`` from.
    """

    network: dict[str, Any]
    preprocessing: PreprocessingSpec
    members: int = 1

    def __post_init__(self) -> None:
        if not isinstance(self.members, int) or self.members < 1:
            raise ValueError(f"not a number of networks: {self.members}")


@dataclass(frozen=True, slots=True)
class InferenceSpec:
    """How the probability is formed.

    ``views`` maps are averaged in the last look: of the picture as it is, left to right, top to
    bottom, and both; the members take turns. ``level`` is where the map is traced;
    ``radial_offset`` is added to both semi-axes of the fitted ellipse, a share of the longer one.
    """

    views: int = 2
    level: float = 0.5
    radial_offset: float = 0.0

    def __post_init__(self) -> None:
        if not 1 <= self.views <= MOST_VIEWS or not 0 < self.level < 1:
            raise ValueError(f"not a way to form a probability: {self}")


@dataclass(frozen=True, slots=True)
class Probe:
    """What the bundle measured, where it was made, on a picture that every installation has.

    An installation that finds another size computes something else than was tested. ``image`` is
    the resource's name, ``sha256`` its file's; ``hc_px`` is None where no head was found.
    """

    image: str
    sha256: str
    hc_px: float | None


@dataclass(frozen=True, slots=True)
class BundleHeader:
    """Everything about the weights but the weights.

    ``survey`` looks at the whole picture; ``close_up``, where there is one, once more at the head
    that was found. Their tensors carry these names and the member's number before their own.
    """

    name: str
    version: str
    survey: Look
    close_up: Look | None
    inference: InferenceSpec
    licence: str
    quality: QualitySpec | None = None
    probe: Probe | None = None
    data: dict[str, Any] = field(default_factory=dict)
    training: dict[str, Any] = field(default_factory=dict)
    scores: dict[str, Any] = field(default_factory=dict)

    @property
    def looks(self) -> dict[str, Look]:
        """The looks there are, by the names that their tensors carry."""
        looks = {"survey": self.survey, "close_up": self.close_up}
        return {name: look for name, look in looks.items() if look is not None}

    def usual_views(self, look: str) -> int:
        """Return how many views of a frame a look takes: as many as it is to, in the last one."""
        return 1 if look == "survey" and self.close_up is not None else self.inference.views


@dataclass(frozen=True, slots=True, eq=False)
class ModelBundle:
    """A header with its tensors; ``sha256`` is that of the file they came from."""

    header: BundleHeader
    tensors: Tensors
    sha256: str

    @property
    def identity(self) -> ModelIdentity:
        return ModelIdentity(self.header.name, self.header.version, self.sha256)

    def graph(self, look: str) -> bytes | None:
        """Return the graph of a look's networks; None in a bundle of the format without."""
        found = self.tensors.get(graph_name(look))
        return None if found is None else found.tobytes()

    @property
    def head_plane_weights(self) -> NDArray[np.float32] | None:
        """The weights of the features that tell a head's plane; None where nothing does."""
        return self.tensors.get(HEAD_PLANE_WEIGHTS)

    def weights(self, look: str, member: int) -> Tensors:
        """Return the weights of one member of a look, by the network's own names."""
        prefix = f"{look}.{member}."
        return {
            name.removeprefix(prefix): tensor
            for name, tensor in self.tensors.items()
            if name.startswith(prefix)
        }


def graph_name(look: str) -> str:
    """Return the name of the tensor that holds the graph of a look's networks."""
    return f"{look}.graph"


def save_bundle(path: Path, header: BundleHeader, tensors: Tensors) -> ModelBundle:
    """Write a bundle, whole or not at all, and return it as read back from the disk.

    Raises:
        OSError: the file cannot be written.
        UnusableModel: what was written cannot be read back.
    """
    text = json.dumps({"format_version": FORMAT_VERSION} | asdict(header), sort_keys=True)
    metadata = {"format": FORMAT, "bundle": text, "digest": _digest(text, tensors)}
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".partial")
    save_file(tensors, temporary, metadata=metadata)
    # The library writes files for their owner alone; every user of the machine must read weights.
    temporary.chmod(0o644)
    os.replace(temporary, path)  # noqa: PTH105 - the atomic call, by its own name
    return load_bundle(path)


def load_bundle(path: Path) -> ModelBundle:
    """Return the bundle in a file.

    Raises:
        UnusableModel: it is missing, unreadable, altered by as much as one bit, or of a format
            or version that this program does not know; or one of its graphs is missing or asks
            for what the bundle does not hold.
    """
    sha256 = _file_digest(path)
    try:
        with safe_open(path, framework="numpy") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a dict
    except (SafetensorError, OSError, ValueError, KeyError, TypeError) as cause:
        raise UnusableModel(f"{path.name} is not a readable bundle.", _REMEDY) from cause
    header, version = _checked_header(path, metadata, tensors)
    bundle = ModelBundle(header, tensors, sha256)
    if version != WITHOUT_GRAPHS:
        _check_graphs(path, bundle)
    _check_head_plane(path, bundle)
    return bundle


def _file_digest(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise UnusableModel(f"{path.name} is too large to be a bundle.", _REMEDY)
        with open_ordinary_file(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as cause:
        raise UnusableModel(f"The model's weights are missing: {path.name}.", _REMEDY) from cause
    except OSError as cause:
        raise UnusableModel(
            f"{path.name} cannot be read: {cause.strerror}.", "Check the file's permissions."
        ) from cause


def _check_graphs(path: Path, bundle: ModelBundle) -> None:
    for name, look in bundle.header.looks.items():
        graph = bundle.graph(name)
        if graph is None:
            raise UnusableModel(f"{path.name} lacks the graph of its networks.", _REMEDY)
        for member in range(look.members):
            try:
                check_graph(graph, bundle.weights(name, member))
            except UnusableGraph as cause:
                raise UnusableModel(f"{path.name} cannot be used: {cause}.", _REMEDY) from cause


def _check_head_plane(path: Path, bundle: ModelBundle) -> None:
    quality, weights = bundle.header.quality, bundle.head_plane_weights
    if quality is None or quality.head_plane is None:
        return
    if weights is None or weights.dtype != np.float32 or not np.isfinite(weights).all():
        raise UnusableModel(f"{path.name} lacks the weights that tell a head’s plane.", _REMEDY)


def _checked_header(
    path: Path, metadata: dict[str, str], tensors: Tensors
) -> tuple[BundleHeader, int]:
    if metadata.get("format") != FORMAT:
        raise UnusableModel(f"{path.name} holds no FHC Desktop bundle.", _REMEDY)
    text = metadata.get("bundle", "")
    if metadata.get("digest") != _digest(text, tensors):
        raise UnusableModel(
            f"{path.name} was altered after it was made: its digest does not fit.", _REMEDY
        )
    try:
        values = json.loads(text)
        version = values.pop("format_version")
        if version in {FORMAT_VERSION, WITHOUT_LEVELS, WITHOUT_GRAPHS}:
            return _header(values), version
    except (ValueError, TypeError, KeyError, AttributeError) as cause:
        raise UnusableModel(f"{path.name} has an incomplete header.", _REMEDY) from cause
    raise UnusableModel(
        f"{path.name} has format version {version}; this program reads {FORMAT_VERSION}.",
        "Install the version of the program that belongs to it.",
    )


def _header(values: dict[str, Any]) -> BundleHeader:
    """Return the header from its JSON values; unknown and missing keys are errors."""
    survey = _look(values.pop("survey"))
    close_up = values.pop("close_up")
    inference = InferenceSpec(**values.pop("inference"))
    probe = values.pop("probe")
    quality = values.pop("quality")
    return BundleHeader(
        survey=survey,
        close_up=None if close_up is None else _look(close_up),
        inference=inference,
        quality=None if quality is None else quality_spec(quality),
        probe=None if probe is None else Probe(**probe),
        **values,
    )


def _look(values: dict[str, Any]) -> Look:
    preprocessing = PreprocessingSpec(**values.pop("preprocessing"))
    return Look(preprocessing=preprocessing, **values)


def _digest(text: str, tensors: Tensors) -> str:
    digest = hashlib.sha256(text.encode())
    for name in sorted(tensors):
        tensor = np.ascontiguousarray(tensors[name])
        digest.update(f"\n{name} {tensor.dtype.str} {tensor.shape}\n".encode())
        digest.update(tensor.tobytes())
    return digest.hexdigest()
