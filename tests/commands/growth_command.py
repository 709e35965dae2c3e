"""The growth command as a test calls it."""

import json

from fhc_desktop.__main__ import main


def growth(capsys, *arguments):
    try:
        status = main(["growth", *map(str, arguments)])
    except SystemExit as ended:
        status = ended.code
    said = capsys.readouterr()
    return status, said.out, said.err


def growth_json(capsys, *arguments):
    status, out, _ = growth(capsys, *arguments, "--format", "json")
    assert status == 0
    return json.loads(out)
