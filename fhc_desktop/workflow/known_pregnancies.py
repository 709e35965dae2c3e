"""KnownPregnancies: what the log knows of the patient on the screen, read when she changes."""

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.pregnancy.pregnancy import Pregnancy
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.workflow.accepting import pregnancies_of


class KnownPregnancies:
    """Reads the log once for each identifier, and again only after ``forget``."""

    def __init__(self, log: MeasurementLog | None) -> None:
        self._log = log
        self._identifier: str | None = None
        self._found: tuple[Pregnancy, ...] = ()

    @property
    def found(self) -> tuple[Pregnancy, ...]:
        return self._found

    def forget(self) -> None:
        """Have the log read at the next look: an image was opened, or an entry was added."""
        self._identifier = None

    def look_up(self, exam: Examination | None) -> FhcError | None:
        """Find the pregnancies of the patient on the screen.

        Returns why the log could not be read, once; until ``forget`` nothing is known then.
        """
        identifier = "" if exam is None else exam.patient.identifier
        if identifier == self._identifier:
            return None
        self._identifier, self._found = identifier, ()
        if exam is None:
            return None
        try:
            self._found = pregnancies_of(exam, self._log)
        except FhcError as problem:
            return problem
        return None
