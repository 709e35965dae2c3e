"""What tables of pixel sizes say of one image, and which of them may say it."""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
    Uncalibrated,
    is_plausible_pixel_side,
)
from fhc_desktop.domain.image.listed_image import (
    ListedImage,
    Naming,
    composed,
    entries_of,
    has_folder,
    is_picture_name,
)
from fhc_desktop.domain.image.size_headings import Headings, quoted

# Two units of one size differ in the last digits only.
_SAME_SIZE_WITHIN = 1e-6
_NUMBER = re.compile(r"\+?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?", re.ASCII)
# Of these words the name of a table is made, beside that of the folder that it is about.
_TABLE_WORDS = frozenset((
    "pixel", "pixels", "px", "size", "sizes", "spacing", "spacings", "pixelsize", "pixelsizes",
    "mm", "cm", "um", "hc", "head", "circumference", "scale", "scales", "calibration", "resolution",
    "table", "list", "and", "of", "for", "the", "per", "in",
))  # fmt: skip
_GIVE_IT_BY_HAND = "draw the ruler over a known distance, or type the size."
_CORRECT = f"Correct the table, {_GIVE_IT_BY_HAND}"


class Weight(Enum):
    """How much a table's word counts where it gives an image no size."""

    REFUSED = "refused"  # it is about this image: no other table may speak in its place
    UNSURE = "unsure"  # it may be: a table of the same folder may speak, none further up
    UNNAMED = "unnamed"  # it is about other images


@dataclass(frozen=True, slots=True)
class GivenSize:
    """Both sides of a pixel in mm, by one row of a table."""

    table: str
    mm_per_column: float
    mm_per_row: float
    names_folder: bool = False


@dataclass(frozen=True, slots=True)
class NoSize:
    """Why a table gives an image no size, in a sentence that names the table."""

    table: str
    weight: Weight
    sentence: str
    remedy: str = _CORRECT
    names_folder: bool = False


Word = GivenSize | NoSize


@dataclass(frozen=True, eq=False)
class PixelSizeTable:
    """A table whose headings are understood, below them its rows.

    ``commas_part`` says that a comma ends a cell, so that it cannot stand for the decimal point.
    What it says of the next image costs no second reading of all its rows.
    """

    name: str
    headings: Headings
    rows: tuple[Sequence[str], ...]
    commas_part: bool

    def words_on(self, image: ListedImage) -> list[Word]:
        """Return what each row that names the image says, or why none does."""
        named = [(row, image.named_by(self._name_in(row))) for row in self._rows_near(image)]
        best = max((naming for _, naming in named), default=Naming.NOT)
        if best is Naming.NOT:
            return [self._without_row(image)]
        rows = [row for row, naming in named if naming is best]
        if best is Naming.ROUGHLY:
            for name in map(self._name_in, rows):
                others = image.others_named_by(name)
                if others:
                    return [self._refused(f"names {quoted(name)}, which could be {others[0]} too")]
        return [self._word(row) for row in rows]

    def _rows_near(self, image: ListedImage) -> list[Sequence[str]]:
        """Return the rows that may name the image, in their order; no other row does."""
        places = {place for entry in image.entries for place in self._places.get(entry, ())}
        return [self.rows[place] for place in sorted(places)]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places = defaultdict[str, list[int]](list)
        for place, row in enumerate(self.rows):
            for entry in entries_of(self._name_in(row)):
                places[entry].append(place)
        return places

    def _word(self, row: Sequence[str]) -> Word:
        no_size = "gives no usable pixel size for this image"
        if any(cell.strip() for cell in row[self.headings.count :]):
            return self._refused(
                f"{no_size}: its row has more cells than headings, as where a comma parts cells "
                "and decimals alike"
            )
        sides = []
        for column in self.headings.sizes:
            written = row[column.place].strip() if column.place < len(row) else ""
            number = None if self.commas_part and "," in written else _number(written)
            mm = math.nan if number is None else number * column.mm_per_unit
            if not is_plausible_pixel_side(mm):
                said = quoted(written) if written else "the cell is empty"
                hint = ", where a comma parts the cells" if "," in written else ""
                return self._refused(f"{no_size}: {said}{hint}")
            sides.append(mm)
        return GivenSize(self.name, sides[0], sides[-1], has_folder(self._name_in(row)))

    def _without_row(self, image: ListedImage) -> NoSize:
        if image.is_mentioned_in("\n".join(cell for row in self.rows for cell in row)):
            return self._refused("mentions this image, but no row of it is this image’s")
        sentence = f"The table {self.name} does not name this image."
        remedy = f"Add the image to the table, {_GIVE_IT_BY_HAND}"
        return NoSize(self.name, Weight.UNNAMED, sentence, remedy)

    def _refused(self, why: str) -> NoSize:
        return NoSize(self.name, Weight.REFUSED, f"The table {self.name} {why}.")

    def _name_in(self, row: Sequence[str]) -> str:
        place = self.headings.name
        return row[place] if place < len(row) else ""


def word_of_unclear(table: str, reason: str, *, text: str, image: ListedImage) -> NoSize:
    """Return the word of a table that speaks of pixel sizes and is not understood.

    Whether it is about an image that it does not mention nobody can tell: names in it may be wrong.
    """
    return NoSize(
        table,
        Weight.REFUSED if image.is_mentioned_in(text) else Weight.UNSURE,
        f"The table {table} is not understood: {reason}.",
        f"Name its columns “filename” and “pixel size(mm)”, {_GIVE_IT_BY_HAND}",
    )


def word_without_headings(
    table: str, rows: Sequence[Sequence[str]], image: ListedImage
) -> NoSize | None:
    """Return the word of a table that begins with a picture's name and not with headings.

    Its numbers could be sizes where the image's row has one that a pixel may have; None where not.
    """
    if not rows or not any(is_picture_name(cell) for cell in rows[0]):
        return None
    for row in rows:
        if any(image.named_by(cell) for cell in row) and any(map(_could_be_mm, row)):
            return NoSize(
                table,
                Weight.UNSURE,
                f"The table {table} has no headings that say what its numbers are.",
                f"Give it the headings “filename” and “pixel size(mm)”, {_GIVE_IT_BY_HAND}",
            )
    return None


def word_of_unopened(table: str) -> NoSize:
    """Return the word of a table that cannot be opened: what it holds nobody knows."""
    return NoSize(
        table,
        Weight.UNSURE,
        f"{table} cannot be opened: it may be the table that gives this image its pixel size.",
        f"Close it in other programs and open the image again, {_GIVE_IT_BY_HAND}",
    )


def is_named_after(table: str, folder: str) -> bool:
    """Return whether a table's name without its ending is a folder's with words of a table.

    "training_set_pixel_size_and_HC" is named after "training_set", and not after "training" or
    "set": those would be other folders. A folder that is called like a table, "HC", is not known
    from the words of a table's name unless it is the whole of it.
    """
    named, words = _words(table), _words(folder)
    if named == words:
        return bool(words)
    if not words or _TABLE_WORDS.issuperset(words):
        return False
    places = range(len(named) - len(words) + 1)
    return any(
        named[at : at + len(words)] == words
        and _TABLE_WORDS.issuperset(named[:at] + named[at + len(words) :])
        for at in places
    )


def calibration_by(
    beside: Sequence[Word], above: Sequence[Word], image: ListedImage
) -> FileCalibration:
    """Return the one size that holds for an image, or why there is none.

    ``beside`` are the words of the tables in its folder, ``above`` those of the tables one folder
    up. A table holds for its own folder; one further up only where it names the folder, since
    images of other folders have the same names. A nearer table that is about the image and gives no
    size is never passed over in favour of one further up, which may be older. So nothing is said
    in silence: where no size is left, the first sentence of a table is the reason.
    """
    bound = [word for word in above if word.names_folder]
    found = _settled(beside) or _settled(bound)
    if found is not None:
        return found
    unbound = [word for word in above if not word.names_folder]
    about_it = (word for word in unbound if isinstance(word, GivenSize) or _is_refused(word))
    silent = (word for word in (*beside, *bound) if isinstance(word, NoSize))
    reason = next((_of_another_folder(word, image) for word in about_it), next(silent, None))
    return FileCalibration() if reason is None else _objection(reason)


def _settled(words: Sequence[Word]) -> FileCalibration | None:
    """Return what the tables of one folder come to; None where they are about other images."""
    sizes = [word for word in words if isinstance(word, GivenSize)]
    without = [word for word in words if isinstance(word, NoSize)]
    for word in without:
        if _is_refused(word):
            return _objection(word)
    if sizes:
        return _agreed(sizes)
    unsure = (word for word in without if word.weight is Weight.UNSURE)
    return next((_objection(word) for word in unsure), None)


def _agreed(sizes: Sequence[GivenSize]) -> FileCalibration:
    first = sizes[0]
    if any(not _is_same(first, other) for other in sizes):
        names = " and ".join(dict.fromkeys(size.table for size in sizes))
        return _objection(
            NoSize(
                names,
                Weight.REFUSED,
                f"The tables give this image more than one pixel size ({names}).",
            )
        )
    source = CalibrationSource.PIXEL_SIZE_TABLE
    calibration = Calibration(first.mm_per_column, first.mm_per_row, source, first.table)
    return FileCalibration((CalibrationCandidate(calibration),))


def _is_same(one: GivenSize, other: GivenSize) -> bool:
    return math.isclose(
        one.mm_per_column, other.mm_per_column, rel_tol=_SAME_SIZE_WITHIN
    ) and math.isclose(one.mm_per_row, other.mm_per_row, rel_tol=_SAME_SIZE_WITHIN)


def _is_refused(word: NoSize) -> bool:
    return word.weight is Weight.REFUSED


def _of_another_folder(word: Word, image: ListedImage) -> NoSize:
    if isinstance(word, NoSize):
        return word
    folder = image.folders[-1] if image.folders else ""
    return NoSize(
        word.table,
        Weight.REFUSED,
        f"The table {word.table} lies one folder up and does not name this image’s folder: it may "
        "be about another image of the same name.",
        f"Put the table beside the image, or write the folder into it ({quoted(f'{folder}/')} "
        f"before the image’s name), {_GIVE_IT_BY_HAND}",
    )


def _objection(word: NoSize) -> FileCalibration:
    return FileCalibration(objection=Uncalibrated(word.sentence, word.remedy, names_file=True))


def _could_be_mm(cell: str) -> bool:
    number = _number(cell)
    return number is not None and is_plausible_pixel_side(number)


def _number(written: str) -> float | None:
    """Return a number with a decimal point or comma; a comma never stands between thousands."""
    plain = unicodedata.normalize("NFKC", written).strip()
    return float(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else None


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", composed(name).casefold())
