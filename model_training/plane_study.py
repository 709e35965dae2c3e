"""From heads and other pictures to a bundle's rule of planes, and what it says of each."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tqdm import tqdm

from fhc_desktop.imaging.readers import Readers
from fhc_desktop.resources import resource
from fhc_desktop.segmentation.bundle import ModelBundle, load_bundle
from fhc_desktop.segmentation.segmenter import Segmenter
from fhc_desktop.segmentation.trust.quality import QualitySpec
from model_training.config import TrainConfig
from model_training.document import Table
from model_training.evaluate import segmenter_of
from model_training.export import with_graphs
from model_training.folds import configured_samples, held_out_numbers
from model_training.head_plane import (
    HeadPlane,
    PlaneRow,
    fit_head_plane,
    refused_table,
    with_head_plane,
    write_plane_rows,
)
from model_training.model_card import SHIPPED
from model_training.no_head import TESTING, NoHead, read_no_head, write_sources
from model_training.plane_samples import (
    PlaneSample,
    head_samples,
    no_head_samples,
    read_samples,
    write_samples,
)

ROWS, SOURCES = "head_plane.csv", "head_plane_sources.csv"


def teach_planes(
    config: TrainConfig, bundle: Path, no_head: Path, results: Path, *, kept: Path | None = None
) -> ModelBundle:
    """Fit the rule of a bundle's close-up on all heads, put it in, and write what it says.

    ``no_head`` is the folder of pictures without a head. ``kept`` is where what the networks see
    is kept: read where it is there, else written.
    """
    pictures = read_no_head(no_head)
    source = load_bundle(bundle)
    fitted = fit_head_plane(_samples(config, source, pictures, kept), _quality(source))
    made = with_head_plane(source, fitted, bundle)
    rows = _as_said(fitted.rows, segmenter_of(made, "cpu"), pictures)
    results.mkdir(parents=True, exist_ok=True)
    write_plane_rows(results / ROWS, rows)
    write_sources(results / SOURCES, pictures)
    return made


def heads_held_out(
    config: TrainConfig, bundle: Path, no_head: Path, *, kept: Path | None = None
) -> tuple[HeadPlane, Table]:
    """Return a rule that the held-out fold's heads taught nothing, and how many it refuses.

    The close-up is that of ``bundle``: one that never saw these heads either tells how many of new
    ones will be refused.

    Raises:
        ValueError: the run holds out no fold.
    """
    if config.hold_out is None:
        raise ValueError("name the fold whose heads are held out")
    heads, pictures = configured_samples(config), read_no_head(no_head)
    names = frozenset(heads[number].name for number in held_out_numbers(config, heads))
    source = load_bundle(bundle)
    samples = _samples(config, source, pictures, kept)
    fitted = fit_head_plane(samples, _quality(source), held_out=names)
    return fitted, refused_table(fitted.rows, names)


def _samples(
    config: TrainConfig, bundle: ModelBundle, pictures: Sequence[NoHead], kept: Path | None
) -> list[PlaneSample]:
    if kept is not None and kept.exists():
        return read_samples(kept)
    # Without a rule nothing is sought in a part of a picture: what is seen is the rule's matter.
    bare = replace(bundle, header=replace(bundle.header, quality=None))
    segmenter = segmenter_of(with_graphs(bare), "cpu")
    found = [
        *no_head_samples(segmenter, pictures),
        *head_samples(segmenter, configured_samples(config)),
    ]
    if kept is not None:
        write_samples(kept, found)
    return found


def _quality(bundle: ModelBundle) -> QualitySpec:
    """Return the bundle's rule of signals, or that of the one that is shipped."""
    quality = bundle.header.quality or load_bundle(resource(SHIPPED)).header.quality
    if quality is None:
        raise ValueError("no bundle has a rule of signals")
    return quality


def _as_said(
    rows: Sequence[PlaneRow], segmenter: Segmenter, pictures: Sequence[NoHead]
) -> list[PlaneRow]:
    """Return the rows, of pictures that test with the grade that the program itself gives."""
    tested = {picture.name: picture for picture in pictures if picture.use == TESTING}
    with Readers() as readers:
        grades = {
            name: segmenter.propose(readers.images.load(picture.image).image).confidence
            for name, picture in tqdm(tested.items(), disable=None)
        }
    return [
        row if (said := grades.get(row.name)) is None else replace(row, grade=said.grade.value)
        for row in rows
    ]
