"""The command line of training.

train, evaluate, export; crossvalidate, (re)calibrate, head-plane, whole-screens, outer-border,
report.

``torchrun --nproc-per-node N -m model_training train --config FILE`` trains on N GPUs.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from tqdm import tqdm

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.resources import resource
from fhc_desktop.segmentation.bundle import load_bundle
from model_training.config import TrainConfig, read_config
from model_training.dataset import load_heads, load_split
from model_training.document import table_text
from model_training.evaluate import evaluate, segmenter_of
from model_training.evaluation import header_scores, write_evaluation
from model_training.experiments import write_experiments
from model_training.export import export, rewritten, with_scores
from model_training.fetal_planes import read_samples, read_scanners, write_scanners
from model_training.folds import configured_samples
from model_training.model_card import SHIPPED, write_model_card
from model_training.outer_border import borders_table, measured_borders, write_borders
from model_training.plane_study import heads_held_out, teach_planes
from model_training.study import SCANNERS, calibrate, cross_validate, judge_negatives, recalibrate
from model_training.train import restored_average, train
from model_training.whole_screens import measure_screens, screens_table, write_screens

RESULTS = Path("docs/experiments/two_looks")
LADDER = Path("docs/experiments/ladder")
BORDERS, SCREENS = "outer_border.csv", "whole_screens.csv"
CLOSE_UP = Path("model_training/configs/close_up.toml")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return 0, or 2 for a configuration, folder or bundle that cannot be used."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except (FhcError, OSError, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


def _train(options: argparse.Namespace) -> None:
    bundle = train(_config(options))
    if bundle is not None:
        print(f"bundle {bundle.sha256}")


def _export(options: argparse.Namespace) -> None:
    if options.bundle is not None:
        print(f"bundle {rewritten(options.bundle, options.out or options.bundle).sha256}")
        return
    if options.config is None:
        raise ValueError("export: name a run with --config, or a bundle with --bundle")
    config = _config(options)
    print(f"bundle {export(config, restored_average(config), load_split(config)).sha256}")


def _evaluate(options: argparse.Namespace) -> None:
    config = _config(options)
    output = options.out or config.output / "evaluation"
    model = options.model or config.bundle
    print(json.dumps(evaluate(config, model, output), indent=1))


def _cross_validate(options: argparse.Namespace) -> None:
    cross_validate(options.config, options.results, anatomy=options.anatomy)


def _calibrate(options: argparse.Namespace) -> None:
    bundle = calibrate(options.config, options.results, options.out, members=options.member)
    judge_negatives(bundle, options.results)
    print(f"bundle {bundle.sha256}")


def _recalibrate(options: argparse.Namespace) -> None:
    bundle = recalibrate(options.out, options.results)
    judge_negatives(bundle, options.results)
    print(f"bundle {bundle.sha256}")


def _head_plane(options: argparse.Namespace) -> None:
    config = read_config(options.config, hold_out=options.hold_out or "none")
    if options.hold_out is None:
        made = teach_planes(
            config, options.bundle, options.no_head, options.results, kept=options.kept
        )
        print(f"bundle {made.sha256}")
        return
    fitted, table = heads_held_out(config, options.bundle, options.no_head, kept=options.kept)
    print(f"{fitted.spec}\n{table_text(table)}")


def _whole_screens(options: argparse.Namespace) -> None:
    samples = configured_samples(read_config(options.config, hold_out="none"))
    segmenter = segmenter_of(load_bundle(options.bundle), "cpu")
    rows = measure_screens(segmenter, load_heads(tqdm(samples, disable=None)))
    write_screens(options.results / SCREENS, rows)
    print(table_text(screens_table(rows)))


def _outer_border(options: argparse.Namespace) -> None:
    write_scanners(options.results / SCANNERS, options.planes)
    scanners = read_scanners(options.results / SCANNERS)
    segmenter = segmenter_of(load_bundle(options.bundle))
    borders = list(measured_borders(segmenter, load_heads(read_samples(options.planes)), scanners))
    write_borders(options.results / BORDERS, borders)
    print(table_text(borders_table(borders)))


def _report(options: argparse.Namespace) -> None:
    tables = write_evaluation(options.results, Path("docs/evaluation.md"), Path("docs/images"))
    with_scores(resource(SHIPPED), header_scores(tables))
    write_model_card(options.results, Path("docs/model-card.md"))
    write_experiments(LADDER, Path("docs/experiments.md"))


def _config(options: argparse.Namespace) -> TrainConfig:
    return read_config(options.config, hold_out=options.hold_out)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m model_training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    _add_those_of_a_run(commands)
    _add_those_of_results(commands)
    _add_head_plane(commands)
    words = "put each head’s scan on a drawn screen and say whether it is found as large"
    command = _command(commands, "whole-screens", _whole_screens, words)
    command.add_argument("--results", type=Path, default=RESULTS, help="folder of results")
    command.add_argument("--bundle", type=Path, default=resource(SHIPPED), help="whose networks")
    command.add_argument("--config", type=Path, default=CLOSE_UP, help="TOML file of the heads")
    words = "say how far the outlines of another data set lie off the outer border of the skull"
    command = _command(commands, "outer-border", _outer_border, words)
    command.add_argument("--results", type=Path, default=RESULTS, help="folder of results")
    command.add_argument("--bundle", type=Path, required=True, help="one that learned HC18 alone")
    command.add_argument("--planes", type=Path, required=True, help="folder of that data set")
    return parser


def _add_those_of_a_run(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    for name, run, words in (
        ("train", _train, "train a network, going on from its last checkpoint"),
        ("evaluate", _evaluate, "score a bundle on the held-out fold through the serving path"),
        ("export", _export, "write the bundle of the last checkpoint"),
    ):
        command = _command(commands, name, run, words)
        is_named = name != "export"
        command.add_argument("--config", type=Path, required=is_named, help="TOML file of the run")
        command.add_argument("--hold-out", metavar="FOLD", help="fold to keep, or none")
        if name == "evaluate":
            command.add_argument("--model", type=Path, help="bundle; default: the run's own")
            command.add_argument("--out", type=Path, help="folder for scores and plots")
        if name == "export":
            command.add_argument(
                "--bundle", type=Path, help="write this bundle anew instead, weights as they are"
            )
            command.add_argument("--out", type=Path, help="where to; default: in its place")


def _add_those_of_results(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    for name, run, words in (
        ("crossvalidate", _cross_validate, "measure every fold's bundle on what it never saw"),
        ("calibrate", _calibrate, "join the folds' networks to one bundle with grade and interval"),
        ("recalibrate", _recalibrate, "fit grade and interval of a bundle anew"),
        ("report", _report, "rebuild the pages and the bundle's scores from the results"),
    ):
        command = _command(commands, name, run, words)
        command.add_argument("--results", type=Path, default=RESULTS, help="folder of results")
        if name in {"crossvalidate", "calibrate"}:
            command.add_argument("--config", type=Path, required=True, help="the folds' TOML file")
        if name == "crossvalidate":
            command.add_argument("--anatomy", type=Path, help="folder of scans without heads")
        if name in {"calibrate", "recalibrate"}:
            command.add_argument("--out", type=Path, required=True, help="bundle to write")
        if name == "calibrate":
            command.add_argument(
                "--member", type=Path, action="append", default=[], help="default: the folds'"
            )


def _add_head_plane(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "fit a bundle’s rule of which plane a head is measured in"
    command = _command(commands, "head-plane", _head_plane, words)
    command.add_argument("--results", type=Path, default=RESULTS, help="folder of results")
    command.add_argument("--bundle", type=Path, default=resource(SHIPPED), help="whose close-up")
    command.add_argument("--config", type=Path, default=CLOSE_UP, help="TOML file of the heads")
    command.add_argument(
        "--no-head", type=Path, required=True, help="folder of pictures without a head"
    )
    command.add_argument(
        "--hold-out",
        metavar="FOLD",
        help="fit without this fold’s heads and say how many of them are refused; nothing is kept",
    )
    command.add_argument(
        "--kept", type=Path, help="file of what the networks see: read, or written if not there"
    )


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], None],
    words: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=words, description=words)
    command.set_defaults(run=run)
    return command


if __name__ == "__main__":
    sys.exit(main())
