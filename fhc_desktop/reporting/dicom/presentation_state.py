"""The outline as a layer over the image itself, which a viewer can show and hide (PS3.3 A.33).

A grey image takes a Grayscale Softcopy Presentation State, one in colours a Color one: each refers
only to images of its own sort.
"""

import numpy as np
from pydicom.dataset import Dataset

from fhc_desktop.reporting.content.coded_content import CodedContent
from fhc_desktop.reporting.content.coded_study import ImageReference
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.dicom.dicom_object import (
    COLOUR_PRESENTATION,
    GREY_PRESENTATION,
    NOT_REVIEWED,
    NotForDicom,
    as_bytes,
    day_digits,
    moment_of,
    new_object,
    referenced,
    time_digits,
)
from fhc_desktop.reporting.dicom.outline_graphic import OutlineGraphic, Points, inside
from fhc_desktop.reporting.dicom.report_tree import calipers
from fhc_desktop.reporting.srgb import srgb_profile

_LAYER = "HEAD"
# The words stand at the upper edge of whatever part of the picture is shown: shares of it.
_WORDS_FROM, _WORDS_TO = [0.02, 0.02], [0.98, 0.12]
# ICC.1 7.2.5: of the profile of a display, the class of one of an input device, which the colours
# of an image are those of (PS3.3 C.11.15.1.1).
_CLASS, _INPUT_DEVICE = slice(12, 16), b"scnr"


def presentation_state(told: CodedContent) -> bytes:
    """Return the object.

    Raises:
        NotForDicom: there is no outline, no image in DICOM to lay it over, or no room for the
            patient's identifier.
    """
    image = told.image
    if image is None:
        raise NotForDicom(
            told.study.unnamed_reason
            or "A presentation state lies over a DICOM image, and this image is none.",
            "Write the report as a secondary capture.",
        )
    if told.outline_px is None:
        raise NotForDicom("There is no outline to lay over the image.", "Draw one first.")
    is_grey = image.photometric.startswith("MONOCHROME")
    dataset = new_object(told, GREY_PRESENTATION if is_grey else COLOUR_PRESENTATION)
    made = moment_of(told)
    dataset.Laterality = ""
    dataset.PresentationCreationDate = day_digits(made)
    dataset.PresentationCreationTime = time_digits(made)
    dataset.ContentLabel = _LAYER
    dataset.ContentDescription = told.report.title
    dataset.ContentCreatorName = ""
    _refer(dataset, image)
    dataset.DisplayedAreaSelectionSequence = [_whole_area(told.report, image)]
    dataset.GraphicAnnotationSequence = [_annotation(told, image)]
    layer = Dataset()
    layer.GraphicLayer, layer.GraphicLayerOrder = _LAYER, 1
    dataset.GraphicLayerSequence = [layer]
    if is_grey:
        is_inverse = image.photometric == "MONOCHROME1"
        dataset.PresentationLUTShape = "INVERSE" if is_inverse else "IDENTITY"
    else:
        dataset.ICCProfile = _profile()
    return as_bytes(dataset)


def _refer(dataset: Dataset, image: ImageReference) -> None:
    series = Dataset()
    series.SeriesInstanceUID = image.series_uid
    series.ReferencedImageSequence = [referenced(image)]
    dataset.ReferencedSeriesSequence = [series]


def _whole_area(report: ReportContent, image: ImageReference) -> Dataset:
    area, picture = Dataset(), report.picture.image
    area.ReferencedImageSequence = [referenced(image)]
    area.DisplayedAreaTopLeftHandCorner = [1, 1]
    area.DisplayedAreaBottomRightHandCorner = [picture.columns, picture.rows]
    area.PresentationSizeMode = "SCALE TO FIT"
    # Height to width, as two whole numbers.
    area.PresentationPixelAspectRatio = [round(10_000 * picture.pixel_aspect), 10_000]
    return area


def _annotation(told: CodedContent, image: ImageReference) -> Dataset:
    annotation = Dataset()
    annotation.ReferencedImageSequence = [referenced(image)]
    annotation.GraphicLayer = _LAYER
    graphics = _graphics(told)
    if graphics:
        annotation.GraphicObjectSequence = graphics
    words = Dataset()
    words.BoundingBoxAnnotationUnits = "DISPLAY"
    words.BoundingBoxTopLeftHandCorner = _WORDS_FROM
    words.BoundingBoxBottomRightHandCorner = _WORDS_TO
    words.BoundingBoxTextHorizontalJustification = "LEFT"
    words.UnformattedTextValue = _words(told.report)
    annotation.TextObjectSequence = [words]
    return annotation


def _words(report: ReportContent) -> str:
    headline = report.headline
    number = f"{headline.label}: {headline.value} {headline.unit}".strip()
    return f"{number}. {NOT_REVIEWED}: {report.draft_reason}" if report.is_draft else number


def _graphics(told: CodedContent) -> list[Dataset]:
    picture, outline = told.report.picture.image, told.outline_px
    if outline is None:
        return []
    drawn = OutlineGraphic.of(outline, rows=picture.rows, columns=picture.columns)
    found = [] if drawn.ends is None else [_graphic("ELLIPSE", drawn.ends)]
    found += [_graphic("POLYLINE", line) for line in drawn.lines]
    if told.scale is not None:
        lines = (
            inside(ends, rows=picture.rows, columns=picture.columns)
            for ends in calipers(outline, told.scale)
        )
        found += [_graphic("POLYLINE", line) for line in lines if line is not None]
    return found


def _graphic(graphic_type: str, points: Points) -> Dataset:
    graphic = Dataset()
    graphic.GraphicAnnotationUnits = "PIXEL"
    graphic.GraphicDimensions = 2
    graphic.NumberOfGraphicPoints = len(points)
    graphic.GraphicData = points.astype(np.float32).ravel().tolist()
    graphic.GraphicType = graphic_type
    if graphic_type == "ELLIPSE":
        graphic.GraphicFilled = "N"
    return graphic


def _profile() -> bytes:
    made = bytearray(srgb_profile())
    made[_CLASS] = _INPUT_DEVICE
    return bytes(made) + b"\0" * (len(made) % 2)
