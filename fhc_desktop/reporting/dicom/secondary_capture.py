"""The picture with its outline and what it measures, for whoever can show nothing but pictures.

It has no scale of its own: whoever measures anew measures on the image.
"""

import math
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from pydicom.dataset import Dataset

from fhc_desktop.reporting import colours
from fhc_desktop.reporting.content.coded_content import CodedContent
from fhc_desktop.reporting.content.codes import Code
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.dicom.content_items import code_item
from fhc_desktop.reporting.dicom.dicom_object import (
    NOT_REVIEWED,
    SECONDARY_CAPTURE,
    as_bytes,
    day_digits,
    moment_of,
    new_object,
    referenced,
    time_digits,
)
from fhc_desktop.reporting.rendering import BLACK, RGB, WHITE, Pen, draw_outline, pen_of
from fhc_desktop.resources import resource

_SOURCE_IMAGE = Code("121322", "DCM", "Source image for image processing operation")
# Words under a narrower picture could not be read.
_NARROWEST_COLUMNS = 640
_COLUMNS_A_LETTER = 48
_LEADING = 1.4


def secondary_capture(told: CodedContent) -> bytes:
    """Return the object.

    Raises:
        NotForDicom: the patient's identifier has no room in it.
    """
    dataset = new_object(told, SECONDARY_CAPTURE)
    made = moment_of(told)
    dataset.ContentDate, dataset.ContentTime = day_digits(made), time_digits(made)
    dataset.ConversionType = "WSD"
    dataset.ImageType = ["DERIVED", "SECONDARY"]
    dataset.PatientOrientation = ""
    dataset.Laterality = ""
    dataset.DerivationDescription = "Outline, axes and measurement drawn on the picture"
    # Whatever the scanner wrote into its picture is still there.
    dataset.BurnedInAnnotation = "YES"
    if told.image is not None:
        source = referenced(told.image)
        source.PurposeOfReferenceCodeSequence = [code_item(_SOURCE_IMAGE)]
        dataset.SourceImageSequence = [source]
    _put_pixels(dataset, captioned_picture(told.report))
    return as_bytes(dataset)


def captioned_picture(report: ReportContent) -> RGB:
    """Return the scan with its outline, shape (rows, columns, 3), and the words below it.

    They name no patient: the object does.
    """
    picture = report.picture
    magnification = max(1, math.ceil(_NARROWEST_COLUMNS / picture.image.columns))
    drawn = draw_outline(
        picture.image,
        picture.outline_px,
        pen=pen_of(picture.state),
        calipers=Pen(WHITE, 1),
        mm_per_column=picture.mm_per_column,
        magnification=magnification,
    )
    return np.vstack([drawn, _caption(report, drawn.shape[1])])


def _lines(report: ReportContent) -> tuple[str, ...]:
    headline = report.headline
    number = f"{headline.label}: {headline.value} {headline.unit}".strip()
    notes = "  ·  ".join((*headline.notes, *filter(None, [headline.interval])))
    standing = f"{NOT_REVIEWED}. {report.draft_reason}" if report.is_draft else "Accepted"
    made = f"{report.software}  ·  {report.created:%Y-%m-%d}  ·  {report.disclaimer}"
    outline = f"Outline: {report.picture.state.value}"
    return tuple(filter(None, (standing, number, notes, outline, *report.warnings, made)))


def _caption(report: ReportContent, columns: int) -> RGB:
    size = max(12, columns // _COLUMNS_A_LETTER)
    font = ImageFont.truetype(str(resource("fonts/DejaVuSans.ttf")), size)
    lines = _broken(_lines(report), font, columns - 2 * size)
    leading = round(_LEADING * size)
    strip = Image.new("RGB", (columns, leading * len(lines) + size), BLACK)
    pencil = ImageDraw.Draw(strip)
    for place, line in enumerate(lines):
        is_warned = report.is_draft and line.startswith(NOT_REVIEWED)
        fill = colours.rgb(colours.WARNING) if is_warned else WHITE
        pencil.text((size, size // 2 + place * leading), line, font=font, fill=fill)
    return np.array(strip, dtype=np.uint8)


def _broken(lines: Sequence[str], font: ImageFont.FreeTypeFont, width: int) -> tuple[str, ...]:
    """Return lines that are no wider than ``width``, broken between words."""
    broken: list[str] = []
    for line in lines:
        row = ""
        for word in line.split(" "):
            longer = f"{row} {word}" if row else word
            if row and font.getlength(longer) > width:
                broken.append(row)
                longer = word
            row = longer
        broken.append(row)
    return tuple(broken)


def _put_pixels(dataset: Dataset, picture: RGB) -> None:
    dataset.SamplesPerPixel = 3
    dataset.PhotometricInterpretation = "RGB"
    dataset.PlanarConfiguration = 0
    dataset.Rows, dataset.Columns = (int(side) for side in picture.shape[:2])
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 8, 8, 7
    dataset.PixelRepresentation = 0
    pixels = picture.tobytes()
    dataset.PixelData = pixels + b"\0" * (len(pixels) % 2)
    dataset["PixelData"].VR = "OB"
