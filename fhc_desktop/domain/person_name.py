"""Whether two spellings are one person's name."""

import unicodedata

# Letters that have no accent to take away, and are written without it all the same.
_PLAIN = str.maketrans(
    {"ı": "i", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ħ": "h"}
)
# What a scanner without umlauts writes; Muller, Müller and Mueller are one spelling.
_UMLAUTS = tuple((f"{vowel}e", vowel) for vowel in "aou")
# Combining marks over Latin, Greek and Cyrillic letters, and the points of Hebrew and Arabic.
# Those of other scripts are vowels of their own, and Japanese voicing tells か from が.
_MARKS = ((0x0300, 0x036F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x0591, 0x05C7), (0x064B, 0x065F))
_KATAKANA, _TO_HIRAGANA = (0x30A1, 0x30F6), -0x60
_APOSTROPHES = "'’ʼ`´"
_DEGREES = frozenset({"dr", "prof", "professor", "doctor", "med", "dipl", "ing", "phd", "md"})
_TITLES = _DEGREES | frozenset(
    {"mr", "mrs", "ms", "miss", "mme", "madame", "mlle", "frau", "herr", "sra", "srta", "jr", "sr"}
)
_FEWEST_WORDS = 2
# DICOM allows 64 characters to a name; blanks and commas are among them, and not counted here.
_CUT_LETTERS = 50


def is_same_name(one: str, other: str) -> bool:
    """Return whether two texts spell one name.

    Spelling is: order, case, accents, umlauts written out, punctuation and titles; words written
    together; a middle name more or less, or its first letter; a name cut off at 64 characters; and
    that only one of them has the ideographic or the phonetic form (PS3.5 6.2.1: groups between
    "=", or shown in brackets at the end). Another family name or another given name is no
    spelling, and a family name alone is nobody's whole name.

    Reflexive and symmetric, not transitive: "Doe, Jane" is both "Doe, Jane Ann" and "Doe, Jane
    Sue", who are two.
    """
    if one == other:
        return True
    return any(_is_one(left, right) for left in _groups(one) for right in _groups(other))


def folded_words(text: str) -> tuple[str, ...]:
    """Return a text's words without what spelling changes, and without titles beside a name.

    Case, accents, umlauts written out, Katakana or Hiragana: all are one word.
    """
    folded = "".join(map(_folded_letter, unicodedata.normalize("NFKD", text.casefold())))
    # A second time: the mark of a letter may have kept it from being folded.
    folded = unicodedata.normalize("NFKC", folded.casefold().translate(_PLAIN))
    for written_out, plain in _UMLAUTS:
        folded = folded.replace(written_out, plain)
    words = "".join(one if _is_of_word(one) else " " for one in folded).split()
    return tuple(word for word in words if word not in _TITLES) or tuple(words)


def _groups(name: str) -> list[tuple[str, ...]]:
    """Return a name's words, once in each script that it is given in."""
    lead, _, rest = name.rstrip().removesuffix(")").rpartition(" (")
    if name.rstrip().endswith(")") and lead and not _is_latin(rest):
        texts = [lead, *rest.split(", ")]
    else:
        texts = name.split("=")
    words = [folded_words(text) for text in texts]
    return [found for found in words if found] or [()]


def _is_latin(text: str) -> bool:
    return any("LATIN" in unicodedata.name(letter, "") for letter in text)


def _folded_letter(letter: str) -> str:
    code = ord(letter)
    if letter in _APOSTROPHES or any(first <= code <= last for first, last in _MARKS):
        return ""
    if _KATAKANA[0] <= code <= _KATAKANA[1]:
        return chr(code + _TO_HIRAGANA)
    return letter


def _is_of_word(letter: str) -> bool:
    return unicodedata.category(letter)[0] in {"L", "M", "N"}


def _is_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if sorted(one) == sorted(other):
        return True
    return (
        _is_written_together(one, other)
        or _is_written_together(other, one)
        or _has_middle_name_more(one, other)
        or _has_middle_name_more(other, one)
        or _is_cut(one, other)
    )


def _is_written_together(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    whole = "".join(other)
    return any("".join((*one[at:], *one[:at])) == whole for at in range(len(one)))


def _has_middle_name_more(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Return whether a name holds another, of which a first letter may stand for a word."""
    left, initials = list(longer), []
    for word in shorter:
        if word in left:
            left.remove(word)
        else:
            initials.append(word)
    if len(shorter) - len(initials) < _FEWEST_WORDS:
        return False
    for initial in initials:
        meant = next((word for word in left if len(initial) == 1 and word[0] == initial), None)
        if meant is None:
            return False
        left.remove(meant)
    return True


def _is_cut(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    shorter, longer = sorted(("".join(one), "".join(other)), key=len)
    return len(shorter) >= _CUT_LETTERS and longer.startswith(shorter)
