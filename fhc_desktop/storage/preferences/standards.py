"""The growth standards of this machine: the published ones, and the charts its settings name."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.local_chart import UnusableChart
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, standard_name
from fhc_desktop.storage.preferences.chart_file import load_local_chart, shown_file_name
from fhc_desktop.storage.preferences.settings import Settings


@dataclass(frozen=True, slots=True)
class ChartFile:
    """A file that the settings name, with its chart or with why there is none."""

    path: Path
    chart: GrowthStandard | UnusableChart


@dataclass(frozen=True, slots=True)
class LoadedStandards:
    """What can be judged by, and a sentence for each part of the settings that does not hold."""

    choice: StandardChoice
    files: tuple[ChartFile, ...] = ()
    notices: tuple[str, ...] = ()


def load_standards(settings: Settings) -> LoadedStandards:
    """Return the user's standards; what is gone or broken is told and stops nothing else."""
    files: list[ChartFile] = []
    for path in map(Path, settings.local_charts):
        files.append(read_chart_file(path, beside=files))
    choice = StandardChoice(opted_in=frozenset(settings.nichd_groups), local=charts_of(files))
    notices = [
        f"The local chart {shown_file_name(file.path)} is not in use: {file.chart.problem}"
        for file in files
        if isinstance(file.chart, UnusableChart)
    ]
    default = choice.with_key(settings.standard_key)
    if default is None:
        default = INTERGROWTH_21ST
        notices.append(
            f"The growth standard {standard_name(settings.standard_key)} is not there: "
            f"{INTERGROWTH_21ST.name} is in force."
        )
    return LoadedStandards(
        StandardChoice(default, choice.opted_in, choice.local), tuple(files), tuple(notices)
    )


def read_chart_file(path: Path, *, beside: Sequence[ChartFile]) -> ChartFile:
    """Read a chart; one of the name of another that is in use already is refused."""
    try:
        chart = load_local_chart(path)
    except UnusableChart as problem:
        return ChartFile(path, problem)
    if any(chart.key == other.key for other in charts_of(beside)):
        return ChartFile(
            path,
            UnusableChart(
                f"A local chart named “{chart.title}” is in use already.",
                "Give one of them another name in its file.",
            ),
        )
    return ChartFile(path, chart)


def charts_of(files: Sequence[ChartFile]) -> tuple[GrowthStandard, ...]:
    """Return the charts of the files that hold."""
    return tuple(file.chart for file in files if isinstance(file.chart, GrowthStandard))
