"""What the close-up's networks see of heads and of what is none, for the rule of a head's plane.

Each picture is shown as it is, through the serving path. Those that teach are shown changed too
(mirrored, turned, stretched, lit otherwise), and what shows no head round ellipses laid anywhere.
"""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import Gray, UltrasoundImage
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.segmentation.segmenter import Segmenter
from fhc_desktop.segmentation.trust.head_plane import plane_features
from fhc_desktop.segmentation.trust.signals import Signals
from fhc_desktop.segmentation.weighing_looks import Finding
from model_training.no_head import TEACHING, TRUNK, NoHead, group_of
from model_training.samples import HeadSample

HEAD = "head"
AS_IT_IS, CHANGED, ANYWHERE = "as it is", "changed", "anywhere"
# There are nine trunks that may teach, and they are what is most like a head.
CHANGES_OF_TRUNK, CHANGES_OF_OTHERS = 16, 6
ELLIPSES_EACH = 5
# Every so manieth head is shown changed too: a change must not say that it is none.
CHANGED_HEADS_STEP = 2


@dataclass(frozen=True, slots=True, eq=False)
class PlaneSample:
    """One showing of one picture.

    ``group`` is what is left out together: a subject's heads, or one picture without any.
    ``hc_mm`` is the head's by the reference, None without one or without millimetres. ``signals``
    and ``features`` are None where no outline was found; round ellipses laid anywhere there are
    no signals.
    """

    name: str
    source: str
    kind: str
    use: str
    group: str
    how: str
    hc_mm: float | None
    signals: Signals | None
    features: NDArray[np.float32] | None

    @property
    def is_head(self) -> bool:
        return self.kind == HEAD


def head_samples(segmenter: Segmenter, heads: Sequence[HeadSample]) -> Iterator[PlaneSample]:
    """Yield heads as they are and every second one changed."""
    with Readers() as readers:
        for number, head in enumerate(tqdm(heads, disable=None)):
            rng = np.random.default_rng([11, number])
            image = readers.images.load(head.image).image
            group = f"{head.data_set} {head.subject}"
            about = PlaneSample(
                head.name, head.data_set, HEAD, TEACHING, group, AS_IT_IS, head.hc_mm, None, None
            )
            yield _seen(about, segmenter.find(image))
            if number % CHANGED_HEADS_STEP == 0:
                changed = replace(image, gray=changed_picture(image.gray, rng))
                yield _seen(replace(about, how=CHANGED), segmenter.find(changed))


def no_head_samples(segmenter: Segmenter, pictures: Sequence[NoHead]) -> Iterator[PlaneSample]:
    """Yield pictures without a head as they are; those that teach changed and elsewhere too."""
    with Readers() as readers:
        for number, picture in enumerate(tqdm(pictures, disable=None)):
            rng = np.random.default_rng([7, number])
            image = readers.images.load(picture.image).image
            about = PlaneSample(
                picture.name, picture.source, picture.kind, picture.use, picture.name,
                AS_IT_IS, None, None, None,
            )  # fmt: skip
            yield _seen(about, segmenter.find(image))
            if picture.use != TEACHING:
                continue
            for _ in range(
                CHANGES_OF_TRUNK if group_of(picture.kind) == TRUNK else CHANGES_OF_OTHERS
            ):
                changed = replace(image, gray=changed_picture(image.gray, rng))
                yield _seen(replace(about, how=CHANGED), segmenter.find(changed))
            for _ in range(ELLIPSES_EACH):
                around = _ellipse_anywhere(image, rng)
                yield _seen_around(replace(about, how=ANYWHERE), segmenter, image, around)


def changed_picture(gray: Gray, rng: np.random.Generator) -> Gray:
    """Return a picture mirrored, turned, stretched and lit otherwise, shape as given."""
    rows, columns = gray.shape
    is_turned_far = rng.random() < 0.5
    turn = rng.uniform(-180, 180) if is_turned_far else rng.uniform(-20, 20)
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), turn, rng.uniform(0.8, 1.3))
    stretch = rng.uniform(0.85, 1.18)
    matrix[0] *= stretch
    matrix[0, 2] += columns / 2 * (1 - stretch)
    mirrored = gray[:: rng.choice([-1, 1]), :: rng.choice([-1, 1])]
    moved = cv2.warpAffine(np.ascontiguousarray(mirrored), matrix, (columns, rows))
    lit = rng.uniform(0.7, 1.3) * 255 * (moved.astype(np.float32) / 255) ** rng.uniform(0.6, 1.6)
    return np.clip(np.rint(lit), 0, 255).astype(np.uint8)


def write_samples(path: Path, samples: Sequence[PlaneSample]) -> None:
    """Keep samples in a file: what takes an hour to see is fitted in a minute."""
    found = [sample.features for sample in samples if sample.features is not None]
    rows = [asdict(sample) | {"features": sample.features is not None} for sample in samples]
    np.savez_compressed(path, features=np.array(found, np.float32), rows=json.dumps(rows))


def read_samples(path: Path) -> list[PlaneSample]:
    with np.load(path) as kept:
        features, rows = iter(kept["features"]), json.loads(str(kept["rows"]))
    return [
        PlaneSample(
            **row
            | {
                "features": next(features) if row["features"] else None,
                "signals": None if row["signals"] is None else Signals(**row["signals"]),
            }
        )
        for row in rows
    ]


def found_in(samples: Iterable[PlaneSample]) -> list[PlaneSample]:
    """Return the samples in which there is an outline."""
    return [sample for sample in samples if sample.features is not None]


def _seen(about: PlaneSample, finding: Finding) -> PlaneSample:
    if finding.closer is None or finding.fitted is None:
        return about
    closer = finding.closer
    features = plane_features(closer.levels, finding.fitted.ellipse, closer.frame.shape)
    return replace(about, signals=finding.signals, features=features)


def _seen_around(
    about: PlaneSample, segmenter: Segmenter, image: UltrasoundImage, around_px: Ellipse
) -> PlaneSample:
    closer = segmenter.look_closer(image, around_px)
    ellipse = closer.placement.to_network(around_px)
    return replace(about, features=plane_features(closer.levels, ellipse, closer.frame.shape))


def _ellipse_anywhere(image: UltrasoundImage, rng: np.random.Generator) -> Ellipse:
    rows, columns = image.gray.shape
    longer = rng.uniform(0.1, 0.42) * columns
    return Ellipse(
        rng.uniform(0.2, 0.8) * columns,
        rng.uniform(0.2, 0.8) * rows,
        longer,
        longer * rng.uniform(0.66, 0.95),
        rng.uniform(0, math.pi),
    )
