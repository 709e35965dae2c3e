"""A looker without networks: each picture's first pixel says what becomes of who looks at it."""

import os
import sys
import time
from pathlib import Path

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.proposal import Proposal
from fhc_desktop.workflow.looker import serve
from fhc_desktop.workflow.looking import Loading
from tests.fakes import IDENTITY

ROOT = Path(__file__).resolve().parents[2]
LOOK, DIE, DIE_ONCE, BREAK, REFUSE, HANG = range(6)
_START = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from tests.workflow.drawn_looker import main
main()
"""


def command_in(folder):
    """Return what starts one that leaves its marks in a folder: what it looked at, in order."""
    return [sys.executable, "-c", _START, str(folder)]


def main():
    folder = Path(sys.argv[1])
    serve(sys.stdin.buffer, sys.stdout.buffer, lambda _: lambda question: _said(question, folder))


def _said(question, folder):
    if isinstance(question, Loading):
        return IDENTITY
    image = question.image
    with (folder / "looks").open("a") as looks:
        looks.write(f"{image.gray[0, 0]}\n")
    match image.gray[0, 0]:
        case 1:
            os.abort()
        case 2 if not (folder / "died").exists():
            (folder / "died").touch()
            os.abort()
        case 3:
            raise ValueError("Ann Example was here")
        case 4:
            raise FhcError("The bundle is missing.", "Install the program again.")
        case 5:
            (folder / "hangs").touch()
            time.sleep(600)
    return Proposal(None, IDENTITY, f"{os.getpid()} {image.source.path} {image.pixel_aspect}")
