"""A bundle of two looks whose networks are tiny, kept as a file: reading it needs no torch."""

from pathlib import Path

from fhc_desktop.segmentation.bundle import load_bundle

SMALL_BUNDLE = Path(__file__).with_name("small.safetensors")


def read_small_bundle():
    return load_bundle(SMALL_BUNDLE)
