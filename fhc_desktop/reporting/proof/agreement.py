"""Whether what is made anew of a report's facts is what it lists, and its image is still the same.

Each form of a report is asked these: its file is another one, and what it carries is not.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import zip_longest

from fhc_desktop import __version__
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.image.calibration import CalibrationSource
from fhc_desktop.reporting.content.printed import printed
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.content.report_facts import PictureFacts, ReportFacts
from fhc_desktop.reporting.content.rows import Row
from fhc_desktop.reporting.proof.measurement_text import CarriedMeasurement

SOFTWARE = f"FHC Desktop {__version__}"
UNREADABLE = (
    "The measurement that it carries cannot be read: it was changed, or is of a newer version."
)
NOTHING_FOLLOWS = "No report follows from what it carries: its facts were changed."
OTHER_IMAGE = "The image is another one: its pixels are not those that were measured."
NOT_LOOKED_AT = "The image was not looked at: name it, to compare it too."
# What a fact is called; those that have no name of their own are “the facts”.
_NAMES = {
    "picture": "image",
    "outline_px": "outline",
    "file_calibration": "calibration",
    "manual_calibration": "calibration",
    "chosen_scale": "calibration",
    "dating": "dating",
    "record": "dating",
    "exam_date": "day of the examination",
    "patient": "patient",
    "proposal": "model’s word",
    "standard_key": "growth standard",
    "acceptance": "acceptance",
    "institution": "institution",
    "comment": "comment",
    "printed": "list of what is printed",
}
_MOST_TOLD = 8


def missing_standards(
    carried: Iterable[CarriedMeasurement], known: tuple[GrowthStandard, ...]
) -> str:
    """Return why nothing can be made anew; empty where each standard that it takes is known."""
    wanted = {key for one in carried for key in one.facts.standard_keys}
    missing = sorted(wanted - {standard.key for standard in known})
    if not missing:
        return ""
    return (
        f"The growth standard {', '.join(missing)} is not known here: nothing could be made "
        "anew. Give a clinic's own chart with --chart."
    )


def changed_facts(names: Collection[str]) -> Iterator[str]:
    """Name the facts that no longer fit their digests."""
    for name in dict.fromkeys(_NAMES.get(one, f"facts ({one})") for one in names):
        yield f"Changed in what it carries: the {name}."


def differing_statements(carried: CarriedMeasurement, content: ReportContent) -> Iterator[str]:
    """Name each statement that the file lists otherwise than it follows from the file's facts."""
    listed, anew = Counter(carried.rows), Counter(printed(content))
    for said, follows in zip_longest(
        list((listed - anew).elements()), list((anew - listed).elements())
    ):
        label = (said or follows).label
        yield f"{label}: it lists {_words(said)}; by its facts it is {_words(follows)}."


def _words(row: Row | None) -> str:
    if row is None:
        return "nothing"
    return f"“{row.value} ({row.note})”" if row.note else f"“{row.value}”"


def first_few(faults: Iterable[str]) -> Iterator[str]:
    """Give the first few: one changed fact may change all that follows from it."""
    found = list(faults)
    yield from found[:_MOST_TOLD]
    if len(found) > _MOST_TOLD:
        yield f"And {len(found) - _MOST_TOLD} more of that kind."


def software_remarks(carried: Iterable[CarriedMeasurement]) -> Iterator[str]:
    """Say where another version made it."""
    for software in dict.fromkeys(one.software for one in carried):
        if software != SOFTWARE:
            yield (
                f"It was made by {software}; this is {SOFTWARE}, which may say some things in "
                "other words."
            )


def image_faults(facts: ReportFacts, opened: Examination) -> Iterator[str]:
    """Name what is not as it was in the picture that was measured, as its file opens now."""
    told, there = facts.picture, PictureFacts.of(opened.image)
    if (told.rows, told.columns, told.pixel_aspect) != (
        there.rows,
        there.columns,
        there.pixel_aspect,
    ):
        yield "The shape of the image is not the one in the report."
    if facts.file_calibration != opened.file_calibration and not _lacks_table(facts, opened):
        yield "The image’s file says another scale than the report has from it."


def image_remarks(facts: ReportFacts, opened: Examination) -> Iterator[str]:
    """Say what a careful reader should know of that picture."""
    if facts.picture.sha256 == opened.image.source.sha256:
        yield "The image is the one that was measured, byte for byte."
    else:
        yield "The picture is the one that was measured; its file is another one."
    if _lacks_table(facts, opened):
        yield "The pixel size came from a table that does not lie beside this image: not compared."


def _lacks_table(facts: ReportFacts, opened: Examination) -> bool:
    offered = facts.file_calibration.candidates
    is_from_table = bool(offered) and all(
        one.calibration.source is CalibrationSource.PIXEL_SIZE_TABLE for one in offered
    )
    return is_from_table and not opened.file_calibration.candidates
