"""Where the frozen program starts: as itself, or as the decoder that it calls for each file."""

import multiprocessing
import sys

from fhc_desktop.imaging.sandbox.sandbox import DECODER_FLAG


def run() -> int:
    """Decode where the program called itself for it: without Qt and without networks."""
    if sys.argv[1:] == [DECODER_FLAG]:
        from fhc_desktop.imaging.sandbox.decoder import main as decode  # noqa: PLC0415

        decode()
        return 0
    from fhc_desktop.__main__ import main  # noqa: PLC0415

    return main()


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(run())
