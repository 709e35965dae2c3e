"""Which standards stand side by side, and where they call one head differently."""

from collections.abc import Collection, Mapping, Sequence

from fhc_desktop.domain.growth.assessment import (
    CUTS,
    GrowthOutcome,
    GrowthStandard,
    ordinal,
    percentile_bounds,
)


def disagreements(
    outcomes: Mapping[str, GrowthOutcome], standards: Sequence[GrowthStandard]
) -> tuple[str, ...]:
    """Return a sentence for each of the 3rd, 10th, 90th and 97th that divides the standards.

    A standard without a place, or one whose outermost percentile leaves the side open, has no
    voice.
    """
    found = []
    for cut in CUTS:
        sides = {s.name: _is_below(outcomes[s.key], cut) for s in standards if s.key in outcomes}
        below = [name for name, is_below in sides.items() if is_below]
        others = [name for name, is_below in sides.items() if is_below is False]
        if below and others:
            found.append(
                f"The standards differ at the {ordinal(cut)} percentile: below it by "
                f"{'; '.join(below)}. Not below it by {'; '.join(others)}."
            )
    return tuple(found)


def shown_standards(
    standards: Sequence[GrowthStandard],
    chosen: GrowthStandard,
    opted_in: Collection[str] = frozenset(),
) -> tuple[GrowthStandard, ...]:
    """Return the standards without those that are shown only where somebody asked for them.

    ``opted_in`` are the keys of those that she asked for.
    """
    asked_for = {chosen.key, *opted_in}
    return tuple(s for s in standards if not s.is_opt_in or s.key in asked_for)


def _is_below(outcome: GrowthOutcome, cut: float) -> bool | None:
    bounds = percentile_bounds(outcome)
    if bounds is None:
        return None
    low, high = bounds
    if high < cut or low < high == cut:
        return True
    return False if low >= cut else None
