"""What a report says of the dating: on whose word it rests, and how it came about."""

from fhc_desktop.domain.dating.dating_record import DatingBasis, DatingRecord, days_moved
from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.examination.conflicts import items_from_file
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.file_data import FileItem
from fhc_desktop.domain.pregnancy.dating_standing import NOT_RECORDED, basis_of, edd_text
from fhc_desktop.domain.pregnancy.recorded import placed_in_time
from fhc_desktop.reporting.content.rows import Row


def dating_row(exam: Examination, record: DatingRecord | None) -> Row:
    """Return what dates the examination, with its EDD and who recorded it when."""
    if exam.dating is None:
        return Row("Dating", "none")
    dating = placed_in_time(exam.dating, exam.exam_date) or exam.dating
    basis = basis_of(exam, record)
    notes = ["from the file"] if FileItem.DATING in items_from_file(exam) else []
    # What cannot be true on the day of the examination has no date of delivery.
    if isinstance(exam.age, GestationalAge):
        notes.append(edd_text(dating))
    notes.append(NOT_RECORDED if basis is None else _author_text(basis))
    if record is not None and record.steps:
        notes.append("its changes are on the last page")
    return Row("Dating", dating.text, "; ".join(filter(None, notes)))


def dating_history(exam: Examination, record: DatingRecord | None) -> tuple[Row, ...]:
    """Return the dating in force where the report rests on another, and each change.

    The latest change stands first.
    """
    if record is None:
        return ()
    rows, in_force = [], record.in_force
    if basis_of(exam, record) != in_force:
        said = (in_force.dating.text, edd_text(in_force.dating))
        rows.append(Row("In force", "; ".join(filter(None, said)), _author_text(in_force)))
    rows += [_change_row(*step) for step in reversed(record.steps)]
    return tuple(rows)


def _change_row(before: DatingBasis, after: DatingBasis) -> Row:
    return Row(
        "Changed",
        f"EDD {before.edd} → {after.edd}",
        f"{days_moved(before.edd, after.edd)}; dated before by {before.dating.text}; "
        f"{_author_text(after)}: {after.reason}",
    )


def _author_text(basis: DatingBasis) -> str:
    return f"{basis.author}, {basis.at:%Y-%m-%d}"
