"""Whether a structured report agrees with what it carries and with its image: in sentences.

It is compared with the object that follows from what it carries, item by item; both were read by
one reader. Where what it carries is gone there is its tree alone, and the lengths are made anew
from the outline and the scale in it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import zip_longest

import numpy as np

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.filed_report import FiledReport, ReportItem
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.measurement import measure_head
from fhc_desktop.reporting.content.codes import BPD, CEPHALIC_INDEX, HC, OFD, Code
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.dicom.outline_graphic import from_corner
from fhc_desktop.reporting.dicom.restored_report import RestoredReport
from fhc_desktop.reporting.proof.agreement import (
    NOT_LOOKED_AT,
    OTHER_IMAGE,
    UNREADABLE,
    changed_facts,
    differing_statements,
    first_few,
    image_faults,
    image_remarks,
    software_remarks,
)
from fhc_desktop.reporting.proof.measurement_text import CarriedMeasurement
from fhc_desktop.reporting.proof.seal import Holds, Seal
from fhc_desktop.reporting.proof.verdict import Signers, Verdict, seal_faults

NOT_SIGNED = (
    "No structured report is signed: whoever altered its tree or what it carries is found by "
    "comparing the two, whoever altered both is not."
)
GONE = (
    "What it carried is gone, as where an archive keeps no private elements: patient, dating, the "
    "model’s word and the source of the scale cannot be restored. Only the lengths were made anew, "
    "from the outline and the scale in its tree."
)
_VERIFIED = "It is marked as verified: by whom, this program does not know."
_OTHER_OBJECT = "The image is another one: its SOP Instance UID is not the one in the report."
_KNOWN_BY_UID = (
    "The image is known by its SOP Instance UID alone: its pixels could not be compared."
)
# Of coordinates up to 8192 in single precision, with room for another version's arithmetic.
_TOLERANCE_PX = 0.01
_SAME_SHARE = 1e-9
_HEADER_NAMES = {
    "PatientName": "the patient’s name",
    "PatientID": "the patient’s identifier",
    "IssuerOfPatientID": "the identifier’s issuer",
    "PatientBirthDate": "the patient’s birth date",
    "CompletionFlag": "its completion",
    "PreliminaryFlag": "its standing",
}
# The clocks of two places differ by quarters of an hour, and never by more than this.
_QUARTER, _FARTHEST = timedelta(minutes=15), timedelta(hours=26)


@dataclass(frozen=True, slots=True)
class Follows:
    """What follows from the facts that a report carries: its words, and its object as read."""

    content: ReportContent
    filed: FiledReport


def tree_verdict(
    report: RestoredReport,
    anew: Follows | str,
    *,
    signers: Signers,
    opened: Sequence[Examination] = (),
) -> Verdict:
    """Return what can be said of a report; ``opened`` is its image as its file opens now.

    ``anew`` is what follows from what it carries, or why nothing does.
    """
    carried = report.carried
    named = "" if carried is None else carried.signer
    unsigned = tuple(seal_faults(Seal(Holds.NOT_SIGNED), named, signers))
    if carried is not None:
        found = _by_what_it_carries(report, carried, anew, opened)
    elif report.filed.measurement:
        found = Verdict((UNREADABLE,), (NOT_SIGNED,), 0, has_seal=False)
    else:
        found = _by_tree_alone(report, opened)
    return replace(found, faults=(*unsigned, *found.faults))


def _by_what_it_carries(
    report: RestoredReport,
    carried: CarriedMeasurement,
    anew: Follows | str,
    opened: Sequence[Examination],
) -> Verdict:
    faults = list(changed_facts(carried.changed))
    remarks = [NOT_SIGNED, *_standing_remarks(report.filed)]
    if isinstance(anew, str):
        faults.append(anew)
    else:
        faults += first_few(differing_statements(carried, anew.content))
        faults += _header_faults(report.filed, anew.filed)
        faults += first_few(_item_faults(report.filed.items, anew.filed.items))
        faults += _drawing_faults(report.filed.items, anew.filed.items)
        remarks += software_remarks([carried])
    facts = carried.facts
    same = [one for one in opened if one.image.pixels_sha256 == facts.picture.pixels_sha256]
    for one in same[:1]:
        faults += image_faults(facts, one)
        remarks += image_remarks(facts, one)
    if not same:
        (faults if opened else remarks).append(OTHER_IMAGE if opened else NOT_LOOKED_AT)
    return Verdict(tuple(faults), tuple(remarks), len(carried.rows), has_seal=False)


def _by_tree_alone(report: RestoredReport, opened: Sequence[Examination]) -> Verdict:
    lengths = _lengths(report)
    faults = [*_length_faults(report, lengths), *_curve_faults(report)]
    remarks = [NOT_SIGNED, *_standing_remarks(report.filed)]
    gaps = [GONE]
    same = [one for one in opened if is_image_of(report, one)]
    if same:
        remarks.append(_KNOWN_BY_UID)
        gaps += _scale_gaps(report, same[0])
    else:
        (faults if opened else remarks).append(_OTHER_OBJECT if opened else NOT_LOOKED_AT)
    agreeing = sum(_key(one.concept) in lengths for one in report.numbers)
    return Verdict(tuple(faults), tuple(remarks), agreeing, tuple(gaps), has_seal=False)


def is_image_of(report: RestoredReport, opened: Examination) -> bool:
    """Return whether a picture is the one that a report refers to, by its UID and its frame."""
    image = report.image
    if image is None or opened.study.instance_uid != image.instance_uid:
        return False
    return not image.frames or opened.image.source.frame in image.frames


def _standing_remarks(filed: FiledReport) -> Iterator[str]:
    if dict(filed.header).get("VerificationFlag") == "VERIFIED":
        yield _VERIFIED


def _header_faults(filed: FiledReport, anew: FiledReport) -> Iterator[str]:
    said, follows = dict(filed.header), dict(anew.header)
    for keyword, name in _HEADER_NAMES.items():
        there, wanted = said.get(keyword, ""), follows.get(keyword, "")
        if there != wanted:
            yield (
                f"Its header says {_quoted(there)} for {name}; by what it carries it is "
                f"{_quoted(wanted)}."
            )


def _quoted(words: str) -> str:
    return f"“{words}”" if words else "nothing"


def _item_faults(said: Sequence[ReportItem], follows: Sequence[ReportItem]) -> Iterator[str]:
    """Name each item that says something else than follows; drawings are asked for themselves."""
    there, wanted = list(map(_Line.of, said)), list(map(_Line.of, follows))
    extra = list((Counter(there) - Counter(wanted)).elements())
    lacking = list((Counter(wanted) - Counter(there)).elements())
    for line in extra:
        other = next((one for one in lacking if one.name == line.name), None)
        if other is not None:
            lacking.remove(other)
        if other is None or not _is_same_moment(line, other):
            yield _differing(line, other)
    for line in lacking:
        yield _differing(None, line)
    order = [(one.depth, _Line.of(one).name) for one in said]
    if not extra and not lacking and order != [(o.depth, _Line.of(o).name) for o in follows]:
        yield "The items of its tree stand in other places than they follow from what it carries."


@dataclass(frozen=True, slots=True)
class _Line:
    """An item as it is compared, by codes too; ``shown`` is how it is told.

    ``moment`` are the digits of a time, empty of anything else.
    """

    name: str
    words: str
    shown: str
    moment: str

    @classmethod
    def of(cls, item: ReportItem) -> "_Line":
        image = item.image
        parts = [item.words if item.exact is None else repr(item.exact)]
        if image is not None:
            parts += [image.instance_uid, *(f"frame {frame}" for frame in image.frames)]
        said = " ".join(filter(None, (*parts, item.unit.text)))
        return cls(
            name=" ".join(filter(None, (item.kind, item.name.whole))),
            words=" ".join(filter(None, (item.words, *parts, item.unit.whole))),
            shown=f"{item.name.text or item.kind}: {said}",
            moment=item.words if item.kind == "DATETIME" else "",
        )


def _differing(said: _Line | None, follows: _Line | None) -> str:
    """Return what differs; with its codes where words alone would not show it."""
    is_alike = said is None or follows is None or said.shown == follows.shown
    there, wanted = (_told(line, with_codes=is_alike) for line in (said, follows))
    return f"Its tree says {there}; by what it carries it says {wanted}."


def _told(line: _Line | None, *, with_codes: bool) -> str:
    if line is None:
        return "nothing of the kind"
    return f"“{line.shown}” ({line.name})" if with_codes else f"“{line.shown}”"


def _is_same_moment(said: _Line, follows: _Line) -> bool:
    """Return whether two times are one moment by the clocks of two places: DICOM has no zone."""
    try:
        moments = [datetime.strptime(one.moment, "%Y%m%d%H%M%S") for one in (said, follows)]  # noqa: DTZ007
    except ValueError:
        return False
    apart = abs(moments[0] - moments[1])
    return apart <= _FARTHEST and not apart % _QUARTER


def _drawing_faults(said: Sequence[ReportItem], follows: Sequence[ReportItem]) -> Iterator[str]:
    drawn, wanted = ([one for one in items if one.kind == "SCOORD"] for items in (said, follows))
    off_px = 0.0
    for there, other in zip_longest(drawn, wanted):
        if there is None or other is None or len(there.points) != len(other.points):
            yield "What it draws on the image is not what follows from the outline it carries."
            return
        off = np.abs(np.subtract(there.points, other.points))
        off_px = max(off_px, float(off.max(initial=0.0)))
    if not off_px <= _TOLERANCE_PX:
        yield (
            f"What it draws on the image is up to {off_px:.2f} pixels off what follows from the "
            "outline it carries."
        )


def _lengths(report: RestoredReport) -> dict[tuple[str, str], str]:
    """Return the lengths by the outline and the scale in the tree, with the digits of a report.

    Their names are value and scheme of a code: a meaning may be sent in other words.
    """
    outline_px, scale_mm = report.outline_px, report.scale_mm
    if outline_px is None or scale_mm is None:
        return {}
    try:
        measured = measure_head(outline_px, Calibration(*scale_mm, CalibrationSource.TYPED))
    except (ArithmeticError, ValueError):
        return {}
    return {
        _key(HC): f"{measured.hc_mm:.1f}",
        _key(BPD): f"{measured.bpd_mm:.1f}",
        _key(OFD): f"{measured.ofd_mm:.1f}",
        _key(CEPHALIC_INDEX): f"{measured.cephalic_index:.1f}",
    }


def _key(code: Code) -> tuple[str, str]:
    return code.value, code.scheme


def _length_faults(report: RestoredReport, lengths: dict[tuple[str, str], str]) -> Iterator[str]:
    if not lengths and report.scale_mm is not None and report.outline_px is not None:
        yield "No head follows from the outline and the scale in its tree."
    for number in report.numbers:
        wanted = lengths.get(_key(number.concept), number.value)
        if number.value != wanted:
            yield (
                f"Its tree says “{number.concept.meaning}: {number.value} {number.unit.value}”; by "
                f"its own outline and scale it is “{wanted} {number.unit.value}”."
            )


def _curve_faults(report: RestoredReport) -> Iterator[str]:
    if report.outline_px is None:
        return
    rim = from_corner(report.outline_px)
    off = [_off_px(rim, one) for one in report.filed.items if one.kind == "SCOORD"]
    if not all(one <= _TOLERANCE_PX for one in off):
        yield (f"What it draws on the image is up to {max(off):.2f} pixels off the outline in it.")


def _off_px(rim: Ellipse, drawn: ReportItem) -> float:
    """Return how far the points of an item lie from a curve: each of ours lies on it."""
    points = np.array(drawn.points[: len(drawn.points) // 2 * 2]).reshape(-1, 2)
    shares = np.hypot(*rim.shares_of_axes(*points.T))
    return float(np.abs(shares - 1).max(initial=0.0) * rim.semi_major)


def _scale_gaps(report: RestoredReport, opened: Examination) -> Iterator[str]:
    """Say where the picture is shown by another scale than the report has."""
    outline_px, scale_mm = report.outline_px, report.scale_mm
    if outline_px is None or scale_mm is None:
        return
    said = f"{scale_mm[0]:.4f} × {scale_mm[1]:.4f} mm per column × row"
    there = opened.with_outline(outline_px).calibration
    if not isinstance(there, Calibration):
        yield (
            f"Its scale, {said}, is not taken over: the image’s file has none, and by whose word "
            "the report’s held cannot be restored."
        )
    elif not np.allclose(
        (there.mm_per_column, there.mm_per_row), scale_mm, rtol=_SAME_SHARE, atol=0
    ):
        yield (
            f"Its scale, {said}, is not the one of the image’s file, {there.scale_text}: the "
            "picture is shown by its file’s."
        )
