"""What the window says of a report that was dropped on it: agrees or not, and what is shown."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fhc_desktop.workflow.reopening import CheckedReport, Shown

if TYPE_CHECKING:
    # With libraries of pages and fonts: the window is there sooner without them.
    from fhc_desktop.reporting.proof.verdict import Verdict

AS_LOGGED = "Its measurement is shown as it is logged here."
AS_REPORTED = "Its measurement is shown as in the report; it is not accepted here."
OTHER_ROW = "Its picture is shown as it is logged here, which is another measurement."
AS_LEFT = (
    "Its outline is shown as one drawn by hand, on the scale of the image’s own file, and nobody "
    "here accepted it."
)
BARE = "Its picture is shown without what the report says of it."
UNFINISHED = "Its picture is shown with your unfinished work on it."
NAMELESS_GOOD = "The report was checked: each statement agrees."
NAMELESS_LEFT = "The report was checked: what is left of it agrees; it is not signed."
NAMELESS_UNSIGNED = "The report was checked: each statement agrees; it is not signed."
_FEW = 1


@dataclass(frozen=True, slots=True)
class CheckContent:
    """``words`` are for the message, ``details`` all that was found, a sentence each.

    ``nameless`` stands for the words where names must not be seen, and nothing contradicts itself.
    ``gaps`` could not be asked. ``wants_image``: an image was not found and can be asked for.
    """

    words: str
    nameless: str
    is_good: bool
    faults: tuple[str, ...]
    gaps: tuple[str, ...]
    remarks: tuple[str, ...]
    headline: str
    wants_image: bool

    @classmethod
    def of(
        cls, checked: CheckedReport, shown: Shown | None = None, *, has_work: bool = False
    ) -> "CheckContent":
        """Return what is said; ``shown`` is None where no picture of it was found.

        ``has_work``: somebody is not done with that picture, and that is what is shown.
        """
        said = checked.verdict
        parts = [f"{checked.path.name}: {_first_lower(said.headline)}", *said.faults[:_FEW]]
        if len(said.faults) > _FEW:
            parts.append(f"There is more: {len(said.faults)} things do not agree.")
        if checked.missing:
            parts.append(_missing(checked.missing))
        if shown is not None:
            parts.append(_shown_words(shown, said, has_work=has_work))
        if not said.faults:
            parts += said.gaps  # last, since the end of a long message is cut
        return cls(
            words=" ".join(parts),
            nameless=_nameless(said),
            is_good=said.is_good,
            faults=said.faults,
            gaps=said.gaps,
            remarks=said.remarks,
            headline=said.headline,
            wants_image=bool(checked.missing),
        )


def _nameless(said: "Verdict") -> str:
    if said.gaps:
        return NAMELESS_LEFT
    return NAMELESS_GOOD if said.has_seal else NAMELESS_UNSIGNED


def _shown_words(shown: Shown, said: "Verdict", *, has_work: bool) -> str:
    if shown is Shown.ROW:
        return AS_LOGGED
    if has_work:
        return UNFINISHED
    if shown is Shown.OTHER_ROW:
        return OTHER_ROW
    if said.is_contradictory:
        return BARE
    return AS_LEFT if said.gaps else AS_REPORTED


def _missing(names: tuple[str, ...]) -> str:
    if len(names) == 1:
        return f"Its image {names[0]} was not found: find it to compare it too."
    return f"Not found of its images: {', '.join(names)}. Find one to compare it too."


def _first_lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
