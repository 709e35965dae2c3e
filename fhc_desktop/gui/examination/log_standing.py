"""LogStanding: whether what is accepted gets into the log, as one value."""

from dataclasses import dataclass, replace

from fhc_desktop.domain.errors import FhcError

_SEPARATOR = "   ·   "


@dataclass(frozen=True, slots=True)
class LogStanding:
    """The log as it stands, how many rows wait for it, and how many could be kept nowhere.

    While it is opened it is neither open nor is there a problem. ``why`` is what keeps rows
    waiting, ``warning`` what may harm a log that is well, ``remark`` what is good to know of it.
    """

    is_open: bool = False
    problem: FhcError | None = None
    waiting: int = 0
    why: FhcError | None = None
    not_logged: int = 0
    warning: FhcError | None = None
    remark: str = ""

    @property
    def is_warning(self) -> bool:
        return bool(self._faults)

    @property
    def has_left(self) -> bool:
        """Whether something was accepted and is not in the log."""
        return bool(self.not_logged or self.waiting)

    @property
    def words(self) -> str:
        well = "Log ready" if self.is_open else "Opening the log …"
        said = (*(self._faults or (well,)), self.remark)
        return _SEPARATOR.join(part for part in said if part)

    @property
    def remedies(self) -> str:
        """What to do about all of it; empty where there is nothing to do."""
        told = [one for one in (self.problem, self.why, self.warning) if one]
        return "\n".join(dict.fromkeys(one.remedy for one in told))

    @property
    def deidentified(self) -> "LogStanding":
        """The same without what may name a file: the reason of a row that waits."""
        return replace(self, why=None)

    @property
    def _faults(self) -> tuple[str, ...]:
        lost = f"{self.not_logged} accepted, NOT LOGGED" if self.not_logged else ""
        shut = "" if self.problem is None else f"NOT LOGGING: {self.problem.problem}"
        doubt = "" if self.warning is None else self.warning.problem
        return tuple(said for said in (lost, self._waiting_words, shut, doubt) if said)

    @property
    def _waiting_words(self) -> str:
        count, why = self.waiting, self.why
        if not count:
            return "" if why is None else why.problem
        waits = "measurement waits" if count == 1 else "measurements wait"
        # The reason is said once: where there is no log, that is the reason.
        reason = "" if why is None or self.problem is not None else f": {why.problem}"
        return f"{count} {waits} to be logged{reason}"
