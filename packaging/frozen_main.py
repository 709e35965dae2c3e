"""Where the frozen program starts: as itself, or as a process that it calls for files."""

import os
import sys

from fhc_desktop.own_process import DECODER_FLAG, LOOKER_FLAG, WINDOW_FLAG, WORKER_FLAG


def run() -> int:
    """Decode, measure or look where the program called itself for it; or try the window."""
    if sys.argv[1:] == [DECODER_FLAG]:
        from fhc_desktop.imaging.sandbox.decoder import main as decode  # noqa: PLC0415

        decode()
        return 0
    if sys.argv[1:] == [WORKER_FLAG]:
        from fhc_desktop.workflow.worker import main as measure  # noqa: PLC0415

        measure()
        return 0
    if sys.argv[1:] == [LOOKER_FLAG]:
        from fhc_desktop.workflow.looker import main as look  # noqa: PLC0415

        look()
        return 0
    if sys.argv[1:] == [WINDOW_FLAG]:
        from fhc_desktop.gui.window_check import main as check  # noqa: PLC0415

        check()
        return 0
    from fhc_desktop.__main__ import main  # noqa: PLC0415

    return main()


if __name__ == "__main__":
    os.environ.pop("QT_PLUGIN_PATH", None)  # a desktop's, for another Qt than the one that is here
    sys.exit(run())
