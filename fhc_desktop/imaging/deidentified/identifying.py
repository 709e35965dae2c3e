"""What may stand in no value of a copy: names, numbers and days of the file's own."""

import re
import struct
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import product
from typing import Any

from pydicom.datadict import dictionary_VR

from fhc_desktop.domain.person_name import folded_words
from fhc_desktop.imaging.deidentified.written_days import digits_of, is_written_in
from fhc_desktop.imaging.dicom.dates import NotADay, read_date, read_day_of_moment
from fhc_desktop.imaging.dicom.element import optional

# Numbers and marks that lead to a patient, wherever in the file they stand.
_NUMBERS = frozenset(
    {
        *("PatientID", "OtherPatientIDs", "IssuerOfPatientID", "MedicalRecordLocator"),
        *("AccessionNumber", "StudyID", "AdmissionID", "ServiceEpisodeID", "PatientAddress"),
        *("PatientTelephoneNumbers", "InsurancePlanIdentification", "PatientInsurancePlanCode"),
        *("RequestedProcedureID", "ScheduledProcedureStepID", "PerformedProcedureStepID"),
        *("PlacerOrderNumberImagingServiceRequest", "FillerOrderNumberImagingServiceRequest"),
    }
)
_DEEPEST = 8
_SHORTEST_WORD = 3
_SHORTEST_WITHIN = 4  # of a word that is looked for inside others
_SHORTEST_NUMBER = 3
# Shorter ones are found by chance in a scale of as many digits, which would be lost for nothing.
_SHORTEST_COUNT = 5
_SHORTEST_FRACTION = 6
_SHORTEST_WITHIN_DIGITS, _SHORTEST_DAY_WITHIN_DIGITS = 7, 8
_TWICE = re.compile(r"([^\W\d_])\1+")


@dataclass(frozen=True, slots=True)
class Identifying:
    """The words, numbers and days by which a file can be traced to somebody.

    ``words`` are folded; ``numbers`` are digits without the zeros that lead, ``day_numbers`` those
    of the days in every writing.
    """

    words: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    days: frozenset[date] = frozenset()
    day_numbers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, dataset: Any) -> "Identifying":
        """Gather them from a data set and what is nested in it; damaged elements say nothing."""
        words: set[str] = set()
        numbers: set[str] = set()
        days: set[date] = set()
        for element in _elements(dataset):
            texts = list(_texts(element.value))
            # By the standard, not by the file: a name is one where the file calls it a text.
            kind = dictionary_VR(element.tag) if element.keyword else element.VR
            if kind == "PN":
                words.update(word for text in texts for word in _of_name(text))
            elif element.keyword in _NUMBERS:
                words.update(word for text in texts for word in _telling_words(text))
                numbers.update(run for text in texts for run in _runs(text))
            elif kind in {"DA", "DT"}:
                days.update(_days(texts))
        written = (digits for day in days for digits in digits_of(day))
        return cls(
            frozenset(words),
            frozenset(numbers),
            frozenset(days),
            frozenset(written),
        )

    def is_in_text(self, text: str) -> bool:
        """Say whether a text holds any of them, however it is spelled or written."""
        words = _words(text)
        return (
            not self.words.isdisjoint(words)
            or self._is_within("".join(words))
            or any(self._is_number(run) or self._is_within_digits(run) for run in _runs(text))
            or self.is_day_in(text)
        )

    def is_day_in(self, text: str) -> bool:
        """Say whether a text holds one of the days, in any writing."""
        return any(is_written_in(day, text) for day in self.days)

    def is_number(self, number: int) -> bool:
        """Say whether a number that somebody may choose freely is one of hers."""
        return self._is_number(str(abs(number)))

    def is_in_measure(self, written: str) -> bool:
        """Say whether a number that was measured holds a long one of hers or a day."""
        mantissa, _, fraction = written.lower().partition("e")[0].lstrip("+-").partition(".")
        digits = (mantissa + fraction).strip("0")
        shortest = _SHORTEST_FRACTION if fraction.strip("0") else _SHORTEST_COUNT
        whole = digits if fraction.strip("0") else mantissa.lstrip("0")
        is_one = len(whole) >= shortest and self._is_number(whole)
        return is_one or self._is_within_digits(digits)

    def is_in_bytes(self, number: float) -> bool:
        """Say whether a number spells one of them where its bytes are taken for letters."""
        packed = struct.pack("<d", number)
        return any(
            map(self._is_spelled, (packed.decode("latin-1"), packed[::-1].decode("latin-1")))
        )

    def _is_spelled(self, text: str) -> bool:
        long_runs = [run for run in _runs(text) if len(run) >= _SHORTEST_COUNT]
        return self._is_within("".join(_words(text))) or any(map(self._is_number, long_runs))

    def _is_within(self, joined: str) -> bool:
        return _is_any_within(self.words, joined, _SHORTEST_WITHIN)

    def _is_within_digits(self, digits: str) -> bool:
        return _is_any_within(self.numbers, digits, _SHORTEST_WITHIN_DIGITS) or _is_any_within(
            self.day_numbers, digits, _SHORTEST_DAY_WITHIN_DIGITS
        )

    def _is_number(self, digits: str) -> bool:
        return digits in self.numbers or digits in self.day_numbers


def _is_any_within(texts: Iterable[str], text: str, shortest: int) -> bool:
    return any(len(one) >= shortest and one in text for one in texts)


def _elements(dataset: Any, depth: int = 0) -> Iterator[Any]:
    if depth > _DEEPEST:
        return
    for tag in list(dataset.keys()):
        element = optional(partial(dataset.__getitem__, tag))
        if element is None:
            continue
        if element.VR == "SQ":
            for item in element.value or ():
                yield from _elements(item, depth + 1)
        else:
            yield element


def _texts(value: Any) -> Iterator[str]:
    is_many = hasattr(value, "__iter__") and not isinstance(value, str | bytes)
    # A person name has an iterator of its own letters.
    many = value if is_many and not hasattr(value, "original_string") else [value]
    for one in many:
        yield str(one)
        # Many write UTF-8 and declare nothing.
        written = getattr(one, "original_string", b"")
        if isinstance(written, bytes) and written:
            yield written.decode("utf-8", "ignore")


def _of_name(text: str) -> Iterator[str]:
    """Yield the words of a name, and those of each group written together in either order."""
    for group in text.split("="):
        yield from _telling_words(group)
        words = _words(group)
        if len(words) > 1:
            yield "".join(words)
            yield "".join(reversed(words))


def _telling_words(text: str) -> list[str]:
    """Return the words that are long enough as they are written: Roe is, though it folds to ro."""
    long_ones = (one for one in re.split(r"[\W_]+", text) if len(one) >= _SHORTEST_WORD)
    long_enough = {word for one in long_ones for word in _words(one)}
    return [word for word in _words(text) if len(word) >= _SHORTEST_WORD or word in long_enough]


def _words(text: str) -> list[str]:
    """Return folded words whose doubled letters are one: Åse, Aase, ASE."""
    return [_TWICE.sub(r"\1", word) for word in folded_words(text)]


def _runs(text: str) -> list[str]:
    """Return the digits of a text: each run of them, and all together."""
    runs = re.findall(r"[0-9]+", text)
    stripped = {run.lstrip("0") for run in (*runs, "".join(runs))}
    return [run for run in stripped if len(run) >= _SHORTEST_NUMBER]


def _days(texts: Iterable[str]) -> Iterator[date]:
    for text, read in product(texts, (read_date, read_day_of_moment)):
        with suppress(NotADay):
            yield read(text)
