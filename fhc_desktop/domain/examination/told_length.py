"""A length of the head that a report of the study tells, beside the one measured here.

It is for the eye alone: no scale, no age and no outline ever follows from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.structured_report import (
    ReportedMeasurement,
    ReportsBeside,
    StructuredReport,
)
from fhc_desktop.domain.growth.assessment import Dimension
from fhc_desktop.domain.image.measurement import HeadMeasurement

_NOT_ALL = "Not every file beside the image was looked at for reports of its study."


@dataclass(frozen=True, slots=True)
class ToldLength:
    """One of the lengths that a report tells; ``ours_mm`` is that of the outline, if it has one.

    ``frames`` are those of the clip that it was measured on where the one shown is none of them.
    ``is_same``: it is a report of this program of the very measurement that is shown.
    """

    dimension: Dimension
    told: ReportedMeasurement
    report: StructuredReport
    ours_mm: float | None
    frames: tuple[int, ...] = ()
    is_same: bool = False

    @property
    def difference_mm(self) -> float | None:
        """Ours less theirs, as both are printed; None where they cannot be compared.

        Lengths on two frames are of two pictures: what lies between them is no difference.
        """
        theirs_mm = self.told.length_mm
        if theirs_mm is None or self.ours_mm is None or self.frames:
            return None
        return round(round(self.ours_mm, 1) - theirs_mm, 3)

    @property
    def is_of_this_program(self) -> bool:
        """Whether it is an earlier measurement by this program, and no console's."""
        return self.report.own is not None

    @property
    def difference_percent(self) -> float | None:
        """The difference as a share of theirs."""
        difference_mm, theirs_mm = self.difference_mm, self.told.length_mm
        if difference_mm is None or theirs_mm is None:
            return None
        return 100 * difference_mm / theirs_mm


def told_lengths(exam: Examination, beside: ReportsBeside) -> tuple[ToldLength, ...]:
    """Return every HC, BPD and OFD that the reports tell of this image; none is picked.

    All HC come first: the picture is about them.
    """
    found = list(_lengths(exam, beside))
    return tuple(one for dimension in Dimension for one in found if one.dimension is dimension)


def beside_objections(exam: Examination, beside: ReportsBeside) -> tuple[str, ...]:
    """Return what is to be said of the reports themselves, a sentence each."""
    wrong = (
        f"A report of the study calls a length of the head “{one.name.whole}”: by its code it is "
        "something else than by its name, and is not compared."
        for _, one in _of_image(beside)
        if one.is_contradictory
    )
    unread = (
        f"{report.name} beside the image: {sentence}"
        for report in beside.reports
        for sentence in report.unread
    )
    is_cut = (_NOT_ALL,) if beside.is_cut and exam.study.study_uid else ()
    return tuple(dict.fromkeys((*beside.objections, *wrong, *unread, *is_cut)))


def _lengths(exam: Examination, beside: ReportsBeside) -> Iterator[ToldLength]:
    source = exam.image.source
    for report, one in _of_image(beside):
        if one.dimension is None:
            continue
        frames = one.frames_in(beside.instance_uid)
        is_other = bool(frames) and source.frame not in frames
        ours_mm = _ours_mm(one.dimension, exam.measurement)
        told = ToldLength(one.dimension, one, report, ours_mm, frames if is_other else ())
        yield replace(told, is_same=_is_same_outline(exam, report) and told.difference_mm == 0)


def _is_same_outline(exam: Examination, report: StructuredReport) -> bool:
    own = report.own
    return own is not None and own.outline_px is not None and own.outline_px == exam.outline_px


def _of_image(beside: ReportsBeside) -> Iterator[tuple[StructuredReport, ReportedMeasurement]]:
    for report in beside.reports:
        for one in report.measurements:
            if one.is_of(beside.instance_uid):
                yield report, one


def _ours_mm(dimension: Dimension, measured: HeadMeasurement | None) -> float | None:
    if measured is None:
        return None
    match dimension:
        case Dimension.HC:
            return measured.hc_mm
        case Dimension.BPD:
            return measured.bpd_mm
        case Dimension.OFD:
            return measured.ofd_mm
