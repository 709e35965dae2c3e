"""A DICOM person name as it is shown: one line, in each script that the file gives it in."""

_GROUPS, _LONGEST_GROUP = 3, 64
_LONGEST_TEXT = 128
_ALPHABETIC = 0


def shown_person(name: object) -> str | None:
    """Return "Family, Given Middle (家族 名, ...)"; None where the name is empty.

    PS3.5 6.2.1: up to three groups of one name stand between "=", alphabetic, ideographic and
    phonetic, each of five components between "^". The first group that is not empty leads and the
    others follow it in brackets. The alphabetic group has a comma behind the family name, the
    others a space, as those scripts do. Prefix and suffix are left out.
    """
    groups = [
        _group(text, comma=place == _ALPHABETIC)
        for place, text in enumerate(str(name or "").split("=")[:_GROUPS])
    ]
    shown = list(dict.fromkeys(group for group in groups if group))
    if not shown:
        return None
    others = f" ({', '.join(shown[1:])})" if shown[1:] else ""
    return f"{shown[0]}{others}"[:_LONGEST_TEXT]


def coded_person(name: object) -> str | None:
    """Return a name as it is coded, fit to be written again; None where it is empty or too long.

    PS3.5 6.2: each group between "=" has at most 64 characters. What a line cannot hold is left
    out of it, and so are empty parts at its end.
    """
    groups = ["".join(c for c in text if c.isprintable()) for text in str(name or "").split("=")]
    groups = [group.strip(" ^") and group.rstrip(" ^").lstrip() for group in groups]
    if len(groups) > _GROUPS or any(len(group) > _LONGEST_GROUP for group in groups):
        return None
    return "=".join(groups).rstrip("=") or None


def plain(text: str) -> str | None:
    """Return text fit for one line, or None where nothing is left of it."""
    printable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.split())[:_LONGEST_TEXT] or None


def _group(text: str, *, comma: bool) -> str:
    family, _, rest = text.partition("^")
    given = " ".join(rest.split("^")[:2])
    parts = [part for part in (plain(family), plain(given)) if part]
    return (", " if comma else " ").join(parts)
