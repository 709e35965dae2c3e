"""Whether a report agrees with itself, with its image, and with who signed it: in sentences."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from fhc_desktop import __version__
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.image.calibration import CalibrationSource
from fhc_desktop.reporting.content.dossier_content import DossierContent, Reported
from fhc_desktop.reporting.content.printed import printed
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.content.report_facts import PictureFacts, ReportFacts
from fhc_desktop.reporting.content.rows import Row
from fhc_desktop.reporting.pdf.dossier import dossier_bytes
from fhc_desktop.reporting.pdf.report import pdf_bytes
from fhc_desktop.reporting.proof.carried import OpenedReport, page_lines
from fhc_desktop.reporting.proof.measurement_text import (
    CarriedMeasurement,
    NoMeasurement,
    measurement_of,
)
from fhc_desktop.reporting.proof.seal import Holds, Seal

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
_SIGNER_DIGITS = 16
_MOST_TOLD = 8
SOFTWARE = f"FHC Desktop {__version__}"
_UNREADABLE = (
    "The measurement that it carries cannot be read: it was changed, or is of a newer version."
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``faults`` say what does not agree, ``remarks`` what a careful reader should know.

    ``agreeing`` is how many statements were made anew and are the same on the page.
    """

    faults: tuple[str, ...]
    remarks: tuple[str, ...]
    agreeing: int

    @property
    def is_good(self) -> bool:
        return not self.faults

    @property
    def headline(self) -> str:
        if self.faults:
            return "This report does NOT agree with itself, its image or its signer."
        return f"Each of the {self.agreeing} statements of this report agrees."

    @property
    def text(self) -> str:
        """All of it, a line each."""
        return "\n".join((self.headline, *self.faults, *self.remarks))


@dataclass(frozen=True, slots=True)
class Signers:
    """``ours`` is the key of this data folder, empty without one; ``expected`` are those wanted."""

    ours: str = ""
    expected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Anew:
    contents: tuple[ReportContent, ...]
    pages: tuple[tuple[str, ...], ...]


def verdict(
    report: OpenedReport,
    *,
    known: tuple[GrowthStandard, ...],
    signers: Signers,
    opened: Sequence[Examination] = (),
) -> Verdict:
    """Return what can be said of a report; ``opened`` is its image as its file opens now.

    Where several frames of that file were measured, it is opened at each of them.
    """
    try:
        carried = [measurement_of(one) for one in report.measurements]
    except NoMeasurement:
        return Verdict((*_seal_faults(report.seal, "", signers), _UNREADABLE), (), 0)
    faults = list(
        dict.fromkeys(
            fault for one in carried for fault in _seal_faults(report.seal, one.signer, signers)
        )
    )
    remarks = [*_signer_remarks(report.seal, signers)]
    faults += _numbered(report, [_changed(one.changed) for one in carried])
    anew = _made_anew(report, carried, known)
    if isinstance(anew, str):
        faults.append(anew)
    else:
        differing = [_differing(*one) for one in zip(carried, anew.contents, strict=True)]
        faults += _first(_numbered(report, differing))
        faults += _first(_pages_differing(report.pages, anew.pages))
        remarks += _software_remarks(carried)
    if opened:
        faults += _image_faults(report, carried, opened)
        remarks += _image_remarks(report, carried, opened)
    else:
        remarks.append("The image was not looked at: name it, to compare it too.")
    return Verdict(tuple(faults), tuple(remarks), sum(len(one.rows) for one in carried))


def _made_anew(
    report: OpenedReport, carried: Sequence[CarriedMeasurement], known: tuple[GrowthStandard, ...]
) -> _Anew | str:
    """Return the report as it follows from the facts, or why none does."""
    wanted = {key for one in carried for key in one.facts.standard_keys}
    missing = sorted(wanted - {standard.key for standard in known})
    if missing:
        return (
            f"The growth standard {', '.join(missing)} is not known here: nothing could be made "
            "anew. Give a clinic's own chart with --chart."
        )
    try:
        contents = tuple(
            replace(one.facts.content(known), software=one.software) for one in carried
        )
        if not report.is_dossier:
            return _Anew(contents, page_lines(pdf_bytes(contents[0], report.paper)))
        dossier = DossierContent.joined(
            [
                Reported(one.facts.examination(known), content, one.facts.mean)
                for one, content in zip(carried, contents, strict=True)
            ]
        )
        return _Anew(contents, page_lines(dossier_bytes(dossier, report.paper)))
    # Numbers that no file and no user could have given: wherever they lead, it is to no report.
    except (ArithmeticError, ValueError):
        return "No report follows from what it carries: its facts were changed."


def _numbered(report: OpenedReport, said: Sequence[Iterable[str]]) -> Iterator[str]:
    """Give the sentences about each measurement, those of a dossier with its number."""
    for number, sentences in enumerate(said, start=1):
        for sentence in sentences:
            yield f"Examination {number}: {sentence}" if report.is_dossier else sentence


def _software_remarks(carried: Sequence[CarriedMeasurement]) -> Iterator[str]:
    for software in dict.fromkeys(one.software for one in carried):
        if software != SOFTWARE:
            yield (
                f"It was made by {software}; this is {SOFTWARE}, which may say some things in "
                "other words."
            )


def _first(faults: Iterable[str]) -> Iterator[str]:
    """Give the first few: one changed fact may change all that follows from it."""
    found = list(faults)
    yield from found[:_MOST_TOLD]
    if len(found) > _MOST_TOLD:
        yield f"And {len(found) - _MOST_TOLD} more of that kind."


def _seal_faults(seal: Seal, named: str, signers: Signers) -> Iterator[str]:
    if seal.holds is Holds.CHANGED:
        yield "The file was changed after it was signed."
    if seal.holds is Holds.NOT_SIGNED and named:
        yield "The signature was taken away."
    elif named and seal.signer != named:
        yield f"The signer was changed: {_short(seal.signer)} in the place of {_short(named)}."
    if signers.expected and seal.signer not in signers.expected:
        said = f"by {_short(seal.signer)}" if seal.signer else "by nobody"
        yield f"It is signed {said}, and not by whom you named."


def _signer_remarks(seal: Seal, signers: Signers) -> Iterator[str]:
    if seal.holds is Holds.CHANGED:
        return
    if not seal.signer:
        yield "Nobody signed it: whoever had it may have written it."
    elif seal.signer in signers.expected:
        yield f"Signed by {_short(seal.signer)}, whom you named."
    elif seal.signer == signers.ours:
        yield "Signed on this machine."
    else:
        yield (
            f"The signer is UNKNOWN here: {seal.signer}. Ask those who sent the report for their "
            "key, and name it with --signer."
        )


def _short(signer: str) -> str:
    return f"{signer[:_SIGNER_DIGITS]}…"


def _changed(names: Collection[str]) -> Iterator[str]:
    for name in dict.fromkeys(_NAMES.get(one, f"facts ({one})") for one in names):
        yield f"Changed in what it carries: the {name}."


def _differing(carried: CarriedMeasurement, content: ReportContent) -> Iterator[str]:
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


def _pages_differing(
    pages: Sequence[Sequence[str]], anew: Sequence[Sequence[str]]
) -> Iterator[str]:
    """Name each line that stands on a page and not on the page made anew, and the other way."""
    if len(pages) != len(anew):
        yield f"It has {len(pages)} pages; made anew it has {len(anew)}."
    for number, (page, other) in enumerate(zip(pages, anew, strict=False), start=1):
        there, follows = Counter(page), Counter(other)
        for said, wanted in zip_longest(
            list((there - follows).elements()), list((follows - there).elements())
        ):
            yield (f"Page {number} says {_quoted(said)}; by its facts it says {_quoted(wanted)}.")


def _quoted(line: str | None) -> str:
    return "nothing" if line is None else f"“{line}”"


_Looked = list[tuple[ReportFacts, Examination | None]]


def _looked_at(carried: Iterable[CarriedMeasurement], opened: Sequence[Examination]) -> _Looked:
    """Return each measurement's facts with its picture as it opens now, where that is at hand."""
    digests = {one.image.pixels_sha256: one for one in opened}
    return [(one.facts, digests.get(one.facts.picture.pixels_sha256)) for one in carried]


def _image_faults(
    report: OpenedReport, carried: Sequence[CarriedMeasurement], opened: Sequence[Examination]
) -> Iterator[str]:
    looked = _looked_at(carried, opened)
    if all(found is None for _, found in looked):
        yield "The image is another one: its pixels are not those that were measured."
    yield from _numbered(
        report, [() if found is None else _faults_of(facts, found) for facts, found in looked]
    )


def _faults_of(facts: ReportFacts, opened: Examination) -> Iterator[str]:
    told, there = facts.picture, PictureFacts.of(opened.image)
    if (told.rows, told.columns, told.pixel_aspect) != (
        there.rows,
        there.columns,
        there.pixel_aspect,
    ):
        yield "The shape of the image is not the one in the report."
    if facts.file_calibration != opened.file_calibration and not _lacks_table(facts, opened):
        yield "The image’s file says another scale than the report has from it."


def _image_remarks(
    report: OpenedReport, carried: Sequence[CarriedMeasurement], opened: Sequence[Examination]
) -> Iterator[str]:
    looked = _looked_at(carried, opened)
    if all(found is None for _, found in looked):
        return
    yield from _numbered(
        report,
        [
            ["Its image was not looked at."] if found is None else _remarks_of(facts, found)
            for facts, found in looked
        ],
    )


def _remarks_of(facts: ReportFacts, opened: Examination) -> Iterator[str]:
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
