"""What the log has of one patient: her entries and the pregnancies that they make up."""

from collections.abc import Sequence
from dataclasses import dataclass

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.identity_standing import (
    IdentityStanding,
    identity_standing,
    standing_of_row,
)
from fhc_desktop.domain.pregnancy.pregnancy import Pregnancy, pregnancies
from fhc_desktop.gui.widgets.note_page import Note, not_logging
from fhc_desktop.storage.log.measurement_log import LogEntry, LogUnavailable, MeasurementLog

TRY_AGAIN = "Try again"
NO_IDENTIFIER = Note(
    "No patient identifier",
    "Examinations join one patient only on an equal identifier: a name alone may be another "
    "woman’s.\nOpen the image, enter the identifier under “Patient and dating” and accept again.",
)
NOTHING_LOGGED = Note(
    "No examinations of this patient yet",
    "Look at the outline and press Enter to accept it.\n"
    "It then stands here, and the next one will show the change.",
)


NOT_SETTLED = Note(
    "It is open whose examinations these are",
    "The log has this identifier, and nobody has said whether it is the same woman.\n"
    "Answer the question under “Patient and dating”.",
)


@dataclass(frozen=True, slots=True)
class Whose:
    """Which of the women of one identifier: the patient on the screen, else that of an entry.

    Without either it is the woman of the newest entry.
    """

    exam: Examination | None = None
    entry_id: str | None = None


OF_THE_NEWEST = Whose()


@dataclass(frozen=True, slots=True)
class PatientCourse:
    """The pregnancies of a patient, the newest first, and the entries they rest on.

    ``not_drawn`` are whoever else goes by her identifier, or may be she.
    """

    entries: dict[str, LogEntry]
    pregnancies: tuple[Pregnancy, ...]
    not_drawn: tuple[Patient, ...] = ()

    @property
    def patient(self) -> Patient:
        """As the newest entry names her."""
        newest = max(self.entries.values(), key=lambda entry: entry.created_at)
        return newest.facts.patient


def read_patient_course(
    log: MeasurementLog | FhcError, identifier: str, *, whose: Whose = OF_THE_NEWEST
) -> PatientCourse | Note:
    """Return what the log has of a woman, or the note that says why there is nothing.

    In the place of a log there may be what keeps it from being there.
    """
    if isinstance(log, FhcError):
        return not_logging(log)
    if not identifier:
        return NO_IDENTIFIER
    try:
        entries = log.entries_of(identifier)
    except LogUnavailable as fault:
        return Note(fault.problem, fault.remedy, TRY_AGAIN, is_error=True)
    if not entries:
        return NOTHING_LOGGED
    standing = _standing(whose, entries)
    if not standing.examinations:
        return NOTHING_LOGGED if standing.question is None else NOT_SETTLED
    hers = {one.entry_id for one in standing.examinations}
    asked = () if standing.question is None else (standing.question.shown,)
    return PatientCourse(
        {entry.entry_id: entry for entry in entries if entry.entry_id in hers},
        pregnancies(standing.examinations)[::-1],
        (*standing.others, *asked),
    )


def _standing(whose: Whose, entries: Sequence[LogEntry]) -> IdentityStanding:
    rows = [entry.recorded for entry in entries]
    if whose.exam is not None:
        return identity_standing(whose.exam, rows)
    chosen = next((row for row in rows if row.entry_id == whose.entry_id), rows[-1])
    return standing_of_row(chosen.entry_id, rows)
