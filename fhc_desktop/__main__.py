"""The command line: the window, or one of the verbs that need none."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from fhc_desktop import __version__
from fhc_desktop.algebra_threads import keep_algebra_to_one_thread
from fhc_desktop.core_dumps import forbid_core_dumps
from fhc_desktop.heap import look_for_no_garbage
from fhc_desktop.own_process import begin_decoder
from fhc_desktop.storage.preferences.folders import default_folders

_READING_IMAGES = ("measure", "report", "verify", "deidentify", "study", "show-sr", "self-check")
_READING_NO_IMAGE = ("growth", "log")
_VERBS = (*_READING_IMAGES, *_READING_NO_IMAGE, "demo")


def main(arguments: list[str] | None = None) -> int:
    """Run the program; return its exit status."""
    forbid_core_dumps()
    keep_algebra_to_one_thread()
    given = sys.argv[1:] if arguments is None else arguments
    if given and given[0] in _VERBS:
        return _run_verb(given)
    options = _window_parser().parse_args(given)
    look_for_no_garbage()  # until the window has been loaded
    readers = None
    if options.file is not None:
        # Before the window: its decoder has as much to import.
        begun = begin_decoder()
        from fhc_desktop.imaging.readers import reading  # noqa: PLC0415

        readers = reading(options.file, begun)
    from fhc_desktop.gui.starting import run  # noqa: PLC0415 - Qt only for the window

    return run(options.file, default_folders(options.data_dir), options.model, readers)


def _run_verb(given: list[str]) -> int:
    # Each verb is imported for itself: measuring loads no Qt.
    parser = argparse.ArgumentParser(prog=f"fhc-desktop {given[0]}")
    if given[0] in _READING_NO_IMAGE:
        verb = import_module(f"fhc_desktop.commands.{given[0]}")
        verb.add_arguments(parser)
        return int(verb.run(parser.parse_args(given[1:])))
    from fhc_desktop.imaging.readers import Readers  # noqa: PLC0415 - those above read no image

    with Readers() as readers:
        if given[0] in _READING_IMAGES:
            verb = import_module(f"fhc_desktop.commands.{given[0].replace('-', '_')}")
            verb.add_arguments(parser)
            return int(verb.run(parser.parse_args(given[1:]), readers))
        from fhc_desktop.commands import demo  # noqa: PLC0415

        parser.add_argument("--out", type=Path, default=Path("demo-output"))
        return demo.run(parser.parse_args(given[1:]).out, readers)


def _window_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="fhc-desktop",
        description="Fetal head circumference. For research use only; not a medical device.",
        epilog=(
            "Without a window: fhc-desktop measure PATH... (--run FOLDER for an archive), "
            "fhc-desktop report FILE --pdf FILE, "
            "fhc-desktop verify REPORT.pdf, fhc-desktop growth --hc MM, "
            "fhc-desktop show-sr SR.dcm, fhc-desktop deidentify PATH --out FOLDER, "
            "fhc-desktop log verify, fhc-desktop study make|read|results, fhc-desktop self-check"
        ),
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="image to open")
    parser.add_argument("--data-dir", type=Path, metavar="FOLDER", help="where the log is kept")
    parser.add_argument("--model", type=Path, metavar="FILE", help="another bundle")
    parser.add_argument("--version", action="version", version=f"FHC Desktop {__version__}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
