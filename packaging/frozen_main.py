"""Where the frozen program starts: as itself, or as the decoder that it calls for each file."""

import multiprocessing
import os
import sys

# Read when torch is loaded: its threads would otherwise spin while they wait for each other.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

from fhc_desktop.imaging.sandbox.sandbox import DECODER_FLAG  # the environment must be set before


def run() -> int:
    """Decode where the program called itself for it, which loads neither Qt nor torch."""
    if sys.argv[1:] == [DECODER_FLAG]:
        from fhc_desktop.imaging.sandbox.decoder import main as decode  # noqa: PLC0415

        decode()
        return 0
    from fhc_desktop.__main__ import main  # noqa: PLC0415

    return main()


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(run())
