"""Read a study: open the picture of a place in a list, and keep what its reader says."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

import fhc_desktop
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.image.calibration import Calibration
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.reader_study.read import (
    Read,
    UnfinishedRead,
    next_place,
    own_reads,
    reads_in_force,
)
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.storage.reader_study.reads_file import (
    KeptReads,
    add_read,
    keep_unfinished,
    kept_reads,
    kept_unfinished,
)
from fhc_desktop.storage.reader_study.study_folder import StudyFolder
from fhc_desktop.workflow.examining import examine
from fhc_desktop.workflow.proposing import Proposer


class AlteredPicture(FhcError):  # noqa: N818 - named for what the user meets
    """A picture of a study that is not the one that was put into it."""


@dataclass(frozen=True, slots=True)
class OpenedPlace:
    """A place of a list with its picture; the examination tells nothing of the patient.

    ``before`` is what the reader said of this place earlier, None where she has not.
    """

    place: int
    code: str
    exam: Examination
    opened_at: datetime
    before: Read | None = None


class ReadingDesk:
    """What one reader does in one study. Any thread may ask; all but ``begin`` wait for the disk.

    ``now`` is in UTC.
    """

    def __init__(
        self,
        folder: StudyFolder,
        reader: str,
        proposer: Proposer,
        readers: Readers,
        now: Callable[[], datetime],
    ) -> None:
        self.codes = folder.study.codes_of(reader)
        self.plan = folder.study.plan
        self.reader = reader
        self._folder = folder
        self._proposer = proposer
        self._readers = readers
        self._now = now
        self._begun: dict[int, Ellipse | None] | None = None
        self._on_disk: tuple[UnfinishedRead, ...] = ()
        self._remembering, self._writing = Lock(), Lock()

    def kept(self) -> KeptReads:
        """Return what the reader has said so far.

        Raises:
            ReadsUnavailable: her file cannot be read.
        """
        return kept_reads(self._folder.reads_path(self.reader))

    def next_place(self) -> int | None:
        """Return the place to go on from; None where all is read.

        Raises:
            ReadsUnavailable: her file cannot be read.
        """
        return next_place(self._folder.study, self.reader, self.kept().reads)

    def open(self, place: int) -> OpenedPlace:
        """Open the picture of a place, with the model's outline where the study shows it.

        Raises:
            AlteredPicture: its copy is not what it was when the study was made.
            FhcError: it cannot be read, or the model cannot be used.
        """
        code = self.codes[place - 1]
        exam = examine(self._folder.picture_path(code), self._readers)
        if exam.image.source.sha256 != self._folder.study.picture(code).sha256:
            raise AlteredPicture(
                f"The picture of place {place} is not the one that was put into the study.",
                "Take the study as it was made, from a copy.",
            )
        exam = _unnamed(exam)
        if self.plan.is_proposal_shown:
            exam = exam.with_proposal(self._proposer.propose(exam.image))
        own = own_reads(self._folder.study, self.reader, self.kept().reads)
        before = reads_in_force(own).get(place)
        if before is not None:
            exam = exam.with_outline(before.outline_px)
        begun = self._all_begun()
        if place in begun:
            exam = exam.with_outline(begun[place])
        return OpenedPlace(place, code, exam, self._now(), before)

    def begin(self, place: int, outline_px: Ellipse | None) -> None:
        """Remember an outline that is not accepted, to be found again at its place."""
        begun = self._all_begun()
        with self._remembering:
            begun[place] = outline_px

    def write_begun(self) -> None:
        """Have the disk hold all that is begun, as it is now.

        Raises:
            ReadsUnavailable: it could not be stored.
        """
        begun = self._all_begun()
        with self._writing:
            with self._remembering:
                present = tuple(UnfinishedRead(place, px) for place, px in begun.items())
            if present != self._on_disk:
                keep_unfinished(self._folder.unfinished_path(self.reader), present)
                self._on_disk = present

    def keep(self, opened: OpenedPlace, outline_px: Ellipse | None) -> Read:
        """Keep what the reader says of a picture; None: nothing in it can be measured.

        Raises:
            ReadsUnavailable: it could not be stored.
        """
        exam, now = opened.exam.with_outline(outline_px), self._now()
        scale, shown = exam.calibration, exam.proposal
        read = Read(
            reader=self.reader,
            place=opened.place,
            picture=opened.code,
            picture_sha256=exam.image.source.sha256,
            read_at=now,
            seconds=max(0.0, (now - opened.opened_at).total_seconds()),
            outline_px=outline_px,
            calibration=scale if isinstance(scale, Calibration) else None,
            said=None if shown is None else shown.offered_outline_px,
            is_proposal_shown=self.plan.is_proposal_shown,
            are_numbers_shown=self.plan.are_numbers_shown,
            list_sha256=self._folder.sha256,
            software_version=fhc_desktop.__version__,
        )
        add_read(self._folder.reads_path(self.reader), read)
        begun = self._all_begun()
        with self._remembering:
            begun.pop(opened.place, None)
        # Where this cannot be written the read is kept all the same.
        with suppress(FhcError):
            self.write_begun()
        return read

    def _all_begun(self) -> dict[int, Ellipse | None]:
        with self._remembering:
            if self._begun is None:
                self._on_disk = kept_unfinished(self._folder.unfinished_path(self.reader))
                self._begun = {one.place: one.outline_px for one in self._on_disk}
            return self._begun


def _unnamed(exam: Examination) -> Examination:
    """Return an examination of the picture and its scale alone: a reader sees no patient."""
    return Examination(
        image=exam.image,
        file_calibration=exam.file_calibration,
        patient=Patient(),
        scan_arc=exam.scan_arc,
    )
