"""Where the frozen program starts."""

import multiprocessing
import os
import sys

# Read when torch is loaded: its threads would otherwise spin while they wait for each other.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

from fhc_desktop.__main__ import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
