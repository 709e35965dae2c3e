"""Whether a report agrees with itself, with its image, and with who signed it: in sentences."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.reporting.content.dossier_content import DossierContent, Reported
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.content.report_facts import ReportFacts
from fhc_desktop.reporting.pdf.dossier import dossier_bytes
from fhc_desktop.reporting.pdf.report import pdf_bytes
from fhc_desktop.reporting.proof.agreement import (
    NOT_LOOKED_AT,
    NOTHING_FOLLOWS,
    OTHER_IMAGE,
    UNREADABLE,
    changed_facts,
    differing_statements,
    first_few,
    image_faults,
    image_remarks,
    missing_standards,
    software_remarks,
)
from fhc_desktop.reporting.proof.carried import OpenedReport, page_lines
from fhc_desktop.reporting.proof.measurement_text import (
    CarriedMeasurement,
    NoMeasurement,
    measurement_of,
)
from fhc_desktop.reporting.proof.seal import Holds, Seal

_SIGNER_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Verdict:
    """``faults`` say what does not agree, ``remarks`` what a careful reader should know.

    ``gaps`` say what could not be asked, since it is not there any more. ``agreeing`` is how many
    statements were made anew and are the same there. ``has_seal``: its form can be signed.
    """

    faults: tuple[str, ...]
    remarks: tuple[str, ...]
    agreeing: int
    gaps: tuple[str, ...] = ()
    has_seal: bool = True

    @property
    def is_good(self) -> bool:
        return not self.faults and not self.gaps

    @property
    def is_contradictory(self) -> bool:
        """Whether nothing that it says is to be believed."""
        return bool(self.faults)

    @property
    def headline(self) -> str:
        if self.faults:
            return "This report does NOT agree with itself, its image or its signer."
        if self.gaps:
            agreeing = f"{self.agreeing or 'None'} of its numbers could be made anew"
            agreeing = f"{agreeing} and agree" if self.agreeing else agreeing
            return f"Not all of this report is left: {agreeing}; it is not signed."
        unsigned = "" if self.has_seal else "; it is not signed"
        return f"Each of the {self.agreeing} statements of this report agrees{unsigned}."

    @property
    def text(self) -> str:
        """All of it, a line each."""
        return "\n".join((self.headline, *self.faults, *self.gaps, *self.remarks))


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
        return Verdict((*seal_faults(report.seal, "", signers), UNREADABLE), (), 0)
    faults = list(
        dict.fromkeys(
            fault for one in carried for fault in seal_faults(report.seal, one.signer, signers)
        )
    )
    remarks = [*_signer_remarks(report.seal, signers)]
    faults += _numbered(report, [changed_facts(one.changed) for one in carried])
    anew = _made_anew(report, carried, known)
    if isinstance(anew, str):
        faults.append(anew)
    else:
        differing = [differing_statements(*one) for one in zip(carried, anew.contents, strict=True)]
        faults += first_few(_numbered(report, differing))
        faults += first_few(_pages_differing(report.pages, anew.pages))
        remarks += software_remarks(carried)
    if opened:
        faults += _image_faults(report, carried, opened)
        remarks += _image_remarks(report, carried, opened)
    else:
        remarks.append(NOT_LOOKED_AT)
    return Verdict(tuple(faults), tuple(remarks), sum(len(one.rows) for one in carried))


def _made_anew(
    report: OpenedReport, carried: Sequence[CarriedMeasurement], known: tuple[GrowthStandard, ...]
) -> _Anew | str:
    """Return the report as it follows from the facts, or why none does."""
    missing = missing_standards(carried, known)
    if missing:
        return missing
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
        return NOTHING_FOLLOWS


def _numbered(report: OpenedReport, said: Sequence[Iterable[str]]) -> Iterator[str]:
    """Give the sentences about each measurement, those of a dossier with its number."""
    for number, sentences in enumerate(said, start=1):
        for sentence in sentences:
            yield f"Examination {number}: {sentence}" if report.is_dossier else sentence


def seal_faults(seal: Seal, named: str, signers: Signers) -> Iterator[str]:
    """Name what is wrong with a seal; ``named`` is who was to sign, by the facts."""
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
        yield OTHER_IMAGE
    yield from _numbered(
        report, [() if found is None else image_faults(facts, found) for facts, found in looked]
    )


def _image_remarks(
    report: OpenedReport, carried: Sequence[CarriedMeasurement], opened: Sequence[Examination]
) -> Iterator[str]:
    looked = _looked_at(carried, opened)
    if all(found is None for _, found in looked):
        return
    yield from _numbered(
        report,
        [
            ["Its image was not looked at."] if found is None else image_remarks(facts, found)
            for facts, found in looked
        ],
    )
