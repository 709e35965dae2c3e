"""The names of a report's files: one for each form, the same but for their endings."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import count

from fhc_desktop.reporting.content.report_form import ReportForm

# What no file system takes everywhere: Windows' signs, control characters, a dot at either end.
_SIGNS = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_MOST_BYTES = 200


def file_name(stem: str, form: ReportForm) -> str:
    """Return a form's file name; two forms with one ending are told apart by what they are."""
    alike = Counter(one.suffix for one in ReportForm)
    told = stem if alike[form.suffix] == 1 else f"{stem}.{form.value}"
    return f"{told}.{form.suffix}"


def free_stem(stem: str, forms: Iterable[ReportForm], is_taken: Callable[[str], bool]) -> str:
    """Return the name, or with a number the first one that no file of these forms has."""
    wanted = tuple(forms)
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(
        one for one in numbered if not any(is_taken(file_name(one, form)) for form in wanted)
    )


def objection_to(stem: str) -> str:
    """Return why a typed name cannot be one, with what to do; empty where it can."""
    if not stem.strip():
        return "Type a name for the file."
    if _SIGNS.search(stem) or stem != stem.strip(" .") or _RESERVED.fullmatch(stem):
        return 'A file cannot have this name: leave out / \\ : * ? " < > | and dots at its ends.'
    if len(stem.encode("utf-8", errors="replace")) > _MOST_BYTES:
        return "This name is too long: type a shorter one."
    return ""
