"""One line of the measurement log: the raw facts of an accepted outline."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import fhc_desktop
from fhc_desktop.domain.examination.examination import Examination, Facts
from fhc_desktop.domain.examination.outline_origin import OutlineOrigin, outline_origin
from fhc_desktop.domain.growth.assessment import GrowthAssessment
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination, SaidThen
from fhc_desktop.storage.log.circumstances import Circumstances
from fhc_desktop.storage.log.recorded_proposal import RecordedProposal

_UNKNOWN = Circumstances()


@dataclass(frozen=True, slots=True)
class RecordedImage:
    """Which picture it was; ``sha256`` is that of the whole file, ``frame`` counts from 1.

    ``pixels_sha256`` is that of the picture itself, whatever file it lies in; empty in entries
    from before it was kept.
    """

    path: Path
    sha256: str
    frame: int = 1
    pixels_sha256: str = ""

    @classmethod
    def of(cls, image: UltrasoundImage) -> "RecordedImage":
        """Return the record of an image, which leads back to it from wherever one starts next."""
        source = image.source
        return cls(source.path.absolute(), source.sha256, source.frame, image.pixels_sha256)

    def shows_same(self, other: "RecordedImage") -> bool:
        """Return whether two records are of one picture.

        Of one file by its frame, since a scan may stand still; otherwise by the pixels, which a
        copy, another name or a header written anew leave as they are.
        """
        if self.sha256 == other.sha256:
            return self.frame == other.frame
        return bool(self.pixels_sha256) and self.pixels_sha256 == other.pixels_sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """What was accepted, as it was at that moment; never computed anew from today's program.

    A scale that holds by a user's word holds by that of the ``operator`` who accepted it.
    ``proposal`` is None where no model was asked. ``superseded_by`` is no part of the record: the
    log fills it in when it reads an entry that a later one corrects.

    Raises:
        ValueError: ``created_at`` is not in UTC, or there are millimetres without a scale or a
            scale without millimetres.
    """

    entry_id: str
    supersedes: str | None
    created_at: datetime
    operator: str
    image: RecordedImage
    facts: Facts
    proposal: RecordedProposal | None
    said: SaidThen
    software_version: str
    circumstances: Circumstances = _UNKNOWN
    superseded_by: str | None = None

    def __post_init__(self) -> None:
        if self.created_at.utcoffset() != timedelta(0):
            raise ValueError(f"not a time in UTC: {self.created_at}")
        if (self.facts.calibration is None) != (self.said.hc_mm is None):
            raise ValueError(f"half a calibration: {self.facts.calibration}, {self.said}")

    @classmethod
    def of(
        cls,
        exam: Examination,
        *,
        operator: str,
        now: datetime,
        supersedes: str | None = None,
        display: Display = Display(),
        correction_reason: str = "",
    ) -> "LogEntry":
        """Return the entry for an examination with an outline; ``now`` is in UTC.

        ``correction_reason`` is kept where a row is corrected.
        """
        vouched = exam.facts
        if vouched is None:
            raise ValueError("an examination without an outline has nothing to record")
        return cls(
            entry_id=uuid4().hex,
            supersedes=supersedes,
            created_at=now,
            operator=operator,
            image=RecordedImage.of(exam.image),
            facts=vouched.by_the_word_of(operator),
            proposal=RecordedProposal.of(exam),
            said=_said(exam, vouched),
            software_version=fhc_desktop.__version__,
            circumstances=Circumstances.of(
                exam,
                now=now,
                display=display,
                correction_reason="" if supersedes is None else correction_reason,
            ),
        )

    @property
    def origin(self) -> OutlineOrigin:
        """Whose the accepted outline is."""
        offered = None if self.proposal is None else self.proposal.said.offered_outline_px
        return outline_origin(self.facts.outline_px, offered)

    @property
    def recorded(self) -> RecordedExamination:
        """The entry as the domain knows it: without its image and its file."""
        interval_mm = None if self.proposal is None else self.proposal.interval_mm
        return RecordedExamination(
            entry_id=self.entry_id,
            accepted_at=self.created_at,
            operator=self.operator,
            facts=self.facts,
            said=self.said,
            hc_interval_mm=interval_mm if self.origin.is_models_own else None,
            origin=self.origin,
            is_superseded=self.superseded_by is not None,
            superseded_by=self.superseded_by,
        )


def _said(exam: Examination, vouched: Facts) -> SaidThen:
    measured, assessed = exam.measurement, exam.assessment
    place = assessed if isinstance(assessed, GrowthAssessment) else None
    return SaidThen(
        hc_px=vouched.outline_px.perimeter,
        hc_mm=None if measured is None else measured.hc_mm,
        z=None if place is None else place.z,
        percentile=None if place is None else place.percentile,
    )
