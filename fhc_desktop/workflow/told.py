"""Told: what a report says beside its examination."""

from datetime import datetime
from typing import Required, TypedDict

from fhc_desktop.domain.dating.dating_record import DatingRecord
from fhc_desktop.domain.examination.structured_report import ReportsBeside
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.institution import Institution
from fhc_desktop.domain.pregnancy.mean_hc import MeanHc
from fhc_desktop.reporting.pdf.paper import Paper


class Told(TypedDict, total=False):
    """As ``exporting.pdf_report`` takes it; a window has it long before it writes a report."""

    now: Required[datetime]
    choice: StandardChoice
    record: DatingRecord | None
    display: Display
    mean: MeanHc | None
    beside: ReportsBeside
    paper: Paper
    institution: Institution
