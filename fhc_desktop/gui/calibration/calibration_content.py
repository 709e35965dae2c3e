"""What the window says of the scale: how long a pixel is, who says so, and what is offered."""

from dataclasses import dataclass, replace

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.passport import passport
from fhc_desktop.domain.examination.scale_memory import (
    RememberedScale,
    ScaleMemory,
    can_be_remembered,
)
from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    Uncalibrated,
)

_FEW_WORDS = {
    CalibrationSource.PIXEL_SIZE_TABLE: "from the pixel-size table",
    CalibrationSource.ULTRASOUND_REGION: "from ultrasound {region}",
    CalibrationSource.PIXEL_SPACING: "from PixelSpacing, unverified",
    CalibrationSource.TYPED: "typed by the user",
    CalibrationSource.RULER: "from the user’s ruler",
    CalibrationSource.CHOSEN_REGION: "from ultrasound {region}, chosen",
    CalibrationSource.CHOSEN_SPACING: "from PixelSpacing, chosen",
    CalibrationSource.DEPTH_MARKS: "from the depth marks",
}


@dataclass(frozen=True, slots=True)
class OfferContent:
    """A scale given by hand, to be remembered for its series or remembered from it."""

    words: str = ""
    can_be_remembered: bool = False
    is_remembered: bool = False

    @classmethod
    def of(cls, exam: Examination, memory: ScaleMemory) -> "OfferContent":
        offered = memory.offered(exam)
        return cls(
            "" if offered is None else _offer_words(offered),
            can_be_remembered(exam),
            memory.holds_scale_of(exam),
        )


@dataclass(frozen=True, slots=True)
class CalibrationContent:
    """The scale in force with its passport, or in ``sentence`` why there is none.

    ``source`` is in a few words where the scale is from.
    ``alternatives`` are the doubtful scales of a file, ``depth_marks`` is what the marks beside
    the picture propose: both wait for the user's word.
    """

    is_open: bool = False
    scale: str = ""
    source: str = ""
    sentence: str = ""
    passport_line: str = ""
    is_missing: bool = False
    names_file: bool = False
    has_users_scale: bool = False
    depth_marks: str = ""
    alternatives: tuple[CalibrationCandidate, ...] = ()
    offer: OfferContent = OfferContent()

    @classmethod
    def of(cls, exam: Examination, memory: ScaleMemory) -> "CalibrationContent":
        marks, is_decided = exam.offered_depth_marks, exam.has_users_scale
        content = cls(
            is_open=True,
            has_users_scale=is_decided,
            depth_marks="" if marks is None else marks.sentence,
            alternatives=() if is_decided else exam.file_calibration.alternatives,
            offer=OfferContent.of(exam, memory),
        )
        found = passport(exam)
        if isinstance(found, Uncalibrated):
            why = f"{found.reason} {found.remedy}"
            return replace(
                content,
                scale="none: pixels only",
                sentence=why,
                is_missing=True,
                names_file=found.names_file,
            )
        words = f"{found.source}; {found.read_from}; confirmed by {found.confirmed_by}"
        return replace(
            content,
            scale=found.short_scale,
            source=_in_few_words(exam.calibration),
            sentence=words,
            passport_line=found.line,
        )

    @property
    def deidentified(self) -> "CalibrationContent":
        """The same without what may name a file or a person: where a scale is from, and by whom."""
        offerless = replace(self, offer=OfferContent())
        if self.is_missing and self.names_file:
            return replace(offerless, sentence="reason hidden: it names a file")
        if not self.is_open or self.is_missing:
            return offerless
        return replace(offerless, source="", sentence="source hidden", passport_line="")


def _in_few_words(scale: Calibration | Uncalibrated) -> str:
    """Return where a scale is from, as short as a line of the panel wants it."""
    if isinstance(scale, Uncalibrated):
        return ""
    words = _FEW_WORDS[scale.source]
    is_of_region = scale.source in {
        CalibrationSource.ULTRASOUND_REGION,
        CalibrationSource.CHOSEN_REGION,
    }
    # A region's detail begins with its number; another tells how it was taken, or from which file.
    number = scale.detail.partition(";")[0] if is_of_region else ""
    return words.format(region=number or "region")


def _offer_words(offer: RememberedScale) -> str:
    scale = offer.calibration
    return (
        f"Remembered from {offer.image_name} of this series: {scale.scale_text}, "
        f"{scale.source_text}. It holds at the same depth and zoom only."
    )
