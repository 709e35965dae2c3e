"""The application is made once, and the binding is kept from work that nobody needs."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

IMPORT_AFTERWARDS = """
import json, linecache
from fhc_desktop.gui.widgets.qt_application import make_application
app = make_application()
linecache.clearcache()
import fhc_desktop.gui.image.image_view
print(json.dumps(list(linecache.cache)))
"""


def test_that_no_source_is_read_of_what_is_imported_once_there_is_an_application():
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_AFTERWARDS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout) == []
