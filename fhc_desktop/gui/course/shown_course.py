"""What the window of a pregnancy's course tells of patient and pregnancies, and what may be seen.

Rows, chart and picture follow from this value: what it does not tell, none of them does.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.pregnancy import Pregnancy
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination
from fhc_desktop.reporting.content.numbers import MISSING

_PATIENT_HIDDEN = "Patient hidden"
_PICTURE = "Course of the pregnancy"


@dataclass(frozen=True, slots=True)
class ShownPregnancy:
    """A pregnancy in words: its title, what its examinations are called, and how it is dated.

    ``names`` are in the order of the examinations. The first of ``dating_lines`` is the dating in
    force, the others are its changes, oldest first; none where they are hidden.
    """

    pregnancy: Pregnancy
    title: str
    names: tuple[str, ...]
    dating_lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownCourse:
    """Whose pregnancies they are, the newest first, and the title of an exported chart.

    ``not_drawn`` says who else goes by her identifier; empty for nobody.
    """

    patient: str
    picture_title: str
    pregnancies: tuple[ShownPregnancy, ...]
    not_drawn: str = ""
    names_patient: bool = True

    def place_of(self, entry_ids: Collection[str]) -> int:
        """Return the place of the pregnancy that has any of these entries, or of the newest."""
        for place, shown in enumerate(self.pregnancies):
            if any(one.entry_id in entry_ids for one in shown.pregnancy.examinations):
                return place
        return 0


def shown_course(
    patient: Patient, pregnancies: tuple[Pregnancy, ...], others: Sequence[Patient] = ()
) -> ShownCourse:
    words = [part for part in (patient.identifier, patient.name, patient.issuer_words) if part]
    named = "; ".join(dict.fromkeys(other.words for other in others))
    return ShownCourse(
        " · ".join(words),
        " · ".join((_PICTURE, *words)),
        tuple(shown_pregnancy(one) for one in pregnancies),
        f"Not drawn: the log has this identifier for {named}." if named else "",
    )


def shown_pregnancy(pregnancy: Pregnancy) -> ShownPregnancy:
    return ShownPregnancy(
        pregnancy,
        pregnancy_title(pregnancy),
        tuple(day_text(one) for one in pregnancy.examinations),
        dating_lines(pregnancy),
    )


def deidentified(course: ShownCourse) -> ShownCourse:
    """Return what may be seen while somebody looks on.

    Dates may tell whose a pregnancy is: it and its examinations are numbered.
    """
    count = len(course.pregnancies)
    return ShownCourse(
        _PATIENT_HIDDEN,
        _PICTURE,
        tuple(
            _deidentified(shown.pregnancy, count - place)
            for place, shown in enumerate(course.pregnancies)
        ),
        names_patient=False,
    )


def pregnancy_title(pregnancy: Pregnancy) -> str:
    """Return by what a pregnancy is chosen: its beginning and EDD, and how many examinations."""
    many = _count_text(pregnancy)
    edd = pregnancy.expected
    if edd is None:
        return f"from {day_text(pregnancy.examinations[0])}, not dated · {many}"
    return f"from {pregnancy.starts}, EDD {edd} · {many}"


def dating_lines(pregnancy: Pregnancy) -> tuple[str, ...]:
    """Return the dating in force with method, date and author, then each change, oldest first."""
    record = pregnancy.record
    if record is None:
        return ("No examination of this pregnancy was dated: there is no age on another day.",)
    changes = (f"Changed: {words}" for words in record.changes)
    return (f"Dating in force: {record.in_force.text}", *changes)


def day_text(recorded: RecordedExamination) -> str:
    day = recorded.facts.exam_date
    return MISSING if day is None else f"{day}"


def _deidentified(pregnancy: Pregnancy, number: int) -> ShownPregnancy:
    names = tuple(f"Examination {place}" for place, _ in enumerate(pregnancy.examinations, 1))
    title = f"Pregnancy {number} · {_count_text(pregnancy)}"
    return ShownPregnancy(_without_own_words(pregnancy), title, names, ())


def _without_own_words(pregnancy: Pregnancy) -> Pregnancy:
    """Return a pregnancy without its patient, and without what was written in anybody's own words.

    Operators are numbered, so that one observer stays told from another.
    """
    named = [one.operator.strip() for one in pregnancy.examinations if one.operator.strip()]
    numbers = {name: f"Operator {place}" for place, name in enumerate(dict.fromkeys(named), 1)}
    shown = (
        replace(
            one,
            facts=replace(
                one.facts,
                patient=Patient(),
                answers=frozenset(),
                dating_reason="",
                comment="",
                fetus=Fetus(one.facts.fetus.label),
            ),
            operator=numbers.get(one.operator.strip(), ""),
        )
        for one in pregnancy.examinations
    )
    return replace(pregnancy, examinations=tuple(shown))


def _count_text(pregnancy: Pregnancy) -> str:
    count = len(pregnancy.examinations)
    return "1 examination" if count == 1 else f"{count} examinations"
