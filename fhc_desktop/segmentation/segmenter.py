"""The looks at a picture: a picture in, a proposal out. Whoever computes the maps is given."""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from fhc_desktop.domain.confidence import Confidence
from fhc_desktop.domain.examination.proposal import ModelIdentity, Proposal, ProposedHead
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
    turned,
    whole_picture,
)
from fhc_desktop.segmentation.scan_box import ScanBox, scan_boxes
from fhc_desktop.segmentation.segmentation import Levels, Segmentation
from fhc_desktop.segmentation.tissue import Tissue, tissue_of
from fhc_desktop.segmentation.trust.head_plane import HeadPlaneSpec, log_odds, plane_features
from fhc_desktop.segmentation.trust.quality import (
    ALL_ROUND,
    doubted,
    judged,
    without_outline,
)
from fhc_desktop.segmentation.trust.round_scan import is_scanned_all_round
from fhc_desktop.segmentation.trust.signals import measure_signals
from fhc_desktop.segmentation.weighing_looks import (
    Finding,
    apart,
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
# What takes more of a picture's area than this is looked at with the whole of it.
LARGEST_BOX = 0.85
# A survey in doubt: more views, and a level that a dim head still reaches.
THOROUGH_VIEWS = 6
THOROUGH_LEVEL = 0.3
# Where neither bears out a head the picture is surveyed turned, by as little as in training: head
# and body that touch, or a head that is not seen, may show once they fall otherwise on pixels.
ASLANT = (math.radians(20), math.radians(-20))
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
    def identity(self) -> ModelIdentity:
        """Which weights these are."""
        return self._bundle.identity

    @property
    def is_on_cpu(self) -> bool:
        """Whether the processor computes, and not in the place of a GPU that failed."""
        return self._networks.device == "CPU" and not self._networks.notices

    def survey(
        self, image: UltrasoundImage, *, views: int | None = None, turn: float = 0.0
    ) -> Segmentation:
        """Look at the whole picture; with another number of views than usual where one is given.

        ``turn`` is by how much the picture is turned for it, in radians.
        """
        header = self._bundle.header
        spec = header.survey.preprocessing.facing(image.gray.shape, image.pixel_aspect)
        placement = turned(whole_picture(image.gray.shape, image.pixel_aspect, spec), turn)
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
        tissue = tissue_of(image.gray)
        finding = self._found(image, tissue)
        said = Proposal(
            outline_px=finding.outline_px,
            model=self._bundle.identity,
            device=self._networks.device,
            notices=self._networks.notices,
            confidence=self._confidence_in(tissue, finding),
        )
        if finding.others:
            heads = (self._offered(tissue, one) for one in (finding, *finding.others))
            return said.of_several([head for head in heads if head is not None])
        if said.confidence is None and finding.fitted is not None:
            return replace(said, notices=(*said.notices, *_reasons_to_look_again(finding.fitted)))
        return said

    def find(self, image: UltrasoundImage) -> Finding:
        """Return the head that the looks find; its ``others`` are as surely heads of their own.

        Where nothing measurable is found in the picture, each part that may be a scan by itself is
        looked at in its own frame: on a whole screen a head is too small for the survey's. So is a
        part that does not hold the head that was found.
        """
        return self._found(image, tissue_of(image.gray))

    def _found(self, image: UltrasoundImage, tissue: Tissue) -> Finding:
        plain = replace(image, gray=without_dots(image.gray, image.pixel_aspect))
        finding = self._find_in_whole(image, plain)
        if self._plane is None:
            return replace(finding, others=())
        found = [finding] if self._is_measurable(finding) else []
        sought = list(finding.others)
        for box in scan_boxes(tissue):
            if box.share_of(image.gray) < LARGEST_BOX and not _is_held(box, found):
                sought += self._find_in_box(image, plain, box)
        sure = sorted(filter(self._is_sure, sought), key=self._expected_error)
        first, *others = apart([*found, *sure]) or [finding]
        return replace(first, others=tuple(others))

    def _find_in_whole(self, image: UltrasoundImage, plain: UltrasoundImage) -> Finding:
        """Return what the looks at the whole picture give, before anybody judges it.

        Where they do not bear each other out, the picture is surveyed once more, with more views
        and by every member; the less they do, the more that counts. ``plain`` is the picture
        without dots.
        """
        level = self._bundle.header.inference.level
        finding = self._looks(plain, self.survey(image), level)
        share = 0.0 if self._bundle.header.close_up is None else distrust(finding.signals)
        if share == 0:
            return finding
        survey = self.survey(image, views=THOROUGH_VIEWS)
        again = self._looks(plain, survey, THOROUGH_LEVEL)
        if finding.signals is None and again.signals is None:
            again = self._find_aslant(image, plain) or again
        if finding.outline_px is None and again.outline_px is None:
            again = self._looks(plain, survey, FAINTEST_LEVEL)
        return finding if again.signals is None else between(finding, again, share)

    def _find_aslant(self, image: UltrasoundImage, plain: UltrasoundImage) -> Finding | None:
        """Return what is most like a head where the picture is surveyed turned; None for none."""
        level = self._bundle.header.inference.level
        surveys = [self.survey(image, views=len(_MIRRORS), turn=turn) for turn in ASLANT]
        found = [self._looks(plain, survey, level) for survey in surveys]
        how_unlike = partial(unlikeness, is_cut=False)
        return min((one for one in found if one.signals is not None), key=how_unlike, default=None)

    def _find_in_box(
        self, image: UltrasoundImage, plain: UltrasoundImage, box: ScanBox
    ) -> list[Finding]:
        """Return what is found in a box, and with what lies about it where that is not sure.

        A scan as dark as its ground is larger than its box, and a small head is lost in more.
        """
        found = self._find_in_part(image, plain, box)
        if not any(map(self._is_sure, found)):
            found += self._find_in_part(image, plain, box.with_surroundings(image.gray.shape))
        return found

    def _find_in_part(
        self, image: UltrasoundImage, plain: UltrasoundImage, part: ScanBox
    ) -> list[Finding]:
        """Return what is found where only a part of the picture is surveyed.

        A look at the surroundings of what it shows is one at the whole picture's pixels.
        """
        survey = self.survey(replace(image, gray=part.cut_from(image.gray), color=None))
        placement = part.in_picture(survey.placement, image.gray.shape)
        level = self._bundle.header.inference.level
        found = self._looks(plain, replace(survey, placement=placement), level)
        return [found, *found.others]

    @property
    def _plane(self) -> HeadPlaneSpec | None:
        quality = self._bundle.header.quality
        return None if quality is None else quality.head_plane

    def _plane_odds(self, closer: Segmentation, found: FittedOutline) -> float | None:
        plane, weights = self._plane, self._bundle.head_plane_weights
        if plane is None or weights is None:
            return None
        features = plane_features(closer.levels, found.ellipse, closer.frame.shape)
        return log_odds(features, weights, plane)

    def _confidence(self, finding: Finding) -> Confidence | None:
        quality = self._bundle.header.quality
        if quality is None:
            return None
        if finding.signals is None:
            return without_outline()
        return judged(finding.signals, quality, finding.plane_odds)

    def _confidence_in(self, tissue: Tissue, finding: Finding) -> Confidence | None:
        """Return what the looks say of a finding, and what the picture as a whole says beside."""
        confidence, outline_px = self._confidence(finding), finding.outline_px
        if confidence is None or outline_px is None:
            return confidence
        is_round = is_scanned_all_round(tissue, outline_px)
        return doubted(confidence, ALL_ROUND) if is_round else confidence

    def _is_measurable(self, finding: Finding) -> bool:
        confidence = self._confidence(finding)
        return confidence is not None and confidence.is_measurable

    def _is_sure(self, finding: Finding) -> bool:
        odds = finding.plane_odds
        is_plane = odds is not None and self._plane is not None and odds >= self._plane.sought_from
        return is_plane and self._is_measurable(finding)

    def _expected_error(self, finding: Finding) -> float:
        confidence = self._confidence(finding)
        return math.inf if confidence is None else confidence.expected_error

    def _offered(self, tissue: Tissue, finding: Finding) -> ProposedHead | None:
        if finding.outline_px is None:
            return None
        return ProposedHead(finding.outline_px, self._confidence_in(tissue, finding))

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
        best, other = sorted((finding, self._close_finding(image, survey, rival)), key=how_unlike)
        return replace(best, others=(other,))

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
        return Finding(outline_px, found, signals, closer, self._plane_odds(closer, found))

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
        levels: list[Levels] = []
        for member in range(look.members):
            turns = range(member, views, look.members)
            if not turns:
                continue
            mirrors = [_MIRRORS[turn % len(_MIRRORS)] for turn in turns]
            answer = self._networks.seen(name, member, np.stack([seen[m] for m in mirrors]))
            maps[list(turns)] = [view[m] for view, m in zip(answer.maps, mirrors, strict=True)]
            levels += _turned_back(answer.levels, mirrors)
        return Segmentation(maps, frame, placement, _mean_levels(levels))


def _is_held(box: ScanBox, found: Sequence[Finding]) -> bool:
    return any(one.outline_px is not None and box.holds(one.outline_px.center) for one in found)


def _turned_back(levels: Levels, mirrors: Sequence[tuple[slice, slice]]) -> list[Levels]:
    """Return each view's levels, its mirroring undone."""
    return [
        tuple(level[number][:, *mirror] for level in levels)
        for number, mirror in enumerate(mirrors)
    ]


def _mean_levels(views: Sequence[Levels]) -> Levels:
    return tuple(np.mean(level, axis=0) for level in zip(*views, strict=True))


def _reasons_to_look_again(found: FittedOutline) -> tuple[str, ...]:
    reasons = []
    if found.agreement < UNSURE_AGREEMENT:
        reasons.append("The model's area is not quite an ellipse: check the outline.")
    if found.visible_share < CUT_OFF_SHARE:
        reasons.append("The head leaves the image: part of the outline is extrapolated.")
    return tuple(reasons)
