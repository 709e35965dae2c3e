"""Each number of a report as an Observation, with the words by which it was found."""

from collections.abc import Iterator
from dataclasses import dataclass

from fhc_desktop.domain.growth.assessment import Dimension
from fhc_desktop.reporting.content.coded_content import CodedContent, CodedDate
from fhc_desktop.reporting.content.coded_numbers import CodedNumber, CodedPlace
from fhc_desktop.reporting.content.codes import FETUS_ID, PERCENTILE_RANK, Code, private
from fhc_desktop.reporting.fhir.datatypes import (
    Resource,
    concept,
    quantity,
    study_reference,
    told,
    urn_of,
)

_IMAGING = {
    "system": "http://terminology.hl7.org/CodeSystem/observation-category",
    "code": "imaging",
    "display": "Imaging",
}
_ORIGIN = private("OUTLINE", "Whose the outline is")
_GRADE = private("GRADE", "The model’s grade of its own proposal")


@dataclass(frozen=True, slots=True)
class Common:
    """What each Observation of a report has: ``base`` tells the report from every other."""

    base: str
    status: str
    subject: Resource
    performer: list[Resource]
    day: str
    device: Resource

    def urn(self, name: str) -> str:
        return urn_of(self.base, name)

    def observation(self, name: str, code: Code, **parts: object) -> tuple[str, Resource]:
        """Return an Observation with its URN; parts that are empty are left out."""
        return self.urn(name), told(
            resourceType="Observation",
            status=self.status,
            category=[{"coding": [_IMAGING]}],
            code=concept(code),
            subject=self.subject,
            effectiveDateTime=self.day,
            performer=self.performer,
            **parts,
            device=self.device,
        )


def observations(coded: CodedContent, common: Common) -> list[tuple[str, Resource]]:
    """Return every number of the report; without millimetres there are those of the age alone."""
    return [*_of_head(coded, common), *_of_pregnancy(coded, common)]


def _of_head(coded: CodedContent, common: Common) -> Iterator[tuple[str, Resource]]:
    sizes = coded.sizes
    if sizes is None:
        return
    fetus = _fetus(coded)
    image = _image(coded)
    lengths = {Dimension.HC: sizes.hc, Dimension.BPD: sizes.bpd, Dimension.OFD: sizes.ofd}
    for dimension, number in lengths.items():
        about = _about_hc(coded) if dimension is Dimension.HC else []
        yield common.observation(
            dimension, number.concept, **_value(number), derivedFrom=image, component=about + fetus
        )
        place = coded.places.get(dimension)
        if place is not None:
            yield from _place(place, common, dimension)
    index = sizes.cephalic_index
    behind = [_observed(common, Dimension.BPD), _observed(common, Dimension.OFD)]
    yield common.observation(
        "index", index.concept, **_value(index), derivedFrom=behind, component=fetus
    )
    for found in coded.ages:
        spread = [] if found.two_sd is None else [_component(found.two_sd)]
        by = "" if found.age.citation is None else found.age.citation.source.value
        yield common.observation(
            f"age by {by}",
            found.age.concept,
            **_value(found.age),
            derivedFrom=[_observed(common, Dimension.HC)],
            component=spread,
        )


def _place(
    place: CodedPlace, common: Common, dimension: Dimension
) -> Iterator[tuple[str, Resource]]:
    behind = [_observed(common, dimension)]
    for name, number in (("percentile", place.percentile), ("z", place.z)):
        if number is not None:
            yield common.observation(
                f"{dimension} {name}", number.concept, **_value(number), derivedFrom=behind
            )
    if place.words:
        yield common.observation(
            f"{dimension} percentile", PERCENTILE_RANK, valueString=place.words, derivedFrom=behind
        )


def _of_pregnancy(coded: CodedContent, common: Common) -> Iterator[tuple[str, Resource]]:
    dating = coded.dating
    if dating is None:
        return
    note = [{"text": dating.text}]
    if dating.age is not None:
        yield common.observation("age", dating.age.concept, **_value(dating.age), note=note)
    for name, one in (("lmp", dating.lmp), ("edd", dating.edd)):
        if one is not None:
            yield _day(one, common, name)


def _day(one: CodedDate, common: Common, name: str) -> tuple[str, Resource]:
    return common.observation(name, one.concept, valueDateTime=one.day.isoformat())


def _about_hc(coded: CodedContent) -> list[Resource]:
    """Return the interval round HC, and whose the outline is that it rests on."""
    interval = coded.interval
    ends = () if interval is None else (interval.low, interval.high, interval.share)
    words = ((_ORIGIN, coded.origin), (_GRADE, coded.grade))
    return [
        *map(_component, ends),
        *(
            {"code": concept(what), "valueCodeableConcept": concept(said)}
            for what, said in words
            if said is not None
        ),
    ]


def _fetus(coded: CodedContent) -> list[Resource]:
    label = coded.fetus.label
    return [{"code": concept(FETUS_ID), "valueString": label}] if label else []


def _image(coded: CodedContent) -> list[Resource]:
    image = coded.image
    if image is None:
        return []
    frame = "" if image.frame is None else f", frame {image.frame}"
    return [study_reference(image.study_uid, f"SOP instance {image.instance_uid}{frame}")]


def _value(number: CodedNumber) -> Resource:
    """Return a number with the equation, the table or the way by which it was found."""
    source = number.derivation if number.citation is None else number.citation.source
    method = {} if source is None else {"method": concept(source)}
    return {"valueQuantity": quantity(number), **method}


def _component(number: CodedNumber) -> Resource:
    return {"code": concept(number.concept), "valueQuantity": quantity(number)}


def _observed(common: Common, name: str) -> Resource:
    return {"reference": common.urn(name)}
