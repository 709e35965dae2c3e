"""An element that may be there or not: a damaged one is no reason to refuse the picture."""

import warnings
from collections.abc import Callable
from typing import Any, TypeVar

from fhc_desktop.imaging.dicom.person_name import plain

T = TypeVar("T")


def optional(read: Callable[[], T]) -> T | None:
    """Return what an accessor gives, or None where the element is damaged.

    pydicom decodes an element when it is first touched, and may then raise anything.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they would quote the patient's data
            return read()
    except Exception:  # noqa: BLE001
        return None


def text_of(dataset: Any, keyword: str) -> str | None:
    return optional(lambda: plain(str(dataset.get(keyword) or "")))
