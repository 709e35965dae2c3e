"""What a report says of the dating: on whose word it rests, and how it came about."""

from fhc_desktop.domain.conflicts import items_from_file
from fhc_desktop.domain.dating_record import DatingBasis, DatingRecord, days_moved
from fhc_desktop.domain.dating_standing import basis_of
from fhc_desktop.domain.examination import Examination, age
from fhc_desktop.domain.file_data import FileItem
from fhc_desktop.domain.gestation import GestationalAge, NoAge, edd_by
from fhc_desktop.domain.recorded import placed_in_time
from fhc_desktop.reporting.rows import Row


def dating_rows(exam: Examination, record: DatingRecord | None) -> tuple[Row, ...]:
    """Return the dating with its EDD and author, the one in force if another, and each change."""
    if exam.dating is None:
        return (Row("Dating", "none"), *_record_rows(None, record))
    basis = basis_of(exam, record)
    source = "from the file; " if FileItem.DATING in items_from_file(exam) else ""
    dating = placed_in_time(exam.dating, exam.exam_date) or exam.dating
    edd = edd_by(dating)
    rows = [Row("Dating", dating.text, f"{source}{_author_text(basis)}")]
    if not isinstance(edd, NoAge) and isinstance(age(exam), GestationalAge):
        rows.append(Row("EDD", edd.isoformat()))
    return (*rows, *_record_rows(basis, record))


def _record_rows(basis: DatingBasis | None, record: DatingRecord | None) -> tuple[Row, ...]:
    if record is None:
        return ()
    rows = [
        Row("Dating changed", _step_text(*step), _author_text(step[1])) for step in record.steps
    ]
    in_force = record.in_force
    if in_force != basis:
        said = f"{in_force.dating.text}; EDD {in_force.edd}"
        rows.insert(0, Row("Dating in force", said, _author_text(in_force)))
    return tuple(rows)


def _step_text(before: DatingBasis, after: DatingBasis) -> str:
    return f"EDD {before.edd} → {after.edd}, {days_moved(before.edd, after.edd)}"


def _author_text(basis: DatingBasis | None) -> str:
    if basis is None:
        return "not recorded yet"
    said = f"{basis.author}, {basis.at:%Y-%m-%d}"
    return f"{said}: {basis.reason}" if basis.reason else said
