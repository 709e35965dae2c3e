"""Documents made of words that stand in a file and of figures that come from result files."""

from collections.abc import Mapping
from pathlib import Path

Table = list[list[str]]


def write_filled(words: Path, parts: Mapping[str, str], document: Path) -> None:
    """Write the words with each ``{{name}}`` replaced by the part of that name.

    Raises:
        ValueError: the words ask for a part that there is not.
    """
    text = words.read_text(encoding="utf-8")
    for name, part in parts.items():
        text = text.replace("{{" + name + "}}", part)
    if "{{" in text:
        asked = text.split("{{", 1)[1].split("}}", 1)[0]
        raise ValueError(f"{words} asks for {asked}, which no result gives")
    document.write_text(text, encoding="utf-8")


def table_text(rows: Table) -> str:
    """Return Markdown; the first row is the head."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])
