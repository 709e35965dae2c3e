"""Fetal head circumference on the desktop.

For researchers: ``from fhc_desktop import Measurer, measure_image`` (docs/research.md).
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fhc_desktop.measurer import Measurer, measure_image

__version__ = "0.9.0"
__all__ = ["Measurer", "__version__", "measure_image"]


def __getattr__(name: str) -> Any:
    # Loaded when they are asked for: the training, the decoder and the workers import this package.
    if name in {"Measurer", "measure_image"}:
        return getattr(import_module("fhc_desktop.measurer"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
