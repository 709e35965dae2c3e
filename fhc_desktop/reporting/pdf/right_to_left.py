"""Arabic and Hebrew on a page whose letters are set one by one from the left.

Which way a stretch runs is the Unicode bidirectional algorithm's (UAX #9). python-bidi does it but
for what is left to whoever draws: brackets that face the other way (rule L4). Marks come before
their letters where a stretch runs from the right, as the page's font has them (L3); see
``docs/decisions/0059-right-to-left.md``.
"""

import re
import unicodedata
from collections.abc import Iterator

from arabic_reshaper import ArabicReshaper
from bidi import get_display
from bidi.mirror import MIRRORED

# What stands between two "·" is one fact: a number behind it is not part of the name before it.
_FACT = re.compile(r"[^·\s](?:[^·]*[^·\s])?")
_FROM_LEFT, _FROM_RIGHT, _FACT_ENDS = "\u2066", "\u2067", "\u2069"
_ISOLATES = dict.fromkeys(map(ord, (_FROM_LEFT, _FROM_RIGHT, _FACT_ENDS)))
_RIGHT = ("R", "AL")
# The algorithm turns a day or a range behind Arabic letters round, but no number with a comma in
# it: 2026-05-01 must be read as what it is. These stand-ins are commas of a kind.
_WITHIN_NUMBER = re.compile(r"(?<=\d)[-–](?=\d)")
_STAND_INS = {"-": "\ufe50", "–": "\ufe52"}
_SIGNS = str.maketrans({stand_in: sign for sign, stand_in in _STAND_INS.items()})
# A mark that nobody writes. Behind a bracket it still follows it where a stretch runs from the
# left, and comes before it where it runs from the right.
_FLAG = "\U000e0100"

# The reshaper leaves out characters between the letters that cannot be seen: it gets letters alone.
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]+")
# Every letter and mark stays: a name is told as it was written.
_AS_WRITTEN = {
    "delete_harakat": False,
    "delete_tatweel": False,
    "support_zwj": False,
    "ARABIC LIGATURE ALLAH": False,
    "RIAL SIGN": False,
}
_RESHAPER = ArabicReshaper(_AS_WRITTEN)
# The two as one sign would carry the mark of the first behind the second.
_MARK_BETWEEN = re.compile("\u0644[\u064b-\u065f\u0670]+[\u0622\u0623\u0625\u0627]")
_LETTER_BY_LETTER = ArabicReshaper(_AS_WRITTEN | {"support_ligatures": False})


def joined(text: str) -> str:
    """Return text with each Arabic letter in the form in which its word is written."""
    return _ARABIC.sub(lambda found: _joined(found[0]), text)


def _joined(letters: str) -> str:
    shaped = _LETTER_BY_LETTER if _MARK_BETWEEN.search(letters) else _RESHAPER
    return str(shaped.reshape(letters))


def in_visual_order(line: str) -> str:
    """Return one printable line as it is set from the left, stretches from the right turned round.

    The line runs from the left, as the page does, and in it a fact whose letters all run from the
    right runs from the right.
    """
    if not any(_kind(character) in _RIGHT for character in line):
        return line
    apart = _FACT.sub(_apart, _WITHIN_NUMBER.sub(lambda sign: _STAND_INS[sign[0]], line))
    flagged = "".join(
        character + _FLAG if character in MIRRORED else character for character in apart
    )
    turned = str(get_display(flagged, base_dir="L"))
    return "".join(_faced(turned)).translate(_ISOLATES).translate(_SIGNS)


def _kind(character: str) -> str:
    return unicodedata.bidirectional(character)


def _apart(found: re.Match[str]) -> str:
    """Return a fact between the signs that keep its direction to itself."""
    kinds = {_kind(character) for character in found[0]}
    runs_from_right = "L" not in kinds and not kinds.isdisjoint(_RIGHT)
    return (_FROM_RIGHT if runs_from_right else _FROM_LEFT) + found[0] + _FACT_ENDS


def _faced(turned: str) -> Iterator[str]:
    """Give the characters of a turned line, each bracket as it faces there, without its flag."""
    characters = iter(turned)
    for character in characters:
        if character == _FLAG:
            bracket = next(characters, "")
            yield MIRRORED.get(bracket, bracket)
            continue
        yield character
        if character in MIRRORED:
            next(characters, None)
