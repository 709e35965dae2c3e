"""The one folder of the program that imports torch."""

import os

# Spinning threads make two of them several times slower than one on a busy machine. The
# variable is read when torch is first imported.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
