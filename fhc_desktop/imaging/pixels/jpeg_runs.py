"""Whether a JPEG's data reach as far as its picture (ITU-T T.81).

libjpeg paints grey what its data do not reach, with no more than a warning that nobody hears.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LEAD = 0xFF
_END, _START_OF_SCAN, _PROGRESSIVE = 0xD9, 0xDA, 0xC2
_ALL_IN_ONE = (0xC0, 0xC1, 0xC3)  # each part of the picture is sharp at once
_FIRST_RESTART, _RESTARTS = 0xD0, 8
_LONE = (0x01, *range(0xD0, 0xD9))
# Arithmetic coding may leave the zeros at the end of its data to the decoder (D.1.8).
_ARITHMETIC = (0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF)
_COEFFICIENTS = 64
# Among codes a lead byte stands before a zero, and before anything else it begins a marker.
_NEXT_MARKER = re.compile(rb"\xff+([^\x00\xff])", re.DOTALL)
# Enough for some blocks in any code, each value once, without a lead byte.
_FILLING = bytes((37 * number + 11) % _LEAD for number in range(_LEAD))


@dataclass(frozen=True, slots=True)
class _Segment:
    """A marker's segment without its length.

    ``runs`` are, behind a scan's, where each run of codes ends, with the data that a decoder
    without enough of its own would take there.
    """

    marker: int
    body: bytes
    runs: tuple[tuple[int, bytes], ...] = ()


def with_longer_runs(encoded: bytes) -> bytes | None:
    """Return a JPEG with more data behind each run of codes; None where that would tell nothing.

    A decoder that has a whole picture by then passes over them. If the picture changes, its own
    data ended too early, and what stood in their place was made up.
    """
    parts: list[bytes] = []
    done = 0
    for segment in _segments(encoded):
        for end, filling in segment.runs:
            parts += (encoded[done:end], filling)
            done = end
    return b"".join((*parts, encoded[done:])) if parts else None


def lacks_scans(encoded: bytes) -> bool:
    """Say whether a progressive JPEG ends before the scan that would make its picture sharp."""
    missing: set[tuple[int, int]] = set()
    for segment in _segments(encoded):
        body = segment.body
        if segment.marker in _ALL_IN_ONE:
            return False
        if segment.marker == _PROGRESSIVE and body[5:]:
            missing = {(name, at) for name in body[6::3][: body[5]] for at in range(_COEFFICIENTS)}
        elif segment.marker == _START_OF_SCAN and body:
            names = body[1 : 1 + 2 * body[0] : 2]
            first, last, approximation = (*body[1 + 2 * body[0] :], 0, 0, 0)[:3]
            if not approximation % 16:  # to its last bit
                missing -= {(name, at) for name in names for at in range(first, last + 1)}
    return bool(missing)


def _segments(encoded: bytes) -> Iterator[_Segment]:
    """Yield what stands before the end, as far as it is in order and in codes of Huffman."""
    at = 2  # behind the mark of the beginning
    while at + 4 <= len(encoded) and encoded[at] == _LEAD:
        marker = encoded[at + 1]
        if marker == _END or marker in _ARITHMETIC:
            return
        if marker in _LONE or marker == _LEAD:  # which fills
            at += 1 if marker == _LEAD else 2
            continue
        end = at + 2 + int.from_bytes(encoded[at + 2 : at + 4], "big")
        runs = tuple(_runs_of_scan(encoded, end)) if marker == _START_OF_SCAN else ()
        yield _Segment(marker, encoded[at + 4 : end], runs)
        at = runs[-1][0] if runs else end


def _runs_of_scan(encoded: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield the runs of a scan whose codes start here.

    A decoder that waits for another run would pass over data: the last run is followed by one.
    """
    expected = _FIRST_RESTART
    for found in _NEXT_MARKER.finditer(encoded, start):
        marker = found[1][0]
        if marker - _FIRST_RESTART not in range(_RESTARTS):
            yield found.start(), _FILLING + bytes((_LEAD, expected)) + _FILLING
            return
        yield found.start(), _FILLING
        expected = _FIRST_RESTART + (marker - _FIRST_RESTART + 1) % _RESTARTS
