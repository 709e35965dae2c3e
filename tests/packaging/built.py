"""The modules that build packages, which lie in no package of their own, and what they built."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "dist" / "fhc-desktop"
needs_a_bundle = pytest.mark.skipif(
    not BUNDLE.is_dir(), reason="no frozen program was built: python3 dev.py build"
)


def loaded(name: str) -> ModuleType:
    """Return a module of the folder ``packaging``; a library of that name hides the folder."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # a frozen dataclass looks itself up there
    spec.loader.exec_module(module)
    return module


bundle = loaded("bundle")
trimming = loaded("trimming")
linux = loaded("linux")
bill = loaded("bill")
