"""Whether anything in a copy leads back to its patient."""

import re
import unicodedata

from pydicom.datadict import dictionary_VR

# Everything that the hostile files say of her, her physician and their days, folded.
NAMES = (
    *("muller", "mueller", "zoemu", "schroder", "schroeder", "yamada", "hanako", "山田", "やまだ"),
    *("zqx", "4711882"),
)
DAYS = (
    *("19850312", "12031985", "03121985", "1985-03-12", "12.03.1985", "12/03/85", "12 mar 1985"),
    *("12. mar", "1985.0312", "12.031985", "20240720", "20072024", "2024-07-20", "20 jul", "20jul"),
    *("jul 20", "july 20", "19991231"),
)
SHORT = {"850312", "120385", "031285", "31285", "85071", "200724", "240720", "24202", "311299"}
_ENCODINGS = ("latin-1", "utf-8", "utf-16-le", "utf-16-be")
_NEW_UIDS = re.compile(rb"2\.25\.\d+")


def traces(content, copy):
    """Return all of it that stands in a file's bytes, in any encoding, or in its copy's values."""
    bare = _NEW_UIDS.sub(b"", bytes(content))  # 39 digits hold any eight by chance some day
    texts = [
        _folded(bare[start:].decode(encoding, "ignore"))
        for encoding in _ENCODINGS
        for start in ((0, 1) if "16" in encoding else (0,))
    ]
    found = {trace for trace in (*NAMES, *DAYS) if any(trace in text for text in texts)}
    return found | SHORT.intersection(_numbers(copy))


def _folded(text):
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _numbers(dataset):
    for element in dataset:
        if element.VR == "SQ":
            for item in element.value:
                yield from _numbers(item)
        elif dictionary_VR(element.tag) not in {"UI", "DA", "OB or OW"}:
            values = element.value if element.VM > 1 else [element.value]
            joined = "".join(re.findall(r"\d+", " ".join(map(str, values))))
            yield joined
            yield joined.strip("0")
            yield from re.findall(r"\d+", " ".join(map(str, values)))
