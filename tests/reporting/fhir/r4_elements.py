"""Writes r4_elements.json: what R4's own definitions have of the resources that a bundle holds.

fhirclient's classes are generated from these: each says “Generated from FHIR 4.0.1-9346c8cc45”. It
is no dependency; in an environment of its own:

    pip install fhirclient==4.3.0
    python tests/reporting/fhir/r4_elements.py
"""

import json
from pathlib import Path

SOURCE = "FHIR 4.0.1-9346c8cc45, by fhirclient 4.3.0"
TABLE = Path(__file__).with_suffix(".json")
RESOURCES = ("Bundle", "DiagnosticReport", "Observation", "Patient", "Device")
# What every element may have, and no bundle of ours has.
_ANYWHERE = {"modifierExtension", "contained", "meta", "implicitRules"}


def elements_of(kind):
    """Each element of a type: its own type, whether it is a list, whether it must be there, of
    which one among several it is.
    """
    return {
        name: [part.__name__, is_list, is_wanted, among]
        for _, name, part, is_list, among, is_wanted in kind().elementProperties()
        if name not in _ANYWHERE
    }


def table():
    """The elements of the resources and of every type that is reached from them."""
    from importlib import import_module

    waiting = [getattr(import_module(f"fhirclient.models.{one.lower()}"), one) for one in RESOURCES]
    types = {}
    while waiting:
        kind = waiting.pop()
        if kind.__name__ in types or not hasattr(kind, "elementProperties"):
            continue
        types[kind.__name__] = elements_of(kind)
        waiting += [
            part
            for _, name, part, *_ in kind().elementProperties()
            if name not in _ANYWHERE and part.__name__ != "Resource"
        ]
    return {"source": SOURCE, "types": dict(sorted(types.items()))}


if __name__ == "__main__":
    # A line for each type.
    text = json.dumps(table(), separators=(",", ":")).replace('},"', '},\n"')
    TABLE.write_text(f"{text}\n", encoding="ascii")
