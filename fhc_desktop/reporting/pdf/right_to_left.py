"""Arabic and Hebrew on a page whose letters are set one by one from the left.

Enough for names and short remarks, not the whole of the Unicode algorithm: each stretch from the
right is turned round, its numbers not (``docs/decisions/0059-right-to-left.md``).
"""

import re
import unicodedata

from arabic_reshaper import ArabicReshaper

# Stands between two facts on one line; a number behind it is not part of the name before it.
_FACTS_APART = "·"
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_OPENERS = ("(", "[", "{", "<", "«")
_RIGHT, _NUMBER = ("R", "AL"), ("EN", "AN")
# Between the digits of a length, a day, a time or a range; Unicode turns some of these round.
_WITHIN_NUMBER = ".,:/-–\u00a0"

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
    """Return one line as it is set from the left, its stretches from the right turned round."""
    kinds = [unicodedata.bidirectional(character) for character in line]
    if not any(kind in _RIGHT for kind in kinds):
        return line
    shown, place = "", 0
    while place < len(line):
        if kinds[place] not in _RIGHT:
            shown += line[place]
            place += 1
            continue
        end = _end_of_stretch(line, kinds, place)
        shown += _turned(line[place:end])
        place = end
    return shown


def _end_of_stretch(line: str, kinds: list[str], start: int) -> int:
    """Return where a stretch ends: behind its last letter, mark or number and their bracket."""
    end = start
    for place in range(start, len(kinds)):
        if kinds[place] == "L" or line[place] == _FACTS_APART:
            break
        if kinds[place] in (*_RIGHT, *_NUMBER, "NSM"):
            end = place + 1
    opener = line[end : end + 1].translate(_MIRRORED)
    closes = opener in _OPENERS and line.count(opener, start, end) > 0
    return end + 1 if closes else end


def _goes_on_with_number(stretch: str, place: int) -> bool:
    """Return whether a character is of the number before it: 176.8 must not become 8.176."""

    def is_digit(at: int) -> bool:
        return 0 <= at < len(stretch) and unicodedata.bidirectional(stretch[at]) in _NUMBER

    def is_within(at: int) -> bool:
        return stretch[at] in _WITHIN_NUMBER and is_digit(at - 1) and is_digit(at + 1)

    return is_within(place) or (is_digit(place) and (is_digit(place - 1) or is_within(place - 1)))


def _turned(stretch: str) -> str:
    """Return a stretch from its end; numbers stay as they are, marks behind their letters."""
    clusters: list[str] = []
    for place, character in enumerate(stretch):
        is_mark = unicodedata.bidirectional(character) == "NSM"
        if clusters and (is_mark or _goes_on_with_number(stretch, place)):
            clusters[-1] += character
        else:
            clusters.append(character.translate(_MIRRORED))
    return "".join(reversed(clusters))
