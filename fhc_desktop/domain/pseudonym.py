"""New names, numbers and dates: the same for the same patient in one export, never in two."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

_KEY_BYTES = 32
_UUID_BYTES = 16
_NAME_LETTERS = 8
# Into the past, so that no date lies in the future; by a year at least, ten at most.
_SHORTEST_SHIFT_DAYS = 366
_LONGEST_SHIFT_DAYS = 3652


@dataclass(frozen=True, slots=True)
class PseudonymKey:
    """What one export's pseudonyms are derived from; it is forgotten with the export.

    Nobody can get back from a pseudonym to the patient, or from one export to another, without
    it: they are keyed hashes (HMAC-SHA-256), not counted and not plain hashes, which could be
    found by trying all identifiers.
    """

    secret: bytes

    @classmethod
    def fresh(cls) -> "PseudonymKey":
        return cls(secrets.token_bytes(_KEY_BYTES))

    def name(self, patient: str) -> str:
        """Return the pseudonym of a patient; ``patient`` is whatever tells her from others."""
        letters = base64.b32encode(self._digest("name", patient)).decode("ascii")
        return f"ANON-{letters[:_NAME_LETTERS]}"

    def shift_days(self, patient: str) -> int:
        """Return by how many whole days all dates of a patient are moved."""
        span = _LONGEST_SHIFT_DAYS - _SHORTEST_SHIFT_DAYS + 1
        number = int.from_bytes(self._digest("days", patient), "big")
        return -(_SHORTEST_SHIFT_DAYS + number % span)

    def uid(self, original: str) -> str:
        """Return a DICOM UID by PS3.5 B.2 (2.25. and a UUID) in place of another."""
        number = bytearray(self._digest("uid", original)[:_UUID_BYTES])
        number[6] = number[6] & 0x0F | 0x80  # version 8: made by a rule of one's own (RFC 9562)
        number[8] = number[8] & 0x3F | 0x80
        return f"2.25.{int.from_bytes(number, 'big')}"

    def _digest(self, purpose: str, text: str) -> bytes:
        message = f"{purpose}\0{text}".encode("utf-8", "surrogatepass")
        return hmac.new(self.secret, message, hashlib.sha256).digest()


def shifted(day: date, days: int) -> date | None:
    """Return a date moved by whole days; None where the calendar ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
