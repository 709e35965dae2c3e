"""fhc-desktop growth: age and percentiles of a head without its image."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fhc_desktop.commands.pregnancy_options import (
    UNDATED,
    add_dating_arguments,
    add_standard_arguments,
    dating_misuse,
    dating_of,
    number_within,
    standards_of,
)
from fhc_desktop.commands.standard_output import print_text
from fhc_desktop.domain.dating.gestation import (
    Dating,
    GestationalAge,
    NoAge,
    edd_by,
    gestational_age,
)
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.growth.assessment import (
    BeyondPercentiles,
    Dimension,
    GrowthAssessment,
    GrowthOutcome,
    GrowthStandard,
    NotAssessed,
    assess_bpd,
    assess_growth,
    percentile_text,
)
from fhc_desktop.domain.growth.bpd import BiparietalDiameter, BpdConvention
from fhc_desktop.domain.growth.flags import growth_flags
from fhc_desktop.domain.growth.redating import disagreement_by_hc
from fhc_desktop.domain.growth.side_by_side import disagreements, shown_standards
from fhc_desktop.domain.growth.ultrasound_age import (
    HADLOCK_KEY,
    NEVER_REDATES,
    UltrasoundAge,
    ages_by_hc,
    hadlock_age_with_bpd,
)
from fhc_desktop.domain.image.measurement import PLAUSIBLE_HC_MM
from fhc_desktop.reporting.batch.growth_objects import age_object, growth_object
from fhc_desktop.reporting.content.numbers import format_z

DONE, FAILED, WRONG_USE = 0, 1, 2
PLAUSIBLE_BPD_MM = (10.0, 130.0)


@dataclass(frozen=True, slots=True)
class Head:
    """What was given; ``age`` says why where there is none."""

    hc_mm: float
    bpd: BiparietalDiameter | None
    dating: Dating | None
    age: GestationalAge | NoAge
    standards: tuple[GrowthStandard, ...]
    chosen: GrowthStandard

    def on_each(
        self, assess: Callable[[GestationalAge, GrowthStandard], GrowthOutcome]
    ) -> dict[str, GrowthOutcome]:
        """Return what each standard says, by its key."""
        if isinstance(self.age, NoAge):
            return {standard.key: NotAssessed(self.age.reason) for standard in self.standards}
        return {standard.key: assess(self.age, standard) for standard in self.standards}

    @property
    def hc_outcomes(self) -> dict[str, GrowthOutcome]:
        return self.on_each(lambda age, standard: assess_growth(self.hc_mm, age, standard))

    @property
    def bpd_outcomes(self) -> dict[str, GrowthOutcome]:
        """What each standard says of the BPD; empty without one."""
        bpd = self.bpd
        if bpd is None:
            return {}
        return self.on_each(lambda age, standard: assess_bpd(bpd, age, standard))

    @property
    def age_by_bpd(self) -> UltrasoundAge | NotAssessed | None:
        return None if self.bpd is None else hadlock_age_with_bpd(self.hc_mm, self.bpd)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``growth`` takes; every mistake in it ends with status 2."""
    parser.add_argument("--hc", type=_hc_mm, required=True, metavar="MM", help="circumference")
    parser.add_argument("--bpd", type=_bpd_mm, metavar="MM", help="biparietal diameter")
    parser.add_argument(
        "--bpd-from",
        choices=[convention.value for convention in BpdConvention],
        default=BpdConvention.OUTER_OUTER.value,
        help="borders between which --bpd was measured; default: outer-outer",
    )
    add_dating_arguments(parser, default_exam_date="there is no default")
    add_standard_arguments(parser)
    parser.add_argument("--format", choices=["table", "json"], default="table")


def run(options: argparse.Namespace) -> int:
    """Print what follows from the numbers; return 0 done, 1 not written, 2 wrong use."""
    misuse = dating_misuse(options)
    if misuse is not None:
        return _refuse(misuse)
    dating = dating_of(options)
    if dating is None and options.exam_date is not None:
        return _refuse(UNDATED)
    age = gestational_age(dating, options.exam_date)
    if dating is not None and isinstance(age, NoAge):
        needs_day = options.exam_date is None
        return _refuse(f"{age.reason}{' Give it with --exam-date.' if needs_day else ''}")
    try:
        standards, chosen = standards_of(options)
        bpd = None
        if options.bpd is not None:
            bpd = BiparietalDiameter(options.bpd, BpdConvention(options.bpd_from))
        head = Head(options.hc, bpd, dating, age, standards, chosen)
        text = _as_json(head) if options.format == "json" else _as_table(head)
    except FhcError as problem:
        return _refuse(str(problem))
    return DONE if print_text(text) else FAILED


def _refuse(fault: str) -> int:
    print(f"fhc-desktop growth: {fault}", file=sys.stderr)
    return WRONG_USE


def _as_json(head: Head) -> str:
    found: dict[str, Any] = {
        "hc_mm": head.hc_mm,
        "ga_days": None if isinstance(head.age, NoAge) else head.age.days,
        "ga_by_hc": {key: age_object(age) for key, age in ages_by_hc(head.hc_mm).items()},
        "growth": {key: growth_object(outcome) for key, outcome in head.hc_outcomes.items()},
    }
    if head.bpd is not None and head.age_by_bpd is not None:
        found |= {
            "bpd_mm": head.bpd.mm,
            "bpd_from": head.bpd.convention.value,
            "ga_by_hc_and_bpd": {HADLOCK_KEY: age_object(head.age_by_bpd)},
            "growth_bpd": {key: growth_object(said) for key, said in head.bpd_outcomes.items()},
        }
    return json.dumps(found, indent=2, allow_nan=False) + "\n"


def _as_table(head: Head) -> str:
    parts = [_given_lines(head), _age_lines(head), _standard_lines(head), _remark_lines(head)]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _given_lines(head: Head) -> list[str]:
    sizes = f"HC {head.hc_mm:.1f} mm"
    if head.bpd is not None:
        sizes += f", BPD {head.bpd.mm:.1f} mm ({head.bpd.convention.value})"
    if isinstance(head.age, NoAge) or head.dating is None:
        return [sizes]
    edd = edd_by(head.dating)
    dated = head.dating.text if isinstance(edd, NoAge) else f"{head.dating.text}, EDD {edd}"
    return [f"{sizes} at {head.age}", f"Dated by {dated}"]


def _age_lines(head: Head) -> list[str]:
    ages = [*ages_by_hc(head.hc_mm).values()]
    if head.age_by_bpd is not None:
        ages.append(head.age_by_bpd)
    said = [_age_text(age) for age in ages]
    return [
        "Ultrasound age, never the basis of this head's own percentile:",
        *(f"  {line}" for line in said),
        f"  {NEVER_REDATES}",
    ]


def _age_text(age: UltrasoundAge | NotAssessed) -> str:
    if isinstance(age, NotAssessed):
        return age.reason
    spread = "" if age.two_sd_days is None else " (2 SD)"
    remark = f"; {age.remark}" if age.remark else ""
    return f"{age}{spread} by {age.method}{remark}"


def _standard_lines(head: Head) -> list[str]:
    if isinstance(head.age, NoAge):
        return [head.age.reason]
    names = {standard.key: standard.name for standard in head.standards}
    width = max(map(len, names.values()))
    lines = ["Percentile of HC by each standard:"]
    for key, outcome in head.hc_outcomes.items():
        mark = ">" if key == head.chosen.key else " "
        lines.append(f"{mark} {names[key]:<{width}}  {_place(outcome)}")
    if head.bpd is not None:
        charted = {s.key for s in head.standards if Dimension.BPD in s.charts}
        lines.append("Percentile of BPD:")
        lines += [
            f"  {names[key]:<{width}}  {_place(outcome)}"
            for key, outcome in head.bpd_outcomes.items()
            if key in charted
        ]
    return lines


def _place(outcome: GrowthOutcome) -> str:
    if isinstance(outcome, GrowthAssessment):
        return f"{percentile_text(outcome.percentile)}, z {format_z(outcome.z)}"
    return outcome.words if isinstance(outcome, BeyondPercentiles) else outcome.reason


def _remark_lines(head: Head) -> list[str]:
    chosen, outcomes = head.chosen, head.hc_outcomes
    lines = [str(flag) for flag in growth_flags(outcomes[chosen.key])]
    lines += disagreements(outcomes, shown_standards(head.standards, chosen))
    if isinstance(head.age, GestationalAge):
        by_hc = ages_by_hc(head.hc_mm)[HADLOCK_KEY]
        off = disagreement_by_hc(head.dating, head.age, by_hc)
        lines += [] if off is None else [str(off)]
    return [*lines, f"{chosen.name}: {chosen.citation}.", f"  {chosen.population}. {chosen.remark}"]


def _hc_mm(text: str) -> float:
    return number_within(text, PLAUSIBLE_HC_MM, "a head circumference in mm")


def _bpd_mm(text: str) -> float:
    return number_within(text, PLAUSIBLE_BPD_MM, "a biparietal diameter in mm")
