"""The words that a program and its decoder have for what is asked and answered."""

GREETING = b"FHC-decoder-1\n"
SIZE_BYTES = 4
PICTURE, GLANCE, DESCRIBE, DEIDENTIFY = "picture", "glance", "describe", "deidentify"
DOCUMENT = "document"
