"""The reports of many files, each that nobody reviewed, in one folder."""

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.structured_report import ReportsBeside
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.workflow.exporting import export_signed

_LETTERS = 16


@dataclass(frozen=True, slots=True)
class FileReports:
    """Where reports go, what time they say, and the data folder whose key signs them.

    ``now`` is one for all, so that a report that is written again has the same bytes.
    """

    folder: Path
    data: Path
    now: datetime
    paper: Paper

    def write(
        self, exam: Examination, path: Path, choice: StandardChoice, beside: ReportsBeside
    ) -> str:
        """Write the report of a file and return its name, which tells nothing of the patient.

        Raises:
            ReportNotWritten: it could not be written; no part of it is left.
        """
        digest = hashlib.sha256(os.fsencode(path)).hexdigest()
        name = f"head-circumference-not-reviewed-{digest[:_LETTERS]}.pdf"
        export_signed(
            exam,
            self.folder / name,
            self.data,
            now=self.now,
            choice=choice,
            beside=beside,
            paper=self.paper,
        )
        return name
