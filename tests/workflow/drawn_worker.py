"""A worker without networks: each file says what becomes of the process that measures it."""

import os
import sys
import time
from pathlib import Path

from fhc_desktop.reporting.batch.batch import FailedFile
from fhc_desktop.workflow.worker import serve

ROOT = Path(__file__).resolve().parents[2]
_START = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from tests.workflow.drawn_worker import main
main()
"""
COMMAND = [sys.executable, "-c", _START]


def main():
    serve(sys.stdin.buffer, sys.stdout.buffer, lambda _: _row)


def _row(path):
    match path.read_text():
        case "die":
            os.abort()
        case "die once":
            path.write_text("")
            os.abort()
        case "break":
            raise ValueError("a fault of ours")
        case "hang":
            path.with_suffix(".hangs").touch()
            time.sleep(600)
        case "wait":
            while not path.with_suffix(".gate").exists():
                time.sleep(0.01)
    return FailedFile(path, str(os.getpid()))
