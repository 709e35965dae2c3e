"""All that a report rests on, without the picture's pixels: the report follows from it anew."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import Any, Self

import numpy as np

from fhc_desktop.domain.dating.dating_record import DatingRecord
from fhc_desktop.domain.dating.gestation import Dating, NoAge
from fhc_desktop.domain.examination.examination import Acceptance, Examination, Facts
from fhc_desktop.domain.examination.file_data import FileItem
from fhc_desktop.domain.examination.proposal import Proposal
from fhc_desktop.domain.examination.structured_report import ReportsBeside
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import standard_with
from fhc_desktop.domain.identity import Answer
from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    FileCalibration,
    RegionBox,
)
from fhc_desktop.domain.image.depth_marks import DepthMarks
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.scan_arc import ScanArc
from fhc_desktop.domain.image.ultrasound_image import ImageSource, StudyInfo, UltrasoundImage
from fhc_desktop.domain.institution import Institution
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.mean_hc import MeanHc
from fhc_desktop.reporting.content.coded_content import CodedContent
from fhc_desktop.reporting.content.report_content import ReportContent

# Of a picture that is stood in for: whoever forges a report shall not fill the memory with it.
_LARGEST_SIDE, _MOST_PIXELS = 32_767, 100_000_000


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """Which picture it was, by the digests of its file and of its pixels, and its shape.

    ``name`` is the file's alone: the folder may name the patient. ``frame`` counts from 1.

    Raises:
        ValueError: a picture of no possible shape.
    """

    name: str
    sha256: str
    frame: int
    frame_count: int
    pixels_sha256: str
    rows: int
    columns: int
    pixel_aspect: float
    scan_boxes: tuple[RegionBox, ...]
    remarks: tuple[str, ...]

    def __post_init__(self) -> None:
        sides = (self.rows, self.columns)
        is_one = all(0 < side <= _LARGEST_SIDE for side in sides)
        if not is_one or self.rows * self.columns > _MOST_PIXELS:
            raise ValueError(f"no picture: {self.rows} × {self.columns}")

    @classmethod
    def of(cls, image: UltrasoundImage) -> Self:
        source = image.source
        return cls(
            name=source.path.name,
            sha256=source.sha256,
            frame=source.frame,
            frame_count=source.frame_count,
            pixels_sha256=image.pixels_sha256,
            rows=image.rows,
            columns=image.columns,
            pixel_aspect=image.pixel_aspect,
            scan_boxes=image.scan_boxes,
            remarks=image.remarks,
        )

    @property
    def stand_in(self) -> UltrasoundImage:
        """A black picture of that shape: no number rests on a grey value."""
        # One byte that every pixel shares, however large the picture says it is.
        black = np.broadcast_to(np.zeros((1, 1), np.uint8), (self.rows, self.columns)).view()
        source = ImageSource(
            Path(PurePath(self.name).name), self.sha256, self.frame, self.frame_count
        )
        return UltrasoundImage(
            black,
            source,
            pixel_aspect=self.pixel_aspect,
            scan_boxes=self.scan_boxes,
            remarks=self.remarks,
        )


# What a report takes from its examination as it is.
_AS_IT_IS = (
    "study",
    "file_calibration",
    "manual_calibration",
    "chosen_scale",
    "depth_marks",
    "scan_arc",
    "proposal",
    "outline_px",
    "patient",
    "exam_date",
    "dating",
    "dating_reason",
    "fetus",
    "acceptance",
    "kept",
    "withheld_age",
    "caveats",
    "is_second_reading",
    "comment",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """One examination and what else its report was made of; growth standards go by their keys.

    ``waits``: when the report was made, its row was still to be logged. Answers about the women
    whom the log has are no part of it, since they name others: ``has_other_answers`` where the
    acceptance was given with other ones, and so is none of what the report says.
    """

    picture: PictureFacts
    study: StudyInfo
    file_calibration: FileCalibration
    manual_calibration: Calibration | None
    chosen_scale: CalibrationCandidate | None
    depth_marks: DepthMarks | None
    scan_arc: ScanArc | None
    proposal: Proposal | None
    outline_px: Ellipse | None
    patient: Patient
    exam_date: date | None
    dating: Dating | None
    dating_reason: str
    fetus: Fetus
    acceptance: Acceptance | None
    kept: frozenset[tuple[FileItem, str]]
    withheld_age: NoAge | None
    caveats: tuple[str, ...]
    is_second_reading: bool
    standard_key: str
    default_key: str
    opted_in: frozenset[str]
    local_keys: tuple[str, ...]
    created: datetime
    record: DatingRecord | None
    display: Display
    mean: MeanHc | None
    waits: bool
    has_other_answers: bool
    institution: Institution = Institution()
    beside: ReportsBeside = ReportsBeside()
    comment: str = ""

    @classmethod
    def of(  # noqa: PLR0913 - what a report says has as many sources
        cls,
        exam: Examination,
        created: datetime,
        choice: StandardChoice,
        record: DatingRecord | None,
        *,
        display: Display,
        mean: MeanHc | None,
        institution: Institution = Institution(),
        beside: ReportsBeside = ReportsBeside(),
    ) -> Self:
        """Return the facts of a report, from what ``ReportContent`` is made of."""
        as_it_is: dict[str, Any] = {name: getattr(exam, name) for name in _AS_IT_IS}
        accepted, facts = exam.acceptance, exam.facts
        if accepted is not None:
            as_it_is["acceptance"] = replace(accepted, facts=_alone(accepted.facts))
        return cls(
            picture=PictureFacts.of(exam.image),
            **as_it_is,
            standard_key=exam.standard.key,
            default_key=choice.default.key,
            opted_in=choice.opted_in,
            local_keys=tuple(standard.key for standard in choice.local),
            created=created,
            record=record,
            display=display,
            mean=None if mean is None else _naming_nobody(mean),
            waits=accepted is not None and accepted.waits,
            has_other_answers=accepted is not None
            and facts is not None
            and accepted.facts.answers != facts.answers,
            institution=institution,
            beside=beside.about_heads,
        )

    @property
    def standard_keys(self) -> frozenset[str]:
        """The keys of all standards without which the report cannot be made anew."""
        return frozenset((self.standard_key, self.default_key, *self.local_keys))

    def examination(
        self, known: tuple[GrowthStandard, ...], image: UltrasoundImage | None = None
    ) -> Examination:
        """Return the examination anew; without its image, on a black one.

        Raises:
            ValueError: its standard is not among those ``known``.
        """
        as_it_is: dict[str, Any] = {name: getattr(self, name) for name in _AS_IT_IS}
        if self.acceptance is not None:
            as_it_is["acceptance"] = replace(self.acceptance, waits=self.waits)
        if self.has_other_answers:
            # Of herself: enough for it to be another word than the one accepted.
            as_it_is["answers"] = frozenset((Answer(self.patient, self.patient, is_same=False),))
        return Examination(
            image=self.picture.stand_in if image is None else image,
            **as_it_is,
            standard=_known(self.standard_key, known),
        )

    def content(
        self, known: tuple[GrowthStandard, ...], image: UltrasoundImage | None = None
    ) -> ReportContent:
        """Return the report anew, by the way that it was made; without its image, on a black one.

        Raises:
            ValueError: a standard is not among those ``known``.
        """
        return ReportContent.of(self.examination(known, image), **self._told(known))

    def coded(self, known: tuple[GrowthStandard, ...]) -> CodedContent:
        """Return the report for machines anew, in the same way.

        Raises:
            ValueError: a standard is not among those ``known``.
        """
        return CodedContent.of(self.examination(known), **self._told(known))

    def _told(self, known: tuple[GrowthStandard, ...]) -> dict[str, Any]:
        """Return what a report is made of beside its examination."""
        choice = StandardChoice(
            default=_known(self.default_key, known),
            opted_in=self.opted_in,
            local=tuple(_known(key, known) for key in self.local_keys),
        )
        return {
            "now": self.created,
            "choice": choice,
            "record": self.record,
            "display": self.display,
            "mean": self.mean,
            "institution": self.institution,
            "beside": self.beside,
        }


def _alone(facts: Facts) -> Facts:
    return replace(facts, answers=frozenset())


def _naming_nobody(mean: MeanHc) -> MeanHc:
    """Return a mean without what no page of this report says of its other parts."""
    alone = (replace(_alone(part.facts), comment="") for part in mean.parts)
    return MeanHc(
        tuple(replace(part, facts=facts) for part, facts in zip(mean.parts, alone, strict=True))
    )


def _known(key: str, known: tuple[GrowthStandard, ...]) -> GrowthStandard:
    found = standard_with(key, known)
    if found is None:
        raise ValueError(f"no standard {key}")
    return found
