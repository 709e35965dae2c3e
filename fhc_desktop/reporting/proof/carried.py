"""What is read out of a report's file again: its words, page by page, and what it carries."""

import io
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pypdf import PdfReader

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.reporting.pdf.paper import Paper, paper_of_height
from fhc_desktop.reporting.proof.seal import (
    MEASUREMENT,
    Seal,
    is_numbered_measurement,
    seal_of,
)

# A dossier of forty examinations has some two hundred; whoever forges one shall not keep the
# program busy for ever.
_MOST_PAGES = 1000
_REMEDY = "Choose a report that FHC Desktop has written."
# Of a file that is no report there is one sentence, and it is ours.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class NoReport(FhcError):  # noqa: N818 - says what was found
    """A file that is no report of this program."""


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """``pages`` are the lines of each page; ``measurements`` the JSONs as they lie in the file.

    A dossier has one for each of its examinations, any other report one. ``paper`` is what its
    first page is printed on.
    """

    pages: tuple[tuple[str, ...], ...]
    measurements: tuple[bytes, ...]
    is_dossier: bool
    seal: Seal
    paper: Paper


def opened_report(content: bytes, name: str) -> OpenedReport:
    """Return what a report's file holds; ``name`` is how it is called in a sentence.

    Raises:
        NoReport: it is no PDF, or carries no measurement.
    """
    try:
        reader = PdfReader(io.BytesIO(content))
        measurements, is_dossier = _measurements(reader.attachments)
        pages = page_lines(content) if measurements else ()
        paper = paper_of_height(float(reader.pages[0].mediabox.height))
    except (MemoryError, KeyboardInterrupt):
        raise
    # Whoever changed the file may have left anything in it: each of these says that it is no
    # report, whatever the library stumbled over.
    except Exception as cause:
        raise NoReport(f"{name} cannot be read as a PDF.", _REMEDY) from cause
    if not measurements:
        raise NoReport(f"{name} carries no measurement: it cannot be verified.", _REMEDY)
    return OpenedReport(pages, measurements, is_dossier, seal_of(content), paper)


def _measurements(attached: Mapping[str, Sequence[bytes]]) -> tuple[tuple[bytes, ...], bool]:
    """Return the measurements and whether they are a dossier's; none where it is not clear which.

    Of two under one name nobody could tell which the pages are of.
    """
    numbered = sorted(filter(is_numbered_measurement, attached))
    names = [MEASUREMENT] if MEASUREMENT in attached else []
    found = [content for name in (*names, *numbered) for content in attached[name]]
    is_clear = len(found) == len(names) + len(numbered) and not (names and numbered)
    return (tuple(found) if is_clear else ()), bool(numbered)


def page_lines(content: bytes) -> tuple[tuple[str, ...], ...]:
    """Return the lines of each page of a PDF, without the white space between words."""
    reader = PdfReader(io.BytesIO(content))
    if len(reader.pages) > _MOST_PAGES:
        raise ValueError(f"{len(reader.pages)} pages")
    return tuple(
        tuple(filter(None, (" ".join(line.split()) for line in page.extract_text().splitlines())))
        for page in reader.pages
    )
