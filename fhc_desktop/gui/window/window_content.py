"""The whole of what the window shows, made once a change; widgets show it and compute nothing."""

from dataclasses import dataclass, replace
from enum import Enum

from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage
from fhc_desktop.gui.averaging.mean_content import MeanContent
from fhc_desktop.gui.cine.clip_content import ClipContent
from fhc_desktop.gui.examination.measurement_content import MeasurementContent
from fhc_desktop.gui.examination.screen import Screen
from fhc_desktop.gui.image.picture_content import PictureContent
from fhc_desktop.gui.window.actions import ACTIONS
from fhc_desktop.gui.window.header_number import HeaderContent
from fhc_desktop.gui.window.patient_banner import HIDDEN_PATIENT, BannerContent
from fhc_desktop.gui.window.side_content import SideContent
from fhc_desktop.gui.window.start_content import StartContent
from fhc_desktop.gui.window.status_line import StatusContent

BEING_WRITTEN = "Accepted, being written …"


class Page(Enum):
    """What takes the window's middle."""

    START = "start"
    IMAGE = "image"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class WindowContent:
    """Everything on the window but the list's own page, the message and what is being typed.

    ``start`` is what the start page offers, empty while it is not to be seen. ``source``
    tells which frame of its file is shown; ``enabled`` are the names of the actions that are
    possible; ``activity`` is what runs, empty where nothing does. Where the content ``is_stale``
    all but these three is that of the image before.
    """

    page: Page
    start: StartContent
    banner: BannerContent
    picture: PictureContent | None
    source: ImageSource | None
    side: SideContent
    status: StatusContent
    activity: str
    enabled: frozenset[str]
    is_stale: bool = False
    clip: ClipContent = ClipContent()
    mean: MeanContent = MeanContent()

    @property
    def starting(self) -> str:
        """What runs while the start page is shown; empty elsewhere."""
        return self.activity if self.page is Page.START else ""

    @property
    def header(self) -> HeaderContent:
        """The number in the top row, for when the panel is folded away."""
        return HeaderContent.of(self.side.measurement, is_stale=self.is_stale)


def window_content(screen: Screen) -> WindowContent:
    """Return what the window shows of a state; beside a list of patients nobody's numbers stand."""
    exam, activity = screen.exam, screen.activity
    if exam is None:
        return _without_image(screen)
    content = WindowContent(
        page=Page.IMAGE,
        start=StartContent(),
        banner=BannerContent.of(exam),
        picture=PictureContent.of(exam, screen.display, screen.heads_beside),
        source=screen.awaited_frame or exam.image.source,
        side=SideContent.of(
            exam,
            known=screen.known,
            choice=screen.choice,
            memory=screen.memory,
            activity=activity,
            identity=screen.identity,
            picture=screen.picture,
        )
        .with_reports(exam, screen.beside)
        .with_refused(screen.refused)
        .with_correction_reason(screen.correction_reason),
        status=StatusContent.of(exam, activity=activity, log=screen.log),
        activity=activity,
        enabled=_enabled(screen),
        clip=_clip(exam.image, screen),
        mean=MeanContent.of(exam, screen.mean),
    )
    return _being_written(content) if screen.is_being_written else content


def _being_written(content: WindowContent) -> WindowContent:
    """Return what is shown between Accept and the log's word that the disk has the row."""
    measurement = replace(content.side.measurement, state_words=BEING_WRITTEN)
    return replace(
        content,
        side=replace(content.side, measurement=measurement),
        status=replace(content.status, state=BEING_WRITTEN.lower()),
    )


def window_content_after(
    before: tuple[Screen, WindowContent] | None, screen: Screen
) -> WindowContent:
    """Return ``window_content(screen)``; ``before`` is what was shown last, and of which state.

    While the hand moves the outline, patient, dating and what the log knows stay as they are. While
    another image is read, everything does, to be seen as stale and not to be touched.
    """
    exam, playing = screen.exam, screen.clip.playing
    if before is not None and playing is not None and not screen.is_list_shown:
        return _playing(before[1], playing, screen)
    if screen.glimpse is not None and _is_reading(screen):
        return _glimpse(screen.glimpse, screen)
    if before is not None and before[1].picture is not None and _is_reading(screen):
        return _stale(before[1], before[1].picture, screen)
    if before is None or exam is None or not _moves_outline_alone(before[0], screen):
        return window_content(screen)
    shown = before[1]
    content = replace(
        shown,
        picture=PictureContent.of(exam, screen.display, screen.heads_beside),
        side=shown.side.after_outline(
            exam, choice=screen.choice, memory=screen.memory, activity=screen.activity
        ).with_reports(exam, screen.beside),
        status=StatusContent.of(exam, activity=screen.activity, log=screen.log),
        enabled=_enabled(screen),
        clip=_clip(exam.image, screen),
        mean=MeanContent.of(exam, screen.mean),
    )
    return _being_written(content) if screen.is_being_written else content


def _is_reading(screen: Screen) -> bool:
    return screen.exam is None and bool(screen.activity) and not screen.is_list_shown


def _stale(shown: WindowContent, picture: PictureContent, screen: Screen) -> WindowContent:
    """Return what was shown of the image before, while another one or its next frame is read."""
    is_next_frame = screen.awaited_frame is not None
    status = shown.status if is_next_frame else StatusContent()
    return replace(
        shown,
        banner=shown.banner if is_next_frame else replace(shown.banner, is_stale=True),
        picture=replace(picture, is_inert=True),
        source=screen.awaited_frame or shown.source,
        status=replace(status, activity=screen.activity, log=screen.log),
        activity=screen.activity,
        enabled=_enabled(screen),
        is_stale=True,
        clip=_clip(picture.image, screen) if is_next_frame else shown.clip,
        mean=shown.mean if is_next_frame else MeanContent(),
    )


def _glimpse(image: UltrasoundImage, screen: Screen) -> WindowContent:
    """Return the first picture of a file that is being read: there is no number to it, nor a name.

    What its file says of the patient is shown with the examination, once all of it is known.
    """
    return replace(
        _without_image(screen),
        page=Page.IMAGE,
        picture=PictureContent(image, None, OutlineState.NONE, None, is_inert=True),
        is_stale=True,
    )


def _playing(shown: WindowContent, image: UltrasoundImage, screen: Screen) -> WindowContent:
    """Return a picture in motion: no number, outline or scale of another frame stands beside it."""
    return replace(
        shown,
        picture=PictureContent(
            image, None, OutlineState.NONE, None, display=screen.display, is_inert=True
        ),
        source=image.source,
        side=SideContent(
            measurement=MeasurementContent(awaited="Numbers come when the clip stops"),
            patient=shown.side.patient,
        ),
        status=StatusContent(f"Playing at {image.frame_times.words}", log=screen.log),
        activity="",
        enabled=_enabled(screen),
        is_stale=True,
        clip=_clip(image, screen),
    )


def _clip(image: UltrasoundImage, screen: Screen) -> ClipContent:
    source = screen.awaited_frame or image.source
    return ClipContent.of(source, image.frame_times, screen.clip)


def _moves_outline_alone(before: Screen, after: Screen) -> bool:
    if before.exam is None or after.exam is None:
        return False
    is_same_exam = after.exam.differs_in_outline_alone(before.exam)
    # Whoever accepted an image is the author of its dating.
    is_as_accepted = after.exam.is_accepted is before.exam.is_accepted
    return is_same_exam and is_as_accepted and replace(after, exam=before.exam) == before


def _enabled(screen: Screen) -> frozenset[str]:
    return frozenset(spec.name for spec in ACTIONS if spec.enabled_when(screen))


def _without_image(screen: Screen) -> WindowContent:
    activity = screen.activity
    status = StatusContent(activity, log=screen.log)
    if screen.is_list_shown:
        status = replace(status, idle="Choose an image from the list")
    return WindowContent(
        page=Page.LIST if screen.is_list_shown else Page.START,
        start=StartContent() if screen.is_list_shown else StartContent.of(screen.unfinished),
        banner=BannerContent(),
        picture=None,
        source=None,
        side=SideContent(measurement=MeasurementContent(awaited=activity)),
        status=status,
        activity=activity,
        enabled=_enabled(screen),
    )


def deidentified(content: WindowContent) -> WindowContent:
    """Return what of it somebody may see who looks on: nothing that tells who the patient is."""
    picture, side = content.picture, content.side.deidentified
    return replace(
        content,
        start=content.start.deidentified,
        banner=HIDDEN_PATIENT,
        picture=None if picture is None else picture.deidentified,
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
