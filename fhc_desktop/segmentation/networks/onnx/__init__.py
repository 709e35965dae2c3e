"""The one folder of the program that imports ONNX Runtime."""

import os

# Since 1.32 its builds for Linux tell their maker of every session, under an identifier that they
# keep in the user's cache. This program tells nobody anything. The variable is read when the
# library is first imported, and nobody else's wish counts.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
