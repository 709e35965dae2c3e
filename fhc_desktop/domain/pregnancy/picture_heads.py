"""Whether two outlines on one picture lie round one head, and which head comes next."""

from collections.abc import Sequence

from fhc_desktop.domain.examination.examination import Examination, Facts
from fhc_desktop.domain.examination.proposal import Proposal
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.geometry import Ellipse


def is_another_head(proposal: Proposal | None, one: Ellipse, other: Ellipse) -> bool:
    """Return whether two outlines lie round two heads.

    By the model's word where it found several and each outline lies round one of them; otherwise
    where neither has the other's centre within it.
    """
    by_model = is_another_proposed_head(proposal, one, other)
    return _are_apart(one, other) if by_model is None else by_model


def is_another_proposed_head(
    proposal: Proposal | None, one: Ellipse | None, other: Ellipse | None
) -> bool | None:
    """Return whether two outlines lie round two of several proposed heads; None: nobody said."""
    if proposal is None:
        return None
    numbers = proposal.number_of(one), proposal.number_of(other)
    return None if None in numbers else numbers[0] != numbers[1]


def is_other_fetus(exam: Examination, accepted: Facts) -> bool:
    """Return whether what was accepted on a picture is of another fetus than what is shown of it.

    A letter alone may be mended, and so may an outline: it takes another letter and another head.
    """
    if exam.outline_px is None or not have_two_letters(exam.fetus, accepted.fetus):
        return False
    return is_another_head(exam.proposal, exam.outline_px, accepted.outline_px)


def have_two_letters(one: Fetus, other: Fetus) -> bool:
    """Return whether both fetuses are named, by two letters."""
    return bool(one.label and other.label) and one.label != other.label


def head_after(exam: Examination, accepted: Sequence[Facts]) -> Ellipse | None:
    """Return the outline of the next head to the right; after the last the first, if any.

    Where the model's word on several heads is not at hand (a row keeps what it said of one), the
    heads are those that were accepted, and the one on the screen.
    """
    said, shown_px = exam.proposal, exam.outline_px
    if said is not None and said.heads:
        return said.head_after(shown_px)
    others = [
        one.outline_px
        for one in accepted
        if shown_px is None or is_another_head(said, shown_px, one.outline_px)
    ]
    others.sort(key=lambda outline_px: outline_px.center_x)
    if shown_px is None or not others:
        return others[0] if others else None
    right_of_it = (one for one in others if one.center_x > shown_px.center_x)
    return next(right_of_it, others[0])


def _are_apart(one: Ellipse, other: Ellipse) -> bool:
    return not one.contains(other.center) and not other.contains(one.center)
