"""Sections: which part of the side panel is unfolded, and what unfolds one by itself."""

from dataclasses import dataclass, replace
from enum import Enum


class Section(Enum):
    """A part that opens in place, by its key."""

    PATIENT = "F4"
    CALIBRATION = "F6"
    STANDARDS = "F7"


class Need(Enum):
    """What a section is opened for: the most urgent first."""

    QUESTION = "who she is, what holds of file and entry, or why her dating changes"
    SCALE = "no millimetre without it"
    DATING = "no percentile without it"

    @property
    def section(self) -> Section:
        return Section.CALIBRATION if self is Need.SCALE else Section.PATIENT


@dataclass(frozen=True, slots=True)
class Sections:
    """The section that is open, and the one that is open where nothing is needed.

    ``keeps_standards`` is her habit, which outlives this run. ``needs`` are those that were met
    already: what she folded away is not opened again for them. ``waiting`` are those that came
    under a hand that typed.
    """

    open: Section | None = None
    usual: Section | None = None
    keeps_standards: bool = False
    needs: frozenset[Need] = frozenset()
    waiting: frozenset[Need] = frozenset()

    @classmethod
    def begun(cls, *, keeps_standards: bool) -> "Sections":
        usual = Section.STANDARDS if keeps_standards else None
        return cls(usual, usual, keeps_standards)

    def met(
        self, needs: frozenset[Need], *, is_another_image: bool, is_typed_in: bool
    ) -> "Sections":
        """Return them where an image needs something; under a hand that types nothing changes.

        What is needed then is met once the hand has left, unless it opens or folds a section.
        """
        if is_typed_in:
            met_before = frozenset() if is_another_image else self.needs & needs
            return replace(self, needs=met_before, waiting=needs - met_before)
        fresh = needs if is_another_image else needs - self.needs
        if fresh:
            opened: Section | None = _most_urgent(fresh)
        else:
            opened = self.usual if is_another_image else self._after(needs)
        return replace(self, open=opened, needs=needs, waiting=frozenset())

    def toggled(self, section: Section) -> "Sections":
        """Return them with a section opened by her, or folded where it is open."""
        return self.folded() if section is self.open else self.opened(section)

    def opened(self, section: Section) -> "Sections":
        """Return them with a section that she opened: it stays, with the next image too."""
        keeps = self.keeps_standards or section is Section.STANDARDS
        return replace(self._answered, open=section, usual=section, keeps_standards=keeps)

    def led_to(self, section: Section) -> "Sections":
        """Return them with a section open in which something has to be done first."""
        return replace(self, open=section)

    def folded(self) -> "Sections":
        """Return them with none open; what she folds is not open with the next image either."""
        keeps = self.keeps_standards and self.open is not Section.STANDARDS
        usual = Section.STANDARDS if keeps else None
        return replace(self._answered, open=None, usual=usual, keeps_standards=keeps)

    @property
    def _answered(self) -> "Sections":
        """Where she herself opens or folds, nothing opens behind her hand."""
        return replace(self, needs=self.needs | self.waiting, waiting=frozenset())

    def _after(self, needs: frozenset[Need]) -> Section | None:
        """Return what is open once a need has gone: what is needed next, else what is open."""
        gone = {need.section for need in self.needs - needs}
        still = {need.section for need in needs}
        if needs and self.open in gone - still:
            return _most_urgent(needs)
        return self.open


def _most_urgent(needs: frozenset[Need]) -> Section:
    return next(need for need in Need if need in needs).section
