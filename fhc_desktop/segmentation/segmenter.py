"""The looks at a picture: a picture in, a proposal out. Whoever computes the maps is given."""

from dataclasses import replace
from functools import partial

import numpy as np

from fhc_desktop.domain.examination.proposal import Proposal
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.segmentation.bundle import Look, ModelBundle
from fhc_desktop.segmentation.networks.networks import LookName, Networks
from fhc_desktop.segmentation.outline import (
    FittedOutline,
    find_outline,
    parted,
    second_area_share,
    without_largest_area,
)
from fhc_desktop.segmentation.overlays import without_dots
from fhc_desktop.segmentation.preprocessing import (
    Placement,
    close_up,
    normalised,
    placed,
    whole_picture,
)
from fhc_desktop.segmentation.segmentation import Segmentation
from fhc_desktop.segmentation.trust.quality import judged, without_outline
from fhc_desktop.segmentation.trust.signals import measure_signals
from fhc_desktop.segmentation.weighing_looks import (
    Finding,
    askew,
    between,
    distrust,
    unlikeness,
)

# Below this Dice coefficient with its own ellipse a found area is worth a second look.
UNSURE_AGREEMENT = 0.96
# Below this share inside the picture much of the outline is the ellipse's guess.
CUT_OFF_SHARE = 0.95

# A second area of the survey this large, as a share of the first, may be the head instead.
RIVAL_SHARE = 0.25
# A survey in doubt: more views, and a level that a dim head still reaches.
THOROUGH_VIEWS = 6
THOROUGH_LEVEL = 0.3
# Where even that shows nothing like a head, a last one before none is said to be there; whether
# it is a head, the close look tells.
FAINTEST_LEVEL = 0.15
# Views of a frame: as it is, left to right, top to bottom, both. Each undoes itself.
_MIRRORS = (np.s_[:, :], np.s_[:, ::-1], np.s_[::-1, :], np.s_[::-1, ::-1])


class Segmenter:
    """A bundle's networks with the preprocessing they were trained with, and how they look."""

    def __init__(self, bundle: ModelBundle, networks: Networks) -> None:
        self._bundle = bundle
        self._networks = networks

    @property
    def is_on_cpu(self) -> bool:
        """Whether the processor computes, and not in the place of a GPU that failed."""
        return self._networks.device == "CPU" and not self._networks.notices

    def survey(self, image: UltrasoundImage, *, views: int | None = None) -> Segmentation:
        """Look at the whole picture; with another number of views than usual where one is given."""
        header = self._bundle.header
        spec = header.survey.preprocessing.facing(image.gray.shape, image.pixel_aspect)
        placement = whole_picture(image.gray.shape, image.pixel_aspect, spec)
        look, usual = replace(header.survey, preprocessing=spec), header.usual_views("survey")
        return self._look("survey", look, image, placement=placement, views=views or usual)

    def look_closer(self, image: UltrasoundImage, around_px: Ellipse) -> Segmentation:
        """Look at the surroundings of an outline, level and in its fixed size."""
        header = self._bundle.header
        if header.close_up is None:
            raise ValueError("this bundle takes one look only")
        look, views = header.close_up, header.usual_views("close_up")
        placement = close_up(image.gray.shape, image.pixel_aspect, around_px, look.preprocessing)
        return self._look("close_up", look, image, placement=placement, views=views)

    def propose(self, image: UltrasoundImage) -> Proposal:
        """Return the outline of the head in image pixels, None where no head is found."""
        finding = self.find(image)
        quality, confidence, notices = self._bundle.header.quality, None, self._networks.notices
        if quality is not None:
            signals = finding.signals
            confidence = without_outline() if signals is None else judged(signals, quality)
        elif finding.fitted is not None:
            notices = (*notices, *_reasons_to_look_again(finding.fitted))
        return Proposal(
            outline_px=finding.outline_px,
            model=self._bundle.identity,
            device=self._networks.device,
            notices=notices,
            confidence=confidence,
        )

    def find(self, image: UltrasoundImage) -> Finding:
        """Return what the looks give, before anybody judges it.

        Where the looks do not bear each other out, the picture is surveyed once more, with more
        views and by every member; the less they do, the more that counts.
        """
        plain = replace(image, gray=without_dots(image.gray, image.pixel_aspect))
        level = self._bundle.header.inference.level
        finding = self._looks(plain, self.survey(image), level)
        share = 0.0 if self._bundle.header.close_up is None else distrust(finding.signals)
        if share == 0:
            return finding
        survey = self.survey(image, views=THOROUGH_VIEWS)
        again = self._looks(plain, survey, THOROUGH_LEVEL)
        if finding.outline_px is None and again.outline_px is None:
            again = self._looks(plain, survey, FAINTEST_LEVEL)
        return finding if again.signals is None else between(finding, again, share)

    def _looks(self, image: UltrasoundImage, survey: Segmentation, level: float) -> Finding:
        whole, placement = survey.probability, survey.placement
        surveyed, areas = find_outline(whole, placement, level=level), whole
        if surveyed is None:
            # Head and body that touch are one area and no ellipse.
            areas = parted(whole, level=level)
            surveyed = find_outline(areas, placement, level=level)
        if surveyed is None:
            return Finding(None, None, None)
        if self._bundle.header.close_up is None:
            return Finding(self._in_image(surveyed, placement), surveyed, None)
        finding = self._close_finding(image, survey, surveyed)
        if second_area_share(areas, level=level) < RIVAL_SHARE:
            return finding
        others = without_largest_area(areas, level=level)
        rival = find_outline(others, placement, level=level)
        if rival is None:
            return finding
        how_unlike = partial(unlikeness, is_cut=areas is not whole)
        return min(finding, self._close_finding(image, survey, rival), key=how_unlike)

    def _close_finding(
        self, image: UltrasoundImage, survey: Segmentation, surveyed: FittedOutline
    ) -> Finding:
        """Return what a closer look finds where the survey found something."""
        around = survey.placement.to_image(surveyed.ellipse)
        closer, found, outline_px = self._settled(image, around)
        if found is None or outline_px is None:
            # Close up it is no head; what the survey took for one is kept, for the eye to judge.
            return Finding(self._in_image(surveyed, survey.placement), surveyed, None)
        signals = measure_signals(survey, surveyed, closer, found, pixel_aspect=image.pixel_aspect)
        return Finding(outline_px, found, signals)

    def _settled(
        self, image: UltrasoundImage, around_px: Ellipse
    ) -> tuple[Segmentation, FittedOutline | None, Ellipse | None]:
        """Look closer, and once more round what was found if it lay askew in the frame."""
        closer, found = self._closer(image, around_px)
        if found is None:
            return closer, None, None
        outline_px = self._in_image(found, closer.placement)
        there_px = closer.placement.to_image(found.ellipse)
        share = askew(around_px, there_px, image.pixel_aspect)
        if share == 0:
            return closer, found, outline_px
        closer, found = self._closer(image, there_px)
        if found is None:
            return closer, None, None
        return closer, found, outline_px.between(self._in_image(found, closer.placement), share)

    def _closer(
        self, image: UltrasoundImage, around_px: Ellipse
    ) -> tuple[Segmentation, FittedOutline | None]:
        closer = self.look_closer(image, around_px)
        level = self._bundle.header.inference.level
        return closer, find_outline(closer.probability, closer.placement, level=level)

    def _in_image(self, found: FittedOutline, placement: Placement) -> Ellipse:
        offset = self._bundle.header.inference.radial_offset * found.ellipse.semi_major
        return placement.to_image(found.ellipse.grown(offset)).canonical()

    def _look(
        self,
        name: LookName,
        look: Look,
        image: UltrasoundImage,
        *,
        placement: Placement,
        views: int,
    ) -> Segmentation:
        """Return the views of a frame, in which the look's members take turns."""
        frame = placed(image.gray, placement, look.preprocessing)
        seen = normalised(frame, look.preprocessing)
        maps = np.empty((views, *frame.shape), np.float32)
        for member in range(look.members):
            turns = range(member, views, look.members)
            if turns:
                mirrored = np.stack([seen[_MIRRORS[turn % len(_MIRRORS)]] for turn in turns])
                maps[list(turns)] = self._networks.maps(name, member, mirrored)
        turned_back = [maps[turn][_MIRRORS[turn % len(_MIRRORS)]] for turn in range(views)]
        return Segmentation(np.stack(turned_back), frame, placement)


def _reasons_to_look_again(found: FittedOutline) -> tuple[str, ...]:
    reasons = []
    if found.agreement < UNSURE_AGREEMENT:
        reasons.append("The model's area is not quite an ellipse: check the outline.")
    if found.visible_share < CUT_OFF_SHARE:
        reasons.append("The head leaves the image: part of the outline is extrapolated.")
    return tuple(reasons)
