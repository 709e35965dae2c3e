"""Which fetus of a pregnancy was measured."""

from dataclasses import dataclass

FETUS_LABELS = ("A", "B", "C", "D", "E", "F")


@dataclass(frozen=True, slots=True)
class Fetus:
    """A fetus by its letter, and where it lay, in the sonographer's own words.

    ``label`` is empty in a pregnancy with one fetus. Fetuses are told apart by it alone: a
    position changes from one examination to the next.

    Raises:
        ValueError: a label that is no letter from A to F.
    """

    label: str = ""
    position: str = ""

    def __post_init__(self) -> None:
        if self.label and self.label not in FETUS_LABELS:
            raise ValueError(f"not a fetus: {self.label}")

    @property
    def text(self) -> str:
        """What stands beside the patient's name: Fetus A, left; empty for one fetus alone."""
        named = f"Fetus {self.label}" if self.label else ""
        return ", ".join(part for part in (named, self.position) if part)
