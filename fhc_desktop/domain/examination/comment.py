"""A comment on an examination: the clinician's own words, on which no number rests."""

import unicodedata
from itertools import groupby

LONGEST_COMMENT = 2000
_UNSEEN = {"Cc", "Cf", "Cs"}
# Parts of how words are written: joiners, and the marks of direction that keyboards type.
_IN_WORDS = "\u200c\u200d\u200e\u200f\u061c"


def tidied(text: str) -> str:
    """Return a typed text as a comment holds it: lines without ends, one blank line at most.

    Tabs are spaces, as everywhere on a page.
    """
    lines = (line.replace("\t", " ").rstrip() for line in text.splitlines())
    runs = ((line, len(list(run))) for line, run in groupby(lines))
    kept = (line for line, count in runs for _ in range(count if line else 1))
    return "\n".join(kept).strip()


def fault_of(comment: str) -> str:
    """Return why a tidied text can be no comment, in a sentence; empty where it can."""
    if len(comment) > LONGEST_COMMENT:
        return (
            f"A comment has at most {LONGEST_COMMENT:,} characters; this would have "
            f"{len(comment):,}."
        )
    unseen = next((sign for sign in comment if _is_unseen(sign)), None)
    if unseen is None:
        return ""
    # It could turn or hide what stands beside it.
    return f"There is a sign in it that nobody can see (U+{ord(unseen):04X})."


def lines_of(comment: str) -> tuple[str, ...]:
    """Return the lines of a comment, with the blank ones between its paragraphs."""
    return tuple(comment.split("\n")) if comment else ()


def _is_unseen(sign: str) -> bool:
    is_break = sign == "\n"
    return not is_break and unicodedata.category(sign) in _UNSEEN and sign not in _IN_WORDS
