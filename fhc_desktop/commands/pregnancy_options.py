"""How the command line is told of a pregnancy's dating, and by which standards to judge."""

import argparse
from datetime import date
from pathlib import Path

from fhc_desktop.domain.dating.gestation import (
    CYCLE_RANGE_DAYS,
    USUAL_CYCLE_DAYS,
    Dating,
    DatingMethod,
    GestationalAge,
)
from fhc_desktop.domain.dating.typed_dates import NO_ORDER, Wrong, parse_date, read_age
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, STANDARDS, standard_with
from fhc_desktop.storage.preferences.chart_file import load_local_chart

_CRL_METHODS = {
    "intergrowth21": DatingMethod.CRL_INTERGROWTH,
    "robinson1975": DatingMethod.CRL_ROBINSON,
}
# Options that are a day and need no other, with their methods.
_DAYS = {
    "edd": DatingMethod.EDD,
    "retrieval": DatingMethod.RETRIEVAL,
    "day_3_transfer": DatingMethod.DAY_3_TRANSFER,
    "day_5_transfer": DatingMethod.DAY_5_TRANSFER,
}
UNDATED = "--exam-date goes with --lmp, --edd or another dating that has a day."


class UnknownStandard(FhcError):  # noqa: N818 - named for what the user meets
    """There is no standard of that name."""


def add_dating_arguments(parser: argparse.ArgumentParser, *, default_exam_date: str) -> None:
    """Declare the ways to date a pregnancy; one of them at a time."""
    group = parser.add_argument_group("dating").add_mutually_exclusive_group()
    group.add_argument("--ga", type=age, metavar="20w3d", help="age on the day of the exam")
    group.add_argument("--lmp", type=day, metavar="DATE", help="last menstrual period")
    group.add_argument("--edd", type=day, metavar="DATE", help="estimated date of delivery")
    group.add_argument("--crl", type=crl_mm, metavar="MM", help="length at the scan of --scan-date")
    group.add_argument("--scan-ga", type=age, metavar="12w3d", help="age at that scan")
    group.add_argument("--retrieval", type=day, metavar="DATE", help="oocyte retrieval")
    group.add_argument("--day-3-transfer", type=day, metavar="DATE", help="of a day-3 embryo")
    group.add_argument("--day-5-transfer", type=day, metavar="DATE", help="of a day-5 embryo")
    parser.add_argument("--cycle-days", type=cycle_days, metavar="N", help="with --lmp; usual: 28")
    parser.add_argument(
        "--scan-date", type=day, metavar="DATE", help="with --crl or --scan-ga: day of that scan"
    )
    parser.add_argument(
        "--crl-by", choices=list(_CRL_METHODS), help="equation for --crl; default: the first"
    )
    parser.add_argument(
        "--exam-date", type=day, metavar="DATE", help=f"with a dated dating; {default_exam_date}"
    )


def add_standard_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the choice of a growth standard and a clinic's own chart."""
    keys = ", ".join(standard.key for standard in STANDARDS)
    parser.add_argument(
        "--standard",
        default=INTERGROWTH_21ST.key,
        metavar="NAME",
        help=f"the growth standard to judge by: {keys}, or a local chart's",
    )
    parser.add_argument("--chart", type=Path, metavar="FILE", help="add a clinic's own chart")


def dating_misuse(options: argparse.Namespace) -> str | None:
    """Return what does not go together in one sentence; None where all does."""
    has_scan = options.crl is not None or options.scan_ga is not None
    if has_scan != (options.scan_date is not None):
        return "--scan-date goes with --crl or --scan-ga, and they with it."
    if options.cycle_days is not None and options.lmp is None:
        return "--cycle-days goes with --lmp."
    if options.crl_by is not None and options.crl is None:
        return "--crl-by goes with --crl."
    # An age is that of the examination, whenever it was.
    return UNDATED if options.exam_date is not None and options.ga is not None else None


def dating_of(options: argparse.Namespace) -> Dating | None:
    """Return the dating that was given; the options go together."""
    if options.ga is not None:
        return Dating.from_age(options.ga)
    if options.lmp is not None:
        return Dating.from_lmp(options.lmp, options.cycle_days or USUAL_CYCLE_DAYS)
    if options.crl is not None:
        method = _CRL_METHODS[options.crl_by or next(iter(_CRL_METHODS))]
        return Dating.from_crl(options.crl, options.scan_date, method)
    if options.scan_ga is not None:
        return Dating.from_earlier_scan(options.scan_ga, options.scan_date)
    given = {name: getattr(options, name) for name in _DAYS}
    return next((Dating(_DAYS[name], on=on) for name, on in given.items() if on is not None), None)


def standards_of(
    options: argparse.Namespace,
) -> tuple[tuple[GrowthStandard, ...], GrowthStandard]:
    """Return all standards, a local chart among them, and the one that was chosen.

    Raises:
        UnusableChart: the local chart does not hold.
        UnknownStandard: there is none of that name.
    """
    local = () if options.chart is None else (load_local_chart(options.chart),)
    standards = (*STANDARDS, *local)
    chosen = standard_with(options.standard, standards)
    if chosen is None:
        known = ", ".join(standard.key for standard in standards)
        raise UnknownStandard(
            f"There is no growth standard {options.standard}.", f"Name one of {known}."
        )
    return standards, chosen


def age(text: str) -> GestationalAge:
    found = read_age(text)
    if isinstance(found, GestationalAge):
        return found
    raise argparse.ArgumentTypeError(_complaint(found))


def day(text: str) -> date:
    # No locale here: a script must mean the same on every machine.
    found = parse_date(text, order=NO_ORDER)
    if isinstance(found, date):
        return found
    raise argparse.ArgumentTypeError(_complaint(found))


def crl_mm(text: str) -> float:
    return number_within(text, (1.0, 120.0), "a crown-rump length in mm")


def cycle_days(text: str) -> int:
    days = number_within(text, CYCLE_RANGE_DAYS, "a cycle in whole days")
    if days != int(days):
        raise argparse.ArgumentTypeError(f"{text} is not a cycle in whole days")
    return int(days)


def number_within(text: str, within: tuple[float, float], meaning: str) -> float:
    """Return a number that was typed; outside the range it is not what is meant."""
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not within[0] <= number <= within[1]:
        raise argparse.ArgumentTypeError(
            f"{text} is not {meaning}: {within[0]:.0f} to {within[1]:.0f}"
        )
    return number


def _complaint(found: Wrong | None) -> str:
    return "nothing was given" if found is None else found.sentence
