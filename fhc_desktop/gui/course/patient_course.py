"""What the log has of one patient: her entries and the pregnancies that they make up."""

from dataclasses import dataclass

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.patient import Patient
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


@dataclass(frozen=True, slots=True)
class PatientCourse:
    """The pregnancies of a patient, the newest first, and the entries they rest on."""

    entries: dict[str, LogEntry]
    pregnancies: tuple[Pregnancy, ...]

    @property
    def patient(self) -> Patient:
        """As the newest entry names her."""
        newest = max(self.entries.values(), key=lambda entry: entry.created_at)
        return newest.facts.patient


def read_patient_course(
    log: MeasurementLog | None, identifier: str, *, objection: FhcError | None
) -> PatientCourse | Note:
    """Return what the log has of an identifier, or the note that says why there is nothing.

    ``objection`` says why there is no log, where ``log`` is None.
    """
    if log is None:
        return not_logging(objection)
    if not identifier:
        return NO_IDENTIFIER
    try:
        entries = log.entries_of(identifier)
    except LogUnavailable as fault:
        return Note(fault.problem, fault.remedy, TRY_AGAIN, is_error=True)
    if not entries:
        return NOTHING_LOGGED
    known = pregnancies(entry.recorded for entry in entries)
    return PatientCourse({entry.entry_id: entry for entry in entries}, known[::-1])
