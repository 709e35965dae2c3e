"""Whether entries under one identifier are one woman: by what they say, or by a clinician's word.

The identifier alone joins nobody: two clinics may have given the same number to two women.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import permutations

from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.person_name import is_same_name

# The entries that one woman has gone by.
Entries = frozenset[Patient]


class Sameness(Enum):
    """What two women's entries say of whether they are one; only a clinician can answer ASK."""

    SAME = "same"
    ASK = "ask"
    ANOTHER = "another"


@dataclass(frozen=True, slots=True)
class Answer:
    """A clinician's word on whether the patient of an examination is one whom the log has."""

    patient: Patient
    logged: Patient
    is_same: bool


@dataclass(frozen=True, slots=True)
class Recognition:
    """How a patient stands to those whom the log has under her identifier.

    ``hers`` are the entries that are hers, ``in_doubt`` those of each woman who may be she, and
    ``others`` those of each woman who is not.
    """

    hers: Entries
    in_doubt: tuple[Entries, ...] = ()
    others: tuple[Entries, ...] = ()


def compared(one: Iterable[Patient], other: Iterable[Patient]) -> Sameness:
    """Return what the entries of two women say; each may have gone by several.

    Identifiers or issuers that differ are two women. Names that differ beyond spelling, or birth
    dates, leave it open: a family name changes, and a typing error is nobody else. What is missing
    separates nobody.
    """
    left, right = tuple(one), tuple(other)
    if {who.identifier for who in left} != {who.identifier for who in right}:
        return Sameness.ANOTHER
    if _differ((_folded(who.issuer) for who in left), (_folded(who.issuer) for who in right)):
        return Sameness.ANOTHER
    if _differ((who.birth_date for who in left), (who.birth_date for who in right)):
        return Sameness.ASK
    names = [who.name for who in left if who.name], [who.name for who in right if who.name]
    if all(names) and not any(is_same_name(mine, hers) for mine in names[0] for hers in names[1]):
        return Sameness.ASK
    return Sameness.SAME


def women_among(logged: Iterable[Patient], answers: Sequence[Answer]) -> tuple[Entries, ...]:
    """Return the women whom entries of one identifier are of, in the order of the entries.

    ``answers`` are in the order of time: a later one on the same two entries holds.
    """
    groups = _answered(logged, answers)
    same = _agreeing(groups, lambda one, other: _sameness(one, other, answers))
    classes = dict.fromkeys(_twins(place, same) for place in range(len(groups)))
    return tuple(_joined(groups, places) for places in classes)


def recognised(
    patient: Patient,
    logged: Iterable[Patient],
    answers: Sequence[Answer],
    given: Sequence[Answer] = (),
) -> Recognition:
    """Return how a patient stands to the entries that the log has of her identifier.

    ``answers`` are those in the log, ``given`` those of the examination on the screen. Without a
    name she is nobody whom the log has, whatever was answered of another image without one.
    """
    is_named = bool(patient.name)
    said = (*answers, *given)
    if is_named:
        found = _answered((patient, *logged), said)
        own = next(group for group in found if patient in group)
        groups = [own, *(group for group in found if group is not own)]
    else:
        groups = [frozenset({patient}), *_answered(logged, answers)]

    def sameness(one: Entries, other: Entries) -> Sameness:
        of_screen = not is_named and groups[0] in (one, other)
        return _sameness(one, other, given if of_screen else said)

    hers = _twins(0, _agreeing(groups, sameness))
    rest = [place for place in range(len(groups)) if place not in hers]
    apart = [place for place in rest if sameness(groups[0], groups[place]) is Sameness.ANOTHER]
    return Recognition(
        hers=_joined(groups, hers),
        in_doubt=tuple(groups[place] for place in rest if place not in apart),
        others=tuple(groups[place] for place in apart),
    )


def _answered(patients: Iterable[Patient], answers: Sequence[Answer]) -> list[Entries]:
    """Return the entries, those together that somebody said are of one woman."""
    groups = [frozenset({one}) for one in dict.fromkeys(patients)]
    for pair in (pair for pair, is_same in _last_words(answers).items() if is_same):
        touched = [group for group in groups if group & pair]
        if len(touched) > 1:
            rest = [group for group in groups if group not in touched]
            groups = [_joined(touched, range(len(touched))), *rest]
    return groups


def _agreeing(
    groups: Sequence[Entries], sameness: Callable[[Entries, Entries], Sameness]
) -> list[frozenset[int]]:
    """Return for each group the places of those that may be the same woman, its own among them."""
    places = range(len(groups))
    return [
        frozenset(
            other
            for other in places
            if other == place or sameness(groups[place], groups[other]) is Sameness.SAME
        )
        for place in places
    ]


def _twins(place: int, same: Sequence[frozenset[int]]) -> frozenset[int]:
    """Return the places of one woman's groups: they agree about everybody else.

    An entry without a name agrees with two women who differ, and could be either's.
    """
    return frozenset(other for other in same[place] if same[other] == same[place])


def _sameness(one: Entries, other: Entries, answers: Sequence[Answer]) -> Sameness:
    apart = (pair for pair, is_same in _last_words(answers).items() if not is_same)
    if any(_is_about(pair, one, other) for pair in apart):
        return Sameness.ANOTHER
    return compared(one, other)


def _is_about(pair: Entries, one: Entries, other: Entries) -> bool:
    """Return whether an answer that parts two entries parts two women: her spellings too."""
    return any(
        _goes_by(left, one) and _goes_by(right, other) for left, right in permutations(pair, 2)
    )


def _goes_by(answered: Patient, woman: Entries) -> bool:
    """Return whether a woman goes by an entry, or by one with a name that agrees with it."""
    return answered in woman or any(
        entry.name and answered.name and compared((entry,), (answered,)) is Sameness.SAME
        for entry in woman
    )


def _last_words(answers: Sequence[Answer]) -> dict[Entries, bool]:
    return {frozenset({one.patient, one.logged}): one.is_same for one in answers}


def _joined(groups: Sequence[Entries], places: Iterable[int]) -> Entries:
    return frozenset().union(*(groups[place] for place in places))


def _differ(one: Iterable[Hashable], other: Iterable[Hashable]) -> bool:
    """Return whether both say something, and nothing of it is the same; empty says nothing."""
    left, right = {said for said in one if said}, {said for said in other if said}
    return bool(left and right) and left.isdisjoint(right)


def _folded(issuer: str) -> str:
    return " ".join(issuer.casefold().split())
