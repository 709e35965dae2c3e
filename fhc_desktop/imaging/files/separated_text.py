"""The text of a table as spreadsheets save it: encodings, separators, line ends."""

import codecs
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

# The longest first: UTF-32 begins like UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Excel writes where it does not write Unicode; ASCII is the same in every such encoding.
_OF_WINDOWS = "cp1252"
_SEPARATORS = ("\t", ";", ",")
_SAID_SEPARATOR = re.compile(r'"?sep=(?P<separator>[^"\r\n])"?[\r\n]+', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SeparatedText:
    """A table's text with the separators that may part its cells: all, or the one that it names."""

    text: str
    separators: Sequence[str]

    def rows(self, separator: str) -> list[list[str]]:
        """Return the cells of each row that is not empty.

        Raises:
            csv.Error: no such table.
        """
        lines = io.StringIO(self.text, newline="")
        rows = csv.reader(lines, delimiter=separator, skipinitialspace=True)
        return [row for row in rows if any(cell.strip() for cell in row)]


def separated_text(data: bytes) -> SeparatedText:
    """Return the text of a file, or of its beginning, which may end amidst a character."""
    text = _decoded(data)
    said = _SAID_SEPARATOR.match(text)  # a line that Excel reads and does not show
    if said is not None:
        return SeparatedText(text[said.end() :], (said["separator"],))
    return SeparatedText(text, _SEPARATORS)


def _decoded(data: bytes) -> str:
    for encoding in _encodings(data):
        try:
            # Unlike decode, this leaves out what is cut off at the end.
            return codecs.getincrementaldecoder(encoding)("strict").decode(data)
        except UnicodeDecodeError:
            continue
    return data.decode(_OF_WINDOWS, "replace")


def _encodings(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return (encoding,)
    # The first character of a table is one of ASCII: in UTF-16 its other byte is zero.
    if data[1:2] == b"\0":
        return ("utf-16-le",)
    if data[:1] == b"\0":
        return ("utf-16-be",)
    return ("utf-8",)
