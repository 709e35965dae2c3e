"""The door for researchers: an image in, what the program says of it out, without a window.

It measures as the window and the command line do. A picture that is drawn here, a bright ring on
speckle, stands for a scan; without a pixel size there are pixels and no millimetre:

>>> import numpy as np
>>> from fhc_desktop import measure_image
>>> y, x = np.mgrid[0:270, 0:400]
>>> ring = np.hypot((x - 200) / 110, (y - 135) / 85)
>>> skull = 190 * np.exp(-(((ring - 0.97) / 0.035) ** 2))
>>> speckle = np.random.default_rng(0).gamma(2.0, 12.0, ring.shape)
>>> picture = np.clip(skull + speckle, 0, 255).astype(np.uint8)

>>> found = measure_image(picture)
>>> found.measurement is None, round(found.hc_px / 10)
(True, 62)

>>> found = measure_image(picture, mm_per_pixel=0.28)
>>> head = found.measurement
>>> f"HC {head.hc_mm:.0f} mm, BPD {head.bpd_mm:.0f} mm, OFD {head.ofd_mm:.0f} mm"
'HC 173 mm, BPD 48 mm, OFD 62 mm'
>>> found.calibration.source.value
'typed'
"""

import os
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypedDict, Unpack

import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.batch_dating import DatingFrom, GivenDating
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, STANDARDS
from fhc_desktop.domain.image.calibration import Uncalibrated, typed_calibration
from fhc_desktop.imaging.picture_array import image_of_array
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.reporting.batch.batch import MeasuredFrame
from fhc_desktop.workflow.batch import MeasureOptions, agreed, measured, measured_as_asked
from fhc_desktop.workflow.examining import by_file_alone, with_own_scale
from fhc_desktop.workflow.proposing import LazySegmenter

Image = str | os.PathLike[str] | NDArray[np.generic]
PixelSize = float | tuple[float, float]


class Asked(TypedDict, total=False):
    """What may be said of an image, as on the command line; what is left out the file says.

    ``mm_per_pixel`` is the width of a pixel; how high it is the file says, an array's is square
    unless it is given (width, height). ``frame`` counts from 1; ``head`` counts several heads from
    the left. Where ``dating`` or ``exam_date`` do not fit the file, ``dating_from`` says whose word
    holds. ``standard`` is the one to judge by.
    """

    mm_per_pixel: PixelSize | None
    frame: int | None
    head: int | None
    dating: Dating | None
    exam_date: date | None
    dating_from: DatingFrom | None
    standard: GrowthStandard


class Measurer:
    """Measures many images with networks that are loaded once, and closes what reads the files.

    ``model`` is another bundle than the shipped one; ``device`` is "auto", "cpu", "cuda" or "mps";
    on the CPU ``threads`` compute, or as many as there are cores to use.

    >>> from fhc_desktop import Measurer
    >>> from fhc_desktop.resources import resource
    >>> with Measurer(device="cpu") as measurer:
    ...     found = measurer.measure(resource("demo/demo_head.png"))
    >>> f"{found.measurement.hc_mm:.0f} mm, {found.grade}, by {found.model.name}"
    '175 mm, good, by head-unet'
    """

    def __init__(
        self, model: Path | None = None, *, device: str = "auto", threads: int | None = None
    ) -> None:
        self._proposer = LazySegmenter(model, device, threads)
        self._readers = Readers()

    def measure(self, image: Image, **asked: Unpack[Asked]) -> MeasuredFrame:
        """Return what the program says of an image; where it gives no number, ``warnings`` say why.

        ``image`` is the path of a file, or pixels of shape (rows, columns) in grey or (rows,
        columns, 3) in RGB, of uint8 or uint16. An array tells neither scale nor study.

        Raises:
            FhcError: the image cannot be read, the model cannot be used, it has no such head, or
                what was asked does not fit it; the message says what to do.
        """
        if isinstance(image, str | os.PathLike):
            return self._of_file(Path(image), asked)
        return self._of_array(np.asarray(image), asked)

    def close(self) -> None:
        """End the processes that read files; the next image starts them again."""
        self._readers.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _of_file(self, path: Path, asked: Asked) -> MeasuredFrame:
        if isinstance(asked.get("mm_per_pixel"), tuple):
            raise FhcError(
                "A file says itself how high its pixels are for their width.",
                "Give mm_per_pixel as one number, the width of a pixel.",
            )
        options = agreed([path], _options(asked), self._readers)
        exam = measured(path, self._proposer, options, readers=self._readers)
        return MeasuredFrame.of(exam, options.standards)

    def _of_array(self, pixels: NDArray[np.generic], asked: Asked) -> MeasuredFrame:
        if asked.get("frame") is not None:
            raise FhcError("An array is one frame.", "Leave out frame, and give the array of it.")
        loaded = image_of_array(pixels, pixel_aspect=_aspect(asked.get("mm_per_pixel")))
        options = agreed([], _options(asked), self._readers)
        opened = by_file_alone(loaded, today=options.today, standard=options.standard)
        exam = measured_as_asked(with_own_scale(opened), self._proposer, options)
        return MeasuredFrame.of(exam, options.standards)


def measure_image(
    image: Image, *, model: Path | None = None, **asked: Unpack[Asked]
) -> MeasuredFrame:
    """Return what the program says of one image: ``Measurer.measure``, networks loaded anew.

    Raises:
        FhcError: as ``Measurer.measure`` does.
    """
    with Measurer(model) as measurer:
        return measurer.measure(image, **asked)


def _options(asked: Asked) -> MeasureOptions:
    size, standard = asked.get("mm_per_pixel"), asked.get("standard", INTERGROWTH_21ST)
    return MeasureOptions(
        frame=asked.get("frame"),
        head=asked.get("head"),
        mm_per_pixel=size[0] if isinstance(size, tuple) else size,
        given=GivenDating(asked.get("dating"), asked.get("exam_date"), asked.get("dating_from")),
        today=datetime.now().astimezone().date(),
        standard=standard,
        # One of the researcher's own stands beside the published ones.
        standards=STANDARDS if standard in STANDARDS else (*STANDARDS, standard),
    )


def _aspect(mm_per_pixel: PixelSize | None) -> float:
    """Return height divided by width of an array's pixels.

    Raises:
        FhcError: the size given is none of an ultrasound image.
    """
    if not isinstance(mm_per_pixel, tuple):
        return 1.0
    found = typed_calibration(*mm_per_pixel)
    if isinstance(found, Uncalibrated):
        raise FhcError(found.reason, found.remedy)
    return found.mm_per_row / found.mm_per_column
