"""Telling: what the report of the examination on the screen says beside it."""

from collections.abc import Callable

from fhc_desktop.domain.pregnancy.mean_hc import MeanHc
from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.storage.preferences.letterhead import letterhead_of
from fhc_desktop.storage.preferences.settings import Settings
from fhc_desktop.workflow.told import Told


class Telling:
    """The same for each way in which a report is filed or looked at."""

    def __init__(
        self,
        controller: ExaminationController,
        *,
        settings: Callable[[], Settings],
        mean: Callable[[], MeanHc | None],
    ) -> None:
        self._controller = controller
        self._settings = settings
        self._mean = mean

    def told(self, paper: Paper) -> Told:
        """Return what a report made now says, with the institution as the settings name it."""
        told = self._controller.told(mean=self._mean(), paper=paper)
        told["institution"] = letterhead_of(self._settings()).institution
        return told

    @property
    def notice(self) -> str:
        """Why the institution's logo is not in it; empty where it is, or where there is none."""
        return letterhead_of(self._settings()).notice or ""
