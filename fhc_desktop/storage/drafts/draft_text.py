"""How a draft lies in its file: as JSON, each value by the names of its fields."""

import json

from fhc_desktop.domain.examination.draft import Draft
from fhc_desktop.plain_values import read, told

# Of the texts below; a change of any type that a draft holds makes another one, but for a field
# that has a value where nothing is said of it.
FORM = 1


def text_of(draft: Draft) -> str:
    """Return a draft as ASCII: names that are not Unicode are escaped."""
    return json.dumps(told(draft))


def draft_of(text: str) -> Draft:
    """Return the draft that a text tells.

    Raises:
        ValueError: it tells none.
    """
    try:
        found = read(Draft, json.loads(text))
    except (AttributeError, KeyError, TypeError) as cause:
        raise ValueError("not a draft of this form") from cause
    if not isinstance(found, Draft):
        raise ValueError("not a draft of this form")  # noqa: TRY004 - of the text, not of a type
    return found
