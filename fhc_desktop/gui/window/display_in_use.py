"""DisplayInUse: how the image on the screen is shown, between hand, keys, menu and draft."""

from typing import Protocol

from PySide6.QtCore import QObject, Slot

from fhc_desktop.domain.image.display import Change, Display, GreyWindow, next_preset
from fhc_desktop.gui.examination.screen import Screen
from fhc_desktop.gui.image.image_view import ImageView
from fhc_desktop.gui.image.picture_content import PictureContent
from fhc_desktop.gui.image.readout import Readout
from fhc_desktop.gui.image.scale_bars import ScaleBars
from fhc_desktop.gui.window.preset_menu import PresetMenu


class KeepsDisplay(Protocol):
    """Whoever has the image on the screen, and keeps with it how it is shown."""

    @property
    def screen(self) -> Screen: ...

    def set_display(self, display: Display) -> None: ...


class DisplayInUse(QObject):
    """Hands each change to the controller, who keeps it with the image, and shows what holds."""

    def __init__(self, controller: KeepsDisplay, view: ImageView, *, parent: QObject) -> None:
        super().__init__(parent)
        self._controller = controller
        self._view = view
        self._presets_shown: PictureContent | None = None
        self.presets = PresetMenu()
        self.readout = Readout(view)
        self.scale_bars = ScaleBars(view)
        view.display_committed.connect(controller.set_display)
        self.presets.chosen.connect(self._take_window)

    def show_content(self, content: PictureContent | None) -> None:
        self._presets_shown = content
        for part in (self.presets, self.readout, self.scale_bars):
            part.show_content(content)

    def change(self, change: Change) -> None:
        """Show the image otherwise by one step."""
        self._controller.set_display(change(self._controller.screen.display))

    def step_preset(self, step: int) -> None:
        """Take the preset that many places further."""
        content = self._presets_shown
        if content is not None:
            window = self._controller.screen.display.window
            self._take_window(next_preset(content.presets, window, step).window)

    def switch_sampling(self) -> None:
        """Show pixels as squares where they run into each other, and the other way round."""
        self.change(lambda display: display.sampled(is_smooth=not self._view.is_smooth))

    def reset(self) -> None:
        self._controller.set_display(Display())

    @Slot(object)
    def _take_window(self, window: GreyWindow) -> None:
        self.change(lambda display: display.with_window(window))
