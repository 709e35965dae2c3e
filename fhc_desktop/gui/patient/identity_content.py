"""What the window asks and says of whom the log has under the patient's identifier."""

from dataclasses import dataclass

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.pregnancy.identity_standing import NOBODY_KNOWN, IdentityStanding


@dataclass(frozen=True, slots=True)
class IdentityContent:
    """A question, empty where nothing is open, and what is settled.

    ``is_answered``: it was settled on this image, and can be asked again.
    """

    question: str = ""
    said: tuple[str, ...] = ()
    is_answered: bool = False

    @classmethod
    def of(cls, exam: Examination, standing: IdentityStanding = NOBODY_KNOWN) -> "IdentityContent":
        answers = exam.answers_in_force
        same = sorted(one.logged.words for one in answers if one.is_same)
        others = (*standing.others, *(one.logged for one in answers if not one.is_same))
        apart = sorted({one.words for one in others})
        return cls(
            "" if standing.question is None else standing.question.sentence,
            (
                *(f"Same woman in the log: {words}." for words in same),
                *(f"Another woman in the log with this identifier: {words}." for words in apart),
            ),
            is_answered=bool(answers),
        )
