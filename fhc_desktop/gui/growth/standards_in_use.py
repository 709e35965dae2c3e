"""StandardsInUse: the choice of growth standards, between settings, window and dialog."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.storage.preferences.settings import Settings
from fhc_desktop.storage.preferences.standards import ChartFile

ChangeSettings = Callable[[Callable[[Settings], Settings]], None]


class StandardsInUse(QObject):
    """Hands choices to the controller and keeps in the settings what it then has."""

    def __init__(
        self,
        controller: ExaminationController,
        files: tuple[ChartFile, ...],
        *,
        change_settings: ChangeSettings,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._files = files
        self._change_settings = change_settings
        self._window = parent
        controller.standards_changed.connect(self._save)

    @Slot(object)
    def take(self, standard: GrowthStandard) -> None:
        """Judge by a standard, this image and the next ones."""
        self._controller.set_standard(standard)

    def ask(self) -> None:
        """Show the dialog, and do what was decided in it."""
        # A dialog that no start waits for.
        from fhc_desktop.gui.growth.standards_dialog import StandardsDialog  # noqa: PLC0415

        exam, choice = self._controller.exam, self._controller.standards
        in_force = choice.default if exam is None else exam.standard
        dialog = StandardsDialog(self._window, choice, self._files, in_force=in_force)
        if dialog.exec():
            self._files = dialog.files
            chosen = StandardChoice(choice.default, dialog.opted_in, dialog.local)
            is_changed = dialog.in_force.key != in_force.key
            if is_changed or chosen.with_key(choice.default.key) is None:
                chosen = replace(chosen, default=dialog.in_force)
            self._controller.use_standards(chosen)
            if is_changed:
                self._controller.set_standard(dialog.in_force)
            self._save(self._controller.standards)
        dialog.deleteLater()

    @Slot(object)
    def _save(self, choice: StandardChoice) -> None:
        paths = tuple(str(file.path) for file in self._files)
        groups = tuple(sorted(choice.opted_in))

        def change(settings: Settings) -> Settings:
            return replace(
                settings,
                standard_key=choice.default.key,
                nichd_groups=groups,
                local_charts=paths,
            )

        self._change_settings(change)
