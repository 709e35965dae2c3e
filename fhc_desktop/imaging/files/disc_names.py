"""What a DICOMDIR calls a file, and what the file is called where the disc was copied to.

On a disc a name has up to eight capitals, figures and underscores (PS3.10 8.2). ISO 9660 adds a dot
and a version, some systems show small letters, and whoever copies it adds an ending.
"""

import re

_VERSION = re.compile(r";\d*$")
_ADDED_ENDINGS = (".dcm", ".dicom", ".dic", ".ima", ".img")


def disc_name(name: str) -> str:
    """Return what all these spellings of a file's or folder's name have in common."""
    plain = _VERSION.sub("", name.casefold()).rstrip(".")
    ending = next((ending for ending in _ADDED_ENDINGS if plain.endswith(ending)), "")
    return plain.removesuffix(ending)


def is_plain(component: str) -> bool:
    """Say whether a name leads nowhere but to something in its folder."""
    return component not in {"", ".", ".."} and not any(c in component for c in "/\\:\0")
