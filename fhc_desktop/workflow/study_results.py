"""The results of a reader study: its reads and the model's word become tables and plots."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fhc_desktop.domain.reader_study.agreement import Agreement
from fhc_desktop.domain.reader_study.estimate import Quantiles
from fhc_desktop.domain.reader_study.read import Read, occasions_mm, own_reads, reads_in_force
from fhc_desktop.domain.reader_study.results import ByPicture, Comparison, Kind, Results, results
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.reporting.batch.batch import FailedFile
from fhc_desktop.reporting.reader_study.plot import as_pdf, as_svg, bland_altman_plot
from fhc_desktop.reporting.reader_study.tables import (
    PlacedRead,
    pictures_table,
    reads_table,
    statistics_table,
)
from fhc_desktop.reporting.saving import save_bytes, save_text
from fhc_desktop.storage.reader_study.reads_file import KeptReads, kept_reads
from fhc_desktop.storage.reader_study.study_folder import StudyFolder
from fhc_desktop.workflow.batch import MeasureOptions, measure_file
from fhc_desktop.workflow.proposing import Proposer

_FILE_KINDS = {
    Kind.INTRA: "intra-observer",
    Kind.INTER: "inter-observer",
    Kind.MODEL: "model",
}


@dataclass(frozen=True, slots=True)
class StudyResults:
    """What was written, and what somebody should know of it, a sentence each."""

    found: Results
    written: tuple[Path, ...]
    remarks: tuple[str, ...]


def by_model(
    folder: StudyFolder, proposer: Proposer, readers: Readers
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield what the model says of each picture, by its code: HC in mm, grade and warnings.

    It is measured as the command line does, from the copy that the readers saw.
    """
    for picture in folder.study.pictures:
        path = folder.picture_path(picture.code)
        row = measure_file(path, proposer, MeasureOptions(), readers=readers)
        if isinstance(row, FailedFile):
            yield picture.code, {"model_hc_mm": None, "model_grade": None, "warnings": row.sentence}
            continue
        yield (
            picture.code,
            {
                "model_hc_mm": None if row.measurement is None else row.measurement.hc_mm,
                "model_grade": None if row.grade is None else row.grade.value,
                "warnings": " ".join(row.warnings),
            },
        )


def write_results(
    folder: StudyFolder,
    said: Mapping[str, Mapping[str, Any]],
    out: Path,
    quantiles: Quantiles,
    files: Mapping[str, str],
) -> StudyResults:
    """Write tables and plots into a folder that is there; ``files`` is the key, empty without it.

    Raises:
        ReadsUnavailable: a reader's file cannot be read.
        ReportNotWritten: a table or a plot could not be written.
    """
    study = folder.study
    kept = {one.reader: kept_reads(folder.reads_path(one.reader)) for one in study.lists}
    own = {reader: own_reads(study, reader, found.reads) for reader, found in kept.items()}
    placed = [
        one
        for reader, reads in own.items()
        for one in _placed(study.codes_of(reader), reads, files)
    ]
    occasions = {
        reader: occasions_mm(study.codes_of(reader), reads_in_force(reads))
        for reader, reads in own.items()
    }
    model: ByPicture = {
        code: row["model_hc_mm"] for code, row in said.items() if row["model_hc_mm"] is not None
    }
    found = results(occasions, model, quantiles)
    codes = {one.code: files.get(one.code, "") for one in study.pictures}
    tables = {
        "reads.csv": reads_table(placed),
        "pictures.csv": pictures_table(codes, said, occasions),
        "agreement.csv": statistics_table(found, is_proposal_shown=study.plan.is_proposal_shown),
    }
    for name, text in tables.items():
        save_text(text, out / name)
    plots = [path for one in found.comparisons for path in _plotted(one, out)]
    written = (*(out / name for name in tables), *plots)
    return StudyResults(found, written, tuple(_remarks(folder, kept, own)))


def _placed(
    codes: tuple[str, ...], reads: tuple[Read, ...], files: Mapping[str, str]
) -> Iterator[PlacedRead]:
    in_force = reads_in_force(reads)
    for read in reads:
        yield PlacedRead(
            read,
            occasion=codes[: read.place].count(read.picture),
            is_in_force=in_force[read.place] is read,
            file=files.get(read.picture, ""),
        )


def _plotted(one: Comparison, out: Path) -> Iterator[Path]:
    if not isinstance(one.agreement_mm, Agreement):
        return
    drawing = bland_altman_plot(one.compared, one.agreement_mm)
    names = f"{one.compared.first_name}-{one.compared.second_name}".replace(", ", "-")
    stem = f"bland-altman-{_FILE_KINDS[one.compared.kind]}-{names}"
    for ending, content in ((".svg", as_svg(drawing)), (".pdf", as_pdf(drawing))):
        target = out / f"{stem}{ending}"
        save_bytes(content, target)
        yield target


def _remarks(
    folder: StudyFolder, kept: Mapping[str, KeptReads], own: Mapping[str, tuple[Read, ...]]
) -> Iterator[str]:
    study = folder.study
    for reader, found in kept.items():
        codes, in_force = study.codes_of(reader), reads_in_force(own[reader])
        missing = len(codes) - len(in_force)
        if missing:
            yield f"{reader} has {missing} of {len(codes)} readings left."
        if found.torn_lines:
            lines = ", ".join(map(str, found.torn_lines))
            yield f"Of {reader}’s file these lines were cut short and tell nothing: {lines}."
        strange = len(found.reads) - len(own[reader])
        if strange:
            yield f"{strange} reads in {reader}’s file are not of her list, and are left out."
        if any(read.list_sha256 != folder.sha256 for read in own[reader]):
            yield f"{reader} has read by another list than this one: study.json was altered."
        unscaled = sum(
            read.outline_px is not None and read.calibration is None for read in in_force.values()
        )
        if unscaled:
            yield f"{unscaled} of {reader}’s readings have no scale and are in no statistic."
