"""The network and everything it shares with training (torch, cv2, safetensors)."""

import os

# Spinning threads make two of them several times slower than one on a busy machine. The
# variable is read when torch is first imported, which happens in this package only.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
