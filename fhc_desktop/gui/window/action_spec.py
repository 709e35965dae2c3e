"""ActionSpec: one thing that can be done, its words, keys, meaning and when it is possible."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from fhc_desktop.gui.examination.screen import Screen
from fhc_desktop.gui.window.commands import Commands


class Scope(Enum):
    """Where an action's keys count: everywhere, or only while the image has the focus."""

    WINDOW = "window"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing that can be done. The first of the keys is the one that is shown.

    ``short`` stands beside its icon in a row where there is little room.
    """

    name: str
    text: str
    keys: tuple[str, ...]
    intent: Callable[[Commands], object]
    enabled_when: Callable[[Screen], bool]
    icon: str = ""
    hint: str = ""
    scope: Scope = Scope.WINDOW
    is_switch: bool = False
    short: str = ""

    @property
    def tooltip(self) -> str:
        """What it does, with its key."""
        words = self.hint or self.text.replace("&", "").removesuffix(" …")
        return f"{words}  ({self.keys[0]})" if self.keys else words
