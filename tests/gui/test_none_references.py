"""Qt loses no reference to None: releases that do end the program after a while."""

import subprocess
import sys

import pytest

PROBE = """
import sys
from PySide6 import QtWidgets
app = QtWidgets.QApplication([])
widget = QtWidgets.QWidget()
widget.update()
before = sys.getrefcount(None)
for _ in range(2000):
    widget.update()
print(before - sys.getrefcount(None))
"""


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_that_qt_loses_no_reference_to_none():
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True)

    assert int(done.stdout) < 100
