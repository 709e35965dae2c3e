"""Screen: the state that the window's content is made of, as one value."""

from dataclasses import dataclass

from fhc_desktop.domain.examination.draft import Draft
from fhc_desktop.domain.examination.editing import RefusedTexts
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.scale_memory import ScaleMemory
from fhc_desktop.domain.examination.structured_report import ReportsBeside
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage
from fhc_desktop.domain.pregnancy.identity_standing import NOBODY_KNOWN, IdentityStanding
from fhc_desktop.domain.pregnancy.mean_hc import MeanHc
from fhc_desktop.domain.pregnancy.picture_standing import PictureStanding
from fhc_desktop.domain.pregnancy.pregnancy import Pregnancy
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination
from fhc_desktop.gui.examination.clip_state import ClipState
from fhc_desktop.gui.examination.log_standing import LogStanding


@dataclass(frozen=True, slots=True)
class Screen:
    """What is open, what can be done to it, and what runs; ``activity`` is empty for nothing.

    ``refused`` is what stood in the entry fields when the image was left, and is no entry.
    ``display`` is how its picture is shown, ``correction_reason`` why its row is corrected.
    ``known`` is what the log knows of the patient's pregnancies, ``identity`` whom it has under her
    identifier, ``picture`` whether it has the picture, ``heads_beside`` her rows of other heads in
    it; ``beside`` are the reports of its study that lie beside it. ``choice`` is which standards
    stand side by side, ``memory`` the scales to be offered again.
    ``log`` is whether what is accepted gets into it; ``is_being_written``: this examination is on
    its way there. ``unfinished`` is what can be gone on with. There is no examination while a list
    of images is shown, while another image or frame is read (``awaited_frame`` is that frame), or
    while the ``clip`` plays. ``mean`` is that of the rows that were taken into it.
    """

    exam: Examination | None = None
    refused: RefusedTexts = ()
    display: Display = Display()
    correction_reason: str = ""
    can_undo: bool = False
    can_redo: bool = False
    activity: str = ""
    log: LogStanding = LogStanding()
    is_being_written: bool = False
    known: tuple[Pregnancy, ...] = ()
    identity: IdentityStanding = NOBODY_KNOWN
    picture: PictureStanding | None = None
    beside: ReportsBeside = ReportsBeside()
    heads_beside: tuple[RecordedExamination, ...] = ()
    choice: StandardChoice = StandardChoice()
    memory: ScaleMemory = ScaleMemory()
    awaited_frame: ImageSource | None = None
    glimpse: UltrasoundImage | None = None
    clip: ClipState = ClipState()
    mean: MeanHc | None = None
    unfinished: tuple[Draft, ...] = ()
    is_list_shown: bool = False
    has_catalogue: bool = False
    has_image_before: bool = False
    has_image_after: bool = False
