"""What the start page offers to go on with."""

from dataclasses import dataclass, replace

from fhc_desktop.domain.examination.draft import Draft, Progress
from fhc_desktop.gui.examination.repeat_content import local_text

_HIDDEN_PATIENT = "Patient and file hidden"


@dataclass(frozen=True, slots=True)
class UnfinishedRow:
    """One examination that can be gone on with; its place in the list tells which."""

    who: str
    file: str
    state: str
    changed: str
    is_warning: bool = False

    @classmethod
    def of(cls, draft: Draft) -> "UnfinishedRow":
        frame = draft.picture.frame
        place = f", frame {frame}" if frame > 1 else ""
        is_not_logged = draft.progress is Progress.NOT_LOGGED
        return cls(
            who=draft.present.patient.banner,
            file=f"{draft.path.name}{place}",
            state="accepted, NOT LOGGED" if is_not_logged else _state(draft),
            changed=local_text(draft.changed_at),
            is_warning=is_not_logged,
        )

    @property
    def text(self) -> str:
        return "  ·  ".join(
            part for part in (self.who, self.file, self.state, self.changed) if part
        )

    @property
    def deidentified(self) -> "UnfinishedRow":
        """The same without the day, which may tell whose it is."""
        return replace(self, who=_HIDDEN_PATIENT, file="", changed="")


@dataclass(frozen=True, slots=True)
class StartContent:
    """The unfinished examinations, the latest first; none may be deleted that cannot be read."""

    rows: tuple[UnfinishedRow, ...] = ()
    can_delete: bool = True

    @classmethod
    def of(cls, unfinished: tuple[Draft, ...]) -> "StartContent":
        return cls(tuple(UnfinishedRow.of(draft) for draft in unfinished))

    @property
    def title(self) -> str:
        if not self.rows:
            return ""
        return f"{len(self.rows)} unfinished examination{'' if len(self.rows) == 1 else 's'}"

    @property
    def deidentified(self) -> "StartContent":
        return replace(self, rows=tuple(row.deidentified for row in self.rows), can_delete=False)


def _state(draft: Draft) -> str:
    if draft.acceptance is not None or draft.supersedes is not None:
        return "changed since it was accepted"
    return "second reading, not accepted" if draft.present.is_second_reading else "not accepted"
