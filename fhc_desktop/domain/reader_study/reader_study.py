"""A reader study: which pictures are read, by whom, in which order, and what of it is shown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import numpy as np

from fhc_desktop.domain.errors import FhcError

# A reader's name is the name of her file.
_READER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


class UnusablePlan(FhcError):  # noqa: N818 - named for what the user meets
    """No study can be made of what was asked for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody wants of a study; ``repeats`` is the share of the pictures read twice.

    Raises:
        UnusablePlan: a name is none for a file, twice there, or missing; or the share is none.
    """

    readers: tuple[str, ...]
    repeats: float
    seed: int
    is_proposal_shown: bool = False
    are_numbers_shown: bool = False

    def __post_init__(self) -> None:
        wrong = [name for name in self.readers if not _READER.fullmatch(name)]
        if wrong or not self.readers:
            raise UnusablePlan(
                f"“{wrong[0] if wrong else ''}” is no name of a reader.",
                "Name readers by letters, digits, - and _, with commas between them: A,B.",
            )
        if len({name.lower() for name in self.readers}) < len(self.readers):
            raise UnusablePlan("Two readers have one name.", "Give each a name of her own.")
        if not 0 <= self.repeats <= 1:
            raise UnusablePlan(
                f"{self.repeats} is no share of the pictures.", "Give one from 0 to 1."
            )


@dataclass(frozen=True, slots=True)
class StudyPicture:
    """A picture by its code, as its copy lies in the study: ``file`` is the copy's name."""

    code: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ReadingList:
    """The codes of the pictures in the order in which one reader reads them."""

    reader: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReaderStudy:
    """What was decided when it was made, and stays; ``made_at`` is in UTC.

    Raises:
        ValueError: a list names a picture that is not there, or not each reader has her list.
    """

    made_at: datetime
    software_version: str
    plan: Plan
    pictures: tuple[StudyPicture, ...]
    lists: tuple[ReadingList, ...]

    def __post_init__(self) -> None:
        known = {one.code for one in self.pictures}
        if not all(known.issuperset(one.codes) for one in self.lists):
            raise ValueError("a list names a picture that is not in the study")
        if tuple(one.reader for one in self.lists) != self.plan.readers:
            raise ValueError("lists and readers do not go together")

    def codes_of(self, reader: str) -> tuple[str, ...]:
        """Return what a reader reads, in her order.

        Raises:
            UnusablePlan: the study has no such reader.
        """
        for one in self.lists:
            if one.reader == reader:
                return one.codes
        names = ", ".join(one.reader for one in self.lists)
        raise UnusablePlan(f"This study has no reader {reader}.", f"Name one of {names}.")

    def picture(self, code: str) -> StudyPicture:
        return next(one for one in self.pictures if one.code == code)


def drawn_lists(
    codes: Sequence[str], plan: Plan, rng: np.random.Generator
) -> tuple[ReadingList, ...]:
    """Return a list for each reader: the same pictures and repeats, each in an order of its own.

    Every order in which no picture follows itself is as likely as any other.

    Raises:
        UnusablePlan: a repeat could only follow its own picture, or there is no picture.
    """
    count = round(plan.repeats * len(codes))
    if not codes or (count and len(codes) < 2):  # noqa: PLR2004 - nothing could lie between
        raise UnusablePlan(
            f"{len(codes)} pictures are too few for this study.", "Give it more pictures."
        )
    repeated = rng.choice(len(codes), size=count, replace=False)
    items = [*codes, *(codes[place] for place in repeated)]
    return tuple(ReadingList(reader, _order(items, rng)) for reader in plan.readers)


def _order(items: Sequence[str], rng: np.random.Generator) -> tuple[str, ...]:
    return next(order for order in _orders(items, rng) if not _follows_itself(order))


def _orders(items: Sequence[str], rng: np.random.Generator) -> Iterator[tuple[str, ...]]:
    # About one in three has no picture behind itself, however many there are.
    while True:
        yield tuple(items[place] for place in rng.permutation(len(items)))


def _follows_itself(order: Sequence[str]) -> bool:
    return any(one == other for one, other in pairwise(order))
