"""PresetMenu: the grey windows that the image on the screen can be shown with."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu

from fhc_desktop.domain.image.display import GreyWindow, Preset
from fhc_desktop.gui.image.picture_content import PictureContent

_WIDEST_PX = 300


class PresetMenu(QMenu):
    """Names with their levels and widths; the one in force is marked."""

    chosen = Signal(object)  # GreyWindow

    def __init__(self) -> None:
        super().__init__("&Presets")
        self._shown: tuple[tuple[Preset, ...], GreyWindow] | None = None
        self.setEnabled(False)

    def show_content(self, content: PictureContent | None) -> None:
        shown = None if content is None else (content.presets, content.display.window)
        self.setEnabled(content is not None and not content.is_inert)
        if shown == self._shown:
            return
        self._shown = shown
        self.clear()
        if shown is not None:
            for preset in shown[0]:
                self._add(preset, in_force=shown[1])

    def _add(self, preset: Preset, *, in_force: GreyWindow) -> None:
        name = self.fontMetrics().elidedText(preset.name, Qt.TextElideMode.ElideRight, _WIDEST_PX)
        action = self.addAction(f"{name.replace('&', '&&')}\t{preset.window.text}")
        action.setCheckable(True)
        action.setChecked(preset.window == in_force)
        action.triggered.connect(lambda: self.chosen.emit(preset.window))
