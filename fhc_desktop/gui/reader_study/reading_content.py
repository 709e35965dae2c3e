"""What the window of a reader study shows: a place, a picture, and no more than the study lets."""

from dataclasses import dataclass, replace

from fhc_desktop.domain.reader_study.reader_study import Plan
from fhc_desktop.gui.examination.measurement_content import MeasurementContent
from fhc_desktop.gui.examination.screen import Screen
from fhc_desktop.gui.image.picture_content import PictureContent

HOW_TO = "Enter accepts and goes on. X: nothing can be measured. Page Up: the picture before."
DRAW = "D, then a drag from corner to corner, draws an outline round the head."


@dataclass(frozen=True, slots=True)
class ReadingContent:
    """``title`` says which place of how many; ``figure`` is empty where numbers are hidden.

    ``hint`` is the one thing to do next. ``picture`` is None while there is none.
    """

    title: str
    picture: PictureContent | None = None
    figure: str = ""
    hint: str = ""
    activity: str = ""

    @classmethod
    def of(
        cls, screen: Screen, plan: Plan, *, reader: str, place: int | None, count: int
    ) -> "ReadingContent":
        """Return what is shown of a place; without one all is read, or the next one is opened."""
        exam, activity = screen.exam, screen.activity
        if exam is None or place is None:
            done = f"All {count} pictures are read. Thank you, {reader}."
            return cls(activity or done, activity=activity)
        return cls(
            f"Picture {place} of {count} · reader {reader}",
            picture=_picture(screen, is_inert=bool(activity)),
            figure=_figure(screen) if plan.are_numbers_shown else "",
            hint=DRAW if exam.outline_px is None else HOW_TO,
            activity=activity,
        )


def _picture(screen: Screen, *, is_inert: bool) -> PictureContent | None:
    if screen.exam is None:
        return None
    shown = PictureContent.of(screen.exam, screen.display)
    nameless = shown.deidentified
    # Where no region says what is scan, to cover the top could cover the skull.
    is_blanked = bool(screen.exam.image.scan_boxes)
    return replace(nameless, is_blanked=is_blanked, is_inert=is_inert)


def _figure(screen: Screen) -> str:
    if screen.exam is None or screen.exam.outline_px is None:
        return ""
    said = MeasurementContent.of(screen.exam, activity="")
    return f"HC {said.figure} {said.unit}"
