"""The command line of training: train, evaluate, export."""

import argparse
import json
import sys
from pathlib import Path

from model_training.config import read_config
from model_training.evaluate import evaluate
from model_training.train import export, load_split, restored_average, train


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return 0, or 2 for a configuration or data folder that cannot be used."""
    options = _parser().parse_args(arguments)
    try:
        config = read_config(options.config)
        if options.command == "train":
            print(f"bundle {train(config).sha256}")
        elif options.command == "export":
            bundle = export(config, restored_average(config), load_split(config))
            print(f"bundle {bundle.sha256}")
        else:
            output = options.out or config.output / "evaluation"
            model = options.model or config.output / "bundle.safetensors"
            print(json.dumps(evaluate(config, model, output), indent=1))
    except (OSError, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m model_training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, words in (
        ("train", "train a network, going on from its last checkpoint"),
        ("evaluate", "score a bundle on the held-out fold through the serving path"),
        ("export", "write the bundle of the last checkpoint"),
    ):
        command = commands.add_parser(name, help=words, description=words)
        command.add_argument("--config", type=Path, required=True, help="TOML file of the run")
        if name == "evaluate":
            command.add_argument("--model", type=Path, help="bundle; default: the run's own")
            command.add_argument("--out", type=Path, help="folder for scores and plots")
    return parser


if __name__ == "__main__":
    sys.exit(main())
