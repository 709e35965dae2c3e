"""Which growth standards a user has, sees, and judges a new image by."""

from dataclasses import dataclass

from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.side_by_side import shown_standards
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, STANDARDS, standard_with


@dataclass(frozen=True, slots=True)
class StandardChoice:
    """The user's word on standards; ``default`` judges each image that is opened next.

    ``opted_in`` are the keys of the opt-in standards that she asked for herself; ``local`` are
    the charts of her clinic, each with a key of its own.
    """

    default: GrowthStandard = INTERGROWTH_21ST
    opted_in: frozenset[str] = frozenset()
    local: tuple[GrowthStandard, ...] = ()

    @property
    def known(self) -> tuple[GrowthStandard, ...]:
        """All standards, whether they are shown or not."""
        return (*STANDARDS, *self.local)

    def with_key(self, key: str) -> GrowthStandard | None:
        return standard_with(key, self.known)

    def shown(self, in_force: GrowthStandard) -> tuple[GrowthStandard, ...]:
        """Return what stands side by side; what is in force is always among it."""
        found = shown_standards(self.known, in_force, self.opted_in)
        is_there = any(standard.key == in_force.key for standard in found)
        return found if is_there else (*found, in_force)
