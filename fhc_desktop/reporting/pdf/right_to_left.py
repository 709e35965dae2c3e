"""Arabic and Hebrew on a page whose letters are set one by one from the left.

Enough for names and short remarks, not the whole of the Unicode algorithm: letters take the form
that their neighbours ask for, and each stretch from the right is turned round, its numbers not.
"""

import re
import unicodedata
from functools import cache

# Letters whose forms Unicode names one by one: Arabic A (with Persian and Urdu) and B.
_FORM_BLOCKS = (range(0xFB50, 0xFE00), range(0xFE70, 0xFEFD))
_FORM = re.compile(r"<(isolated|initial|medial|final)> ([0-9A-F]{4}(?: [0-9A-F]{4})?)")
# Stands between two facts on one line; a number behind it is not part of the name before it.
_FACTS_APART = "·"
_STRETCHER = "\u0640"
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_OPENERS = ("(", "[", "{", "<", "«")
_RIGHT, _NUMBER = ("R", "AL"), ("EN", "AN")

Forms = dict[str, dict[str, str]]


def joined(text: str) -> str:
    """Return text with each Arabic letter in the form in which its word is written."""
    forms = _forms()
    if not any(character in forms for character in text):
        return text
    text = _with_ligatures(text, forms)
    shown = []
    for place, character in enumerate(text):
        before = _reaches_on(_neighbour(text, place, -1), forms)
        after = _takes_hand(_neighbour(text, place, 1), forms)
        shown.append(_form_of(character, forms, before=before, after=after))
    return "".join(shown)


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


def _turned(stretch: str) -> str:
    """Return a stretch from its end; numbers stay as they are, marks behind their letters."""
    clusters: list[str] = []
    for character in stretch:
        kind = unicodedata.bidirectional(character)
        is_digit_on = kind in _NUMBER and clusters and clusters[-1][-1].isdigit()
        if clusters and (kind == "NSM" or is_digit_on):
            clusters[-1] += character
        else:
            clusters.append(character.translate(_MIRRORED))
    return "".join(reversed(clusters))


@cache
def _forms() -> Forms:
    """Return for each letter, or ligature of two, its forms by the name of their place."""
    found: Forms = {}
    for block in _FORM_BLOCKS:
        for code_point in block:
            named = _FORM.fullmatch(unicodedata.decomposition(chr(code_point)))
            if named is None:
                continue
            letters = "".join(chr(int(code, 16)) for code in named[2].split())
            if len(letters) == 1 or letters[0] == "\u0644":  # of the ligatures only lam-alef
                found.setdefault(letters, {}).setdefault(named[1], chr(code_point))
    alefs = "\u0622\u0623\u0625\u0627"
    return {k: v for k, v in found.items() if len(k) == 1 or k[1] in alefs}


def _with_ligatures(text: str, forms: Forms) -> str:
    """Return text with lam-alef as one letter: the isolated form stands for the pair."""
    for pair in (letters for letters in forms if len(letters) == 2):  # noqa: PLR2004 - a pair
        text = text.replace(pair, forms[pair]["isolated"])
    return text


@cache
def _pairs() -> dict[str, str]:
    return {forms["isolated"]: pair for pair, forms in _forms().items() if len(pair) > 1}


def _known(character: str, forms: Forms) -> dict[str, str]:
    return forms.get(_pairs().get(character, character), {})


def _neighbour(text: str, place: int, step: int) -> str:
    """Return the next letter in a direction, past the marks that stand on letters."""
    place += step
    while 0 <= place < len(text) and unicodedata.bidirectional(text[place]) == "NSM":
        place += step
    return text[place] if 0 <= place < len(text) else ""


def _reaches_on(character: str, forms: Forms) -> bool:
    return character == _STRETCHER or "initial" in _known(character, forms)


def _takes_hand(character: str, forms: Forms) -> bool:
    return character == _STRETCHER or "final" in _known(character, forms)


def _form_of(character: str, forms: Forms, *, before: bool, after: bool) -> str:
    own = _known(character, forms)
    after = after and "initial" in own
    before = before and "final" in own
    name = {(True, True): "medial", (True, False): "final", (False, True): "initial"}.get(
        (before, after), "isolated"
    )
    return own.get(name, character)
