"""What is read out of a report's file again: its words, page by page, and what it carries."""

import io
import logging
from dataclasses import dataclass

from pypdf import PdfReader

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.reporting.pdf.paper import Paper, paper_of_height
from fhc_desktop.reporting.proof.seal import MEASUREMENT, Seal, seal_of

# A report has a few pages; whoever forges one shall not keep the program busy for ever.
_MOST_PAGES = 200
_REMEDY = "Choose a report that FHC Desktop has written."
# Of a file that is no report there is one sentence, and it is ours.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class NoReport(FhcError):  # noqa: N818 - says what was found
    """A file that is no report of this program."""


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """``pages`` are the lines of each page; ``measurement`` is the JSON as it lies in the file.

    ``paper`` is what its first page is printed on.
    """

    pages: tuple[tuple[str, ...], ...]
    measurement: bytes
    seal: Seal
    paper: Paper


def opened_report(content: bytes, name: str) -> OpenedReport:
    """Return what a report's file holds; ``name`` is how it is called in a sentence.

    Raises:
        NoReport: it is no PDF, or carries no measurement.
    """
    try:
        reader = PdfReader(io.BytesIO(content))
        found = reader.attachments.get(MEASUREMENT, [])
        pages = page_lines(content) if len(found) == 1 else ()
        paper = paper_of_height(float(reader.pages[0].mediabox.height))
    except (MemoryError, KeyboardInterrupt):
        raise
    # Whoever changed the file may have left anything in it: each of these says that it is no
    # report, whatever the library stumbled over.
    except Exception as cause:
        raise NoReport(f"{name} cannot be read as a PDF.", _REMEDY) from cause
    if len(found) != 1:
        raise NoReport(f"{name} carries no measurement: it cannot be verified.", _REMEDY)
    return OpenedReport(pages, found[0], seal_of(content), paper)


def page_lines(content: bytes) -> tuple[tuple[str, ...], ...]:
    """Return the lines of each page of a PDF, without the white space between words."""
    reader = PdfReader(io.BytesIO(content))
    if len(reader.pages) > _MOST_PAGES:
        raise ValueError(f"{len(reader.pages)} pages")
    return tuple(
        tuple(filter(None, (" ".join(line.split()) for line in page.extract_text().splitlines())))
        for page in reader.pages
    )
