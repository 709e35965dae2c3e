"""docs/model-card.md: what is shipped, and the figures of a cross-validation in a page."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.resources import resource
from fhc_desktop.segmentation.bundle import load_bundle
from model_training import hc18
from model_training.calibration import SOUND_WITHIN, Judged, cross_judged
from model_training.consistency import OVERLAY_LIMIT, read_consistency, within
from model_training.document import table_text, write_filled
from model_training.evaluation import LARGE_ERROR, accuracy_text
from model_training.head_plane import read_plane_rows
from model_training.no_head import TESTING as TESTING_USE
from model_training.no_head import read_sources
from model_training.out_of_fold import read_rows
from model_training.refusals import TESTING, Refusal, fitted_signals, read_refusals
from model_training.scores import SIZE_CLASSES

SHIPPED = "model/head_unet.safetensors"
DOTTED = "dotted ellipse drawn over"


def write_model_card(results: Path, document: Path) -> None:
    """Write the page from a folder of result files and the bundle that is shipped."""
    rows = read_rows(results / "out_of_fold.csv")
    refusals = read_refusals(results / "negatives.csv")
    with_mm = [row for row in rows if row.score.data_set == hc18.DATA_SET]
    path = resource(SHIPPED)
    header = load_bundle(path).header
    parts = {
        "name": f"{header.name} {header.version}",
        "megabytes": f"{path.stat().st_size / 1e6:.1f}",
        "accuracy": accuracy_text(rows),
        **_confidence(cross_judged(with_mm, fitted_signals(refusals))),
        **_refused(refusals),
        **_dotted(results / "consistency.csv"),
        **_planes(results),
    }
    write_filled(results / "model_card_words.md", parts, document)


def _confidence(judged: Sequence[Judged]) -> dict[str, str]:
    by_size = [
        [item.is_covered for item in judged if low <= item.row.score.reference_hc_mm < high]
        for _, low, high in SIZE_CLASSES
    ]
    large = [item for item in judged if item.row.relative_error > LARGE_ERROR]
    sound = [item for item in judged if item.row.relative_error <= SOUND_WITHIN]
    return {
        "heads": str(len(judged)),
        "covered": f"{np.mean([item.is_covered for item in judged]):.1%}",
        "covered_by_size": ", ".join(f"{np.mean(group):.1%}" for group in by_size if group),
        "half_width": f"{np.median([item.half_width_mm for item in judged]):.1f}",
        "large": str(len(large)),
        "large_flagged": str(sum(not item.is_good for item in large)),
        "sound": str(len(sound)),
        "sound_flagged": f"{np.mean([not item.is_good for item in sound]):.1%}",
    }


def _refused(refusals: Sequence[Refusal]) -> dict[str, str]:
    tested = [row for row in refusals if row.role == TESTING]
    refused = sum(row.grade == Grade.NOT_MEASURABLE for row in tested)
    return {"negatives": str(len(tested)), "refused": str(refused)}


def _planes(results: Path) -> dict[str, str]:
    """Return what became of real pictures without a head's plane, and where they come from."""
    tested = [row for row in read_plane_rows(results / "head_plane.csv") if row.use == TESTING_USE]
    grades = Counter(row.grade for row in tested)
    sources = [["place", "licence", "teach", "test"]]
    sources += [
        [source.place, source.licence, str(source.teaching), str(source.testing)]
        for source in read_sources(results / "head_plane_sources.csv")
    ]
    return {
        "planes": str(len(tested)),
        "planes_refused": str(grades[Grade.NOT_MEASURABLE.value]),
        "planes_good": str(grades[Grade.GOOD.value]),
        "plane_sources": table_text(sources),
    }


def _dotted(path: Path) -> dict[str, str]:
    rows = [row for row in read_consistency(path) if row.change == DOTTED]
    return {"dotted": str(len(rows)), "dotted_within": f"{within(rows, OVERLAY_LIMIT):.1%}"}
