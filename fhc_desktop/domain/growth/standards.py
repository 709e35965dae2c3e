"""The growth standards that the program knows: by equations, and by shipped tables."""

import math
from collections.abc import Callable, Sequence
from functools import cache, partial

from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.growth.assessment import LOCAL_MARK, Chart, Dimension, GrowthStandard
from fhc_desktop.domain.growth.bpd import BpdConvention
from fhc_desktop.domain.growth.curves import (
    AS_IT_IS,
    LOGARITHM,
    LogNormalCurves,
    NormalCurves,
    QuantileCurves,
)
from fhc_desktop.domain.growth.tables import (
    WHO_QUANTILES,
    Table,
    nichd_by_day,
    who_coefficients,
)
from fhc_desktop.resources import table_rows

NICHD_TABLE = "growth/nichd2015_hc.csv"
WHO_TABLE = "growth/who2017_coefficients.csv"
_COMBS = "in 23,565 US examinations (Combs 2024, doi:10.1055/a-2135-6838)"


def _intergrowth_hc_mean_mm(weeks: float) -> float:
    squared = weeks**2
    return -28.2849 + 1.69267 * squared - 0.397485 * squared * math.log(weeks)


def _intergrowth_hc_sd_mm(weeks: float) -> float:
    cubed, log = weeks**3, math.log(weeks)
    return 1.98735 + 0.0136772 * cubed - 0.00726264 * cubed * log + 0.000976253 * cubed * log**2


def _intergrowth_bpd_mean_mm(weeks: float) -> float:
    return 5.60878 + 0.158369 * weeks**2 - 0.00256379 * weeks**3


def _intergrowth_bpd_sd_mm(weeks: float) -> float:
    cubed, log = weeks**3, math.log(weeks)
    return math.exp(
        0.101242 + 0.00150557 * cubed - 0.000771535 * cubed * log + 0.0000999638 * cubed * log**2
    )


def _intergrowth_ofd_mean_mm(weeks: float) -> float:
    squared = weeks**2
    return -12.4097 + 0.626342 * squared - 0.148075 * squared * math.log(weeks)


def _intergrowth_ofd_sd_mm(weeks: float) -> float:
    squared, log = weeks**2, math.log(weeks)
    return math.exp(
        -0.880034 + 0.0631165 * squared - 0.0317136 * squared * log + 0.00408302 * squared * log**2
    )


def _hadlock_hc_mean_mm(weeks: float) -> float:
    # The 1.562 that circulates in place of 1.56 fits 14 rows of the published table, not 47.
    return 10 * (-11.48 + 1.56 * weeks - 0.0002548 * weeks**3)


def _normal(
    days: tuple[int, int],
    mean_mm: Callable[[float], float],
    sd_mm: Callable[[float], float],
    bpd_convention: BpdConvention | None = None,
) -> Chart:
    return Chart(*days, NormalCurves(mean_mm, sd_mm), bpd_convention)


def _who(table: Table, dimension: Dimension, bpd_convention: BpdConvention | None = None) -> Chart:
    # Read at first use, and once.
    coefficients = cache(partial(who_coefficients, table, dimension))

    def lengths_mm(age: GestationalAge) -> list[float]:
        t = age.weeks
        return [
            math.exp(b0 + t * (b1 + t * (b2 + t * (b3 + t * b4))))
            for b0, b1, b2, b3, b4 in coefficients()
        ]

    # The study's statistician interpolates the logarithm linearly in the probability.
    curves = QuantileCurves(WHO_QUANTILES, lengths_mm, across=AS_IT_IS, along=LOGARITHM)
    return Chart(98, 280, curves, bpd_convention)


def who_2017(table: Table) -> GrowthStandard:
    """Return WHO's standard by a table of its coefficients, which is read at first use."""
    return GrowthStandard(
        key="who2017",
        title="WHO 2017",
        citation=(
            "Kiserud et al., PLoS Med 2017;14:e1002220, coefficients of March 2023 (CC BY 4.0)"
        ),
        population="10 countries, 1,387 pregnancies, complicated ones among them",
        distribution="quantile regression, 1st to 99th percentile",
        charts={
            Dimension.HC: _who(table, Dimension.HC),
            Dimension.BPD: _who(table, Dimension.BPD, BpdConvention.OUTER_INNER),
        },
        remark=f"It fitted best {_COMBS}. There is nothing beyond its 1st and 99th percentile.",
    )


def nichd_2015(table: Table) -> tuple[GrowthStandard, ...]:
    """Return NICHD's standards by a table of their percentiles, which is read at first use."""
    return (
        _nichd(table, "nh_white", "non-Hispanic White"),
        _nichd(table, "nh_black", "non-Hispanic Black"),
        _nichd(table, "hispanic", "Hispanic"),
        _nichd(table, "asian_pi", "Asian and Pacific Islander"),
    )


def _nichd(table: Table, group: str, words: str) -> GrowthStandard:
    curves = LogNormalCurves(cache(partial(nichd_by_day, table, group)))
    return GrowthStandard(
        key=f"nichd2015_{group}",
        title=f"NICHD 2015, {words}",
        citation="Buck Louis et al., Am J Obstet Gynecol 2015;213:449.e1-449.e41",
        population=f"USA, low risk, 1,737 pregnancies in four self-identified groups: {words}",
        distribution="log-normal at each day, from the official table",
        charts={Dimension.HC: Chart(70, 294, curves)},
        remark="A chart by self-identified group: shown where it was chosen, never inferred.",
        is_opt_in=True,
    )


INTERGROWTH_21ST = GrowthStandard(
    key="intergrowth21",
    title="INTERGROWTH-21st 2014",
    citation="Papageorghiou et al., Lancet 2014;384:869-879",
    population="8 countries, 4,321 low-risk pregnancies with dates confirmed by CRL; prescriptive",
    distribution="normal, mean and SD as fractional polynomials",
    charts={
        Dimension.HC: _normal((98, 280), _intergrowth_hc_mean_mm, _intergrowth_hc_sd_mm),
        Dimension.BPD: _normal(
            (98, 280),
            _intergrowth_bpd_mean_mm,
            _intergrowth_bpd_sd_mm,
            BpdConvention.OUTER_OUTER,
        ),
        Dimension.OFD: _normal((98, 280), _intergrowth_ofd_mean_mm, _intergrowth_ofd_sd_mm),
    },
    remark=f"Its mean is lower {_COMBS}: it may call a small head normal.",
)

WHO_2017 = who_2017(Table(WHO_TABLE, partial(table_rows, WHO_TABLE)))

HADLOCK_1984_GROWTH = GrowthStandard(
    key="hadlock1984",
    title="Hadlock 1984",
    citation="Hadlock et al., Radiology 1984;152:497-501",
    population="361 pregnancies of 14 to 42 weeks",
    distribution="normal, SD 10 mm at each age",
    charts={Dimension.HC: _normal((84, 280), _hadlock_hc_mean_mm, lambda _: 10.0)},
    remark=f"Its mean is higher {_COMBS}: it may call a normal head small.",
)

NICHD_2015 = nichd_2015(Table(NICHD_TABLE, partial(table_rows, NICHD_TABLE)))

STANDARDS = (INTERGROWTH_21ST, WHO_2017, HADLOCK_1984_GROWTH, *NICHD_2015)


# How the key of a clinic's own chart begins.
LOCAL_KEY = "local_"


def standard_with(key: str, among: Sequence[GrowthStandard] = STANDARDS) -> GrowthStandard | None:
    """Return the standard of a key; None where there is none."""
    return next((standard for standard in among if standard.key == key), None)


def standard_name(key: str, among: Sequence[GrowthStandard] = STANDARDS) -> str:
    """Return by what name a standard goes whose key was filed, at hand or not."""
    standard = standard_with(key, among)
    if standard is not None:
        return standard.name
    # The file of a clinic's chart may be gone; that it was one is still known.
    is_local = key.startswith(LOCAL_KEY)
    return f"{key.removeprefix(LOCAL_KEY)} {LOCAL_MARK}" if is_local else key
