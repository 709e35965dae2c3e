"""The content of an OB-GYN ultrasound report, by TID 5000 and the templates that it includes.

Rows are those of PS3.16 2025e: 1001 observers, 5002 summary, 5003 fetus summary, 5004
ratios, 5005 and 5008 biometry with 300 and 310 for each measurement. What no template has a place
for stands behind them, in containers with codes of our own.
"""

from collections.abc import Iterator

import numpy as np
from pydicom.dataset import Dataset

from fhc_desktop.domain.growth.assessment import Dimension
from fhc_desktop.domain.image.calibration import Calibration, Uncalibrated
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.reporting.content.coded_content import CodedContent
from fhc_desktop.reporting.content.coded_numbers import CodedAge, CodedNumber, CodedPlace
from fhc_desktop.reporting.content.coded_study import coded_name, uid_of
from fhc_desktop.reporting.content.codes import FETUS_ID, MILLIMETRES, PIXELS, RADIANS
from fhc_desktop.reporting.content.rows import Row
from fhc_desktop.reporting.dicom import report_codes as is_called
from fhc_desktop.reporting.dicom.content_items import (
    CONTAINS,
    HAS_CONTEXT,
    HAS_MODIFIER,
    HAS_PROPERTIES,
    INFERRED_FROM,
    coded,
    container,
    coordinates,
    day,
    exact_number,
    image,
    lines,
    moment,
    number,
    person,
    text,
    uid_reference,
)
from fhc_desktop.reporting.dicom.dicom_object import MAKER
from fhc_desktop.reporting.dicom.outline_graphic import (
    OutlineGraphic,
    Points,
    axis_ends,
    from_corner,
    inside,
)


def report_tree(told: CodedContent) -> Dataset:
    """Return the whole tree as its root item."""
    return container(is_called.OBSTETRIC_REPORT, _sections(told), template="5000")


def calipers(outline_px: Ellipse, scale: Calibration) -> tuple[Points, Points]:
    """Return the ends of minor and major axis in pixels from the corner, each of shape (2, 2).

    They are the axes in millimetres: where pixels are not square, they meet at another angle in
    pixels, and are not the axes of the curve that is drawn there.
    """
    sides = np.array([scale.mm_per_column, scale.mm_per_row])
    placed_mm = from_corner(outline_px).scaled(scale.mm_per_column, scale.mm_per_row)
    ends = axis_ends(placed_mm.canonical()) / sides
    return ends[2:], ends[:2]


def _sections(told: CodedContent) -> Iterator[Dataset]:
    yield coded(is_called.LANGUAGE, is_called.ENGLISH, HAS_MODIFIER)
    yield from _observers(told)
    yield uid_reference(is_called.STUDY_UID, told.study.uid, HAS_CONTEXT)
    if told.image is not None:
        yield container(is_called.IMAGE_LIBRARY, [image(told.image)])
    yield container(is_called.SUMMARY, _summary(told))
    if told.sizes is not None:
        index = number(told.sizes.cephalic_index)
        yield container(is_called.RATIOS, [*_fetus(told), index])
        yield container(is_called.BIOMETRY, [*_fetus(told), *_groups(told)])
    yield container(is_called.OUTLINE, _outline(told))
    yield container(is_called.AS_PRINTED, map(_statement, told.statements))


def _observers(told: CodedContent) -> Iterator[Dataset]:
    """Give who observed: the operator who accepted, where she is named, and this program."""
    operator = coded_name(told.standing.operator)
    if operator:
        yield coded(is_called.OBSERVER_TYPE, is_called.PERSON, HAS_CONTEXT)
        yield person(is_called.PERSON_NAME, operator, HAS_CONTEXT)
    software = told.report.software
    yield coded(is_called.OBSERVER_TYPE, is_called.DEVICE, HAS_CONTEXT)
    yield uid_reference(is_called.DEVICE_UID, uid_of("program", software), HAS_CONTEXT)
    yield text(is_called.DEVICE_NAME, MAKER, HAS_CONTEXT)
    yield text(is_called.DEVICE_MODEL, software, HAS_CONTEXT)


def _fetus(told: CodedContent) -> Iterator[Dataset]:
    """Give which fetus it is, where there are several (TID 1008)."""
    if told.fetus.text:
        yield text(FETUS_ID, told.fetus.text.removeprefix("Fetus "), HAS_CONTEXT)


def _summary(told: CodedContent) -> Iterator[Dataset]:
    dating = told.dating
    if dating is not None:
        for date in (dating.lmp, dating.edd):
            if date is not None:
                yield day(date.concept, date.day)
    yield container(is_called.FETUS_SUMMARY, _fetus_summary(told))


def _fetus_summary(told: CodedContent) -> Iterator[Dataset]:
    yield from _fetus(told)
    if told.dating is not None and told.dating.age is not None:
        yield number(told.dating.age)
    placed = (told.study.own_reason, told.study.unnamed_reason)
    for words in (told.standing.draft_reason, *placed, *told.report.warnings):
        if words:
            yield text(is_called.COMMENT, words)
    if told.report.comment:
        yield lines(is_called.COMMENT, told.report.comment)


def _groups(told: CodedContent) -> Iterator[Dataset]:
    sizes, places = told.sizes, told.places
    if sizes is None or told.outline_px is None or told.scale is None:
        return
    bpd_px, ofd_px = calipers(told.outline_px, told.scale)
    hc = number(sizes.hc, [*_path(told, INFERRED_FROM), *_properties(told)])
    age = (_age(one) for one in told.ages[:1])
    yield _group([hc, *age, *_place(places.get(Dimension.HC))])
    for size, dimension, ends in (
        (sizes.bpd, Dimension.BPD, bpd_px),
        (sizes.ofd, Dimension.OFD, ofd_px),
    ):
        place = places.get(dimension)
        measured = number(size, [*_line(told, ends), *_z_beside(place)])
        yield _group([measured, *_place(place)])


def _group(items: list[Dataset]) -> Dataset:
    return container(is_called.BIOMETRY_GROUP, items, template="5008")


def _properties(told: CodedContent) -> Iterator[Dataset]:
    interval = told.interval
    if interval is not None:
        for one in (interval.low, interval.high, interval.share):
            yield number(one, relationship=HAS_PROPERTIES)
    yield from _z_beside(told.places.get(Dimension.HC))


def _z_beside(place: CodedPlace | None) -> Iterator[Dataset]:
    """Give z below its measurement: a group has room for one place only, and that is the rank."""
    if place is not None and place.percentile is not None and place.z is not None:
        z = place.z
        told = CodedNumber(is_called.Z_OF_MEASUREMENT, z.value, z.unit, citation=z.citation)
        yield number(told, relationship=HAS_PROPERTIES)


def _place(place: CodedPlace | None) -> Iterator[Dataset]:
    if place is None:
        return
    one = place.percentile or place.z
    if one is not None:
        yield number(one)
    elif place.words:
        yield text(is_called.COMMENT, place.words)


def _age(found: CodedAge) -> Dataset:
    spread = () if found.two_sd is None else (number(found.two_sd, relationship=HAS_PROPERTIES),)
    return number(found.age, spread)


def _path(told: CodedContent, relationship: str) -> Iterator[Dataset]:
    """Give the outline on its image, or as much of it as the image holds."""
    picture = told.report.picture.image
    if told.image is None or told.outline_px is None:
        return
    drawn = OutlineGraphic.of(told.outline_px, rows=picture.rows, columns=picture.columns)
    if drawn.ends is not None:
        yield coordinates(is_called.PATH, "ELLIPSE", drawn.ends, told.image, relationship)
    for line in drawn.lines:
        yield coordinates(is_called.PATH, "POLYLINE", line, told.image, relationship)


def _line(told: CodedContent, ends: Points) -> Iterator[Dataset]:
    picture = told.report.picture.image
    held = inside(ends, rows=picture.rows, columns=picture.columns)
    if held is not None and told.image is not None:
        yield coordinates(is_called.PATH, "POLYLINE", held, told.image, INFERRED_FROM)


def _outline(told: CodedContent) -> Iterator[Dataset]:
    """Give the outline with all its digits, beyond the edges of the picture too, and its scale."""
    standing, scale, outline = told.standing, told.scale, told.outline_px
    words = standing.draft_reason or "accepted"
    yield text(is_called.STANDING, words)
    if standing.accepted_at is not None:
        yield moment(is_called.ACCEPTED_AT, standing.accepted_at)
    if outline is not None:
        yield exact_number(is_called.CENTRE_X, outline.center_x, PIXELS)
        yield exact_number(is_called.CENTRE_Y, outline.center_y, PIXELS)
        yield exact_number(is_called.SEMI_AXIS_A, outline.semi_axis_a, PIXELS)
        yield exact_number(is_called.SEMI_AXIS_B, outline.semi_axis_b, PIXELS)
        yield exact_number(is_called.ANGLE, outline.angle, RADIANS)
    if told.sizes is None:
        yield from _path(told, CONTAINS)
    if scale is not None:
        yield exact_number(is_called.MM_PER_COLUMN, scale.mm_per_column, MILLIMETRES)
        yield exact_number(is_called.MM_PER_ROW, scale.mm_per_row, MILLIMETRES)
    yield from _provenance(told)


def _provenance(told: CodedContent) -> Iterator[Dataset]:
    found = told.passport
    if told.scale is not None and not isinstance(found, Uncalibrated):
        yield text(is_called.SCALE_SOURCE, found.source)
        yield text(is_called.SCALE_READ_FROM, found.read_from)
        yield text(is_called.SCALE_CONFIRMED, found.confirmed_by)
    for concept, code in ((is_called.ORIGIN, told.origin), (is_called.GRADE, told.grade)):
        if code is not None:
            yield coded(concept, code)
    if told.model is not None:
        yield text(is_called.ALGORITHM_NAME, told.model.name)
        yield text(is_called.ALGORITHM_VERSION, told.model.version)
        yield text(is_called.ALGORITHM_PARAMETERS, f"SHA-256 {told.model.digest}")


def _statement(row: Row) -> Dataset:
    said = f"{row.label}: {row.value}"
    return text(is_called.COMMENT, f"{said} ({row.note})" if row.note else said)
