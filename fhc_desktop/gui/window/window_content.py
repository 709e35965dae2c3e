"""The whole of what the window shows, made once a change; widgets show it and compute nothing."""

from dataclasses import dataclass, replace
from enum import Enum

from fhc_desktop.domain.image.ultrasound_image import ImageSource
from fhc_desktop.gui.examination.measurement_content import MeasurementContent
from fhc_desktop.gui.examination.screen import Screen
from fhc_desktop.gui.image.picture_content import PictureContent
from fhc_desktop.gui.window.actions import ACTIONS
from fhc_desktop.gui.window.patient_banner import HIDDEN_PATIENT, BannerContent
from fhc_desktop.gui.window.side_content import SideContent
from fhc_desktop.gui.window.status_line import StatusContent


class Page(Enum):
    """What takes the window's middle."""

    START = "start"
    IMAGE = "image"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class WindowContent:
    """Everything on the window but the list's own page, the message and what is being typed.

    ``source`` tells which frame of its file is shown; ``enabled`` are the names of the actions
    that are possible; ``activity`` is what runs, empty where nothing does.
    """

    page: Page
    banner: BannerContent
    picture: PictureContent | None
    source: ImageSource | None
    side: SideContent
    status: StatusContent
    activity: str
    enabled: frozenset[str]


def window_content(screen: Screen) -> WindowContent:
    """Return what the window shows of a state; beside a list of patients nobody's numbers stand."""
    exam, activity = screen.exam, screen.activity
    enabled = frozenset(spec.name for spec in ACTIONS if spec.enabled_when(screen))
    if exam is None:
        return _without_image(screen, enabled)
    return WindowContent(
        page=Page.IMAGE,
        banner=BannerContent.of(exam),
        picture=PictureContent.of(exam),
        source=exam.image.source,
        side=SideContent.of(
            exam,
            known=screen.known,
            choice=screen.choice,
            memory=screen.memory,
            activity=activity,
            identity=screen.identity,
            picture=screen.picture,
        ),
        status=StatusContent.of(exam, activity=activity),
        activity=activity,
        enabled=enabled,
    )


def _without_image(screen: Screen, enabled: frozenset[str]) -> WindowContent:
    activity = screen.activity
    status = StatusContent(activity)
    if screen.is_list_shown:
        status = StatusContent(activity, idle="Choose an image from the list")
    return WindowContent(
        page=Page.LIST if screen.is_list_shown else Page.START,
        banner=BannerContent(),
        picture=None,
        source=None,
        side=SideContent(measurement=MeasurementContent(awaited=activity)),
        status=status,
        activity=activity,
        enabled=enabled,
    )


def deidentified(content: WindowContent) -> WindowContent:
    """Return what of it somebody may see who looks on: nothing that tells who the patient is."""
    picture, side = content.picture, content.side.deidentified
    return replace(
        content,
        banner=HIDDEN_PATIENT,
        picture=None if picture is None else replace(picture, is_blanked=True),
        side=replace(
            side,
            measurement=replace(side.measurement, awaited=_nameless(side.measurement.awaited)),
        ),
        status=replace(content.status.deidentified, activity=_nameless(content.status.activity)),
        activity=_nameless(content.activity),
    )


def _nameless(activity: str) -> str:
    """Return what runs without the name of the file that it runs on."""
    return "Working …" if activity else ""
