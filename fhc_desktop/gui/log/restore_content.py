"""What the dialog that restores the log says, from looking for a copy to the end."""

from dataclasses import dataclass
from pathlib import Path

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.storage.log.backups import Backup
from fhc_desktop.storage.log.restoring import Offer

RESTORE, BEGIN = "Restore the log", "Begin an empty log"
_KEPT = "What lies in its place now is set aside and kept; nothing is deleted."


@dataclass(frozen=True, slots=True)
class RestoreContent:
    """A title, what follows, and the step that can be taken; no step while something runs."""

    title: str
    words: str
    step: str = ""
    is_problem: bool = False


LOOKING = RestoreContent(
    "Looking at the measurement log …", "Every record is read, and backups if it needs one."
)


def whole(backups: tuple[Backup, ...]) -> RestoreContent:
    """Return what is said of a log that needs no restoring."""
    newest = (
        f"The newest of {len(backups)} backups is of {backups[0].made_at:%Y-%m-%d %H:%M} UTC."
        if backups
        else "There is no backup yet: one is made when the program closes."
    )
    return RestoreContent(
        "The measurement log is whole",
        f"{newest} To put one of them in its place all the same, close the program and run "
        "“fhc-desktop log backups”, then “fhc-desktop log restore BACKUP”.",
    )


def found(objection: FhcError, offer: Offer | None) -> RestoreContent:
    """Return what can be done: the best copy, or an empty log where there is none."""
    if offer is None:
        words = (
            "No sound copy of it was found in the program’s backups. If you have a backup of the "
            "data folder elsewhere, have it put back first. An empty log can be begun instead: "
            "the old one is set aside and kept."
        )
        return RestoreContent(objection.problem, words, BEGIN, is_problem=True)
    words = f"{offer.sentence} {_KEPT}"
    return RestoreContent(objection.problem, words, RESTORE, is_problem=True)


def at_work(before: RestoreContent) -> RestoreContent:
    return RestoreContent(before.title, "At work …", is_problem=before.is_problem)


def done(step: str, set_aside: tuple[Path, ...]) -> RestoreContent:
    """Return what was done, and the names under which the old files are kept."""
    title = "The measurement log was restored" if step == RESTORE else "An empty log was begun"
    names = ", ".join(path.name for path in set_aside)
    kept = f" What lay in its place is kept as {names}." if names else ""
    return RestoreContent(title, f"It is used from now on.{kept}")


def failed(fault: FhcError, step: str) -> RestoreContent:
    return RestoreContent(fault.problem, fault.remedy, step, is_problem=True)
