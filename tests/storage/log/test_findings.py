"""What SQL finds, and in which order, is what plain Python would find among the same entries."""

import contextlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.dating.gestation import NoAge
from fhc_desktop.domain.examination.outline_origin import OutlineOrigin
from fhc_desktop.domain.growth.standards import standard_name
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.recorded import SaidThen
from fhc_desktop.storage.log.entry import RecordedImage
from fhc_desktop.storage.log.log_query import LogQuery, SortBy, folded
from fhc_desktop.storage.log.measurement_log import LogEntry, MeasurementLog
from tests.storage.log_examples import ACCEPTED, EXAM, PROPOSED, an_entry, entries, graded
from tests.storage.log_examples import raw_connection as raw

NAMES = ("", "Łucja", "łUCJA", "Straße", "STRASSE", "Zoe\u0308", "Zoë", "Ἀθηνᾶ", "scan\udcff")
FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 3).map(lambda days: FIRST + timedelta(days=days))
TIMES = st.integers(0, 3).map(lambda days: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=days))
MAYBE = {
    "text": st.sampled_from(("", "ł", "SS", "zoë", "4", "%", "\udcff")),
    "examined_from": st.none() | DAYS,
    "examined_to": st.none() | DAYS,
    "accepted_from": st.none() | TIMES,
    "accepted_before": st.none() | TIMES,
    "operator": st.none() | st.sampled_from(NAMES),
    "grade": st.none() | st.sampled_from(Grade),
    "origin": st.none() | st.sampled_from(OutlineOrigin),
    "in_force_only": st.booleans(),
}
QUERIES = st.builds(
    LogQuery,
    **{name: st.just(getattr(LogQuery(), name)) | values for name, values in MAYBE.items()},
    sort_by=st.sampled_from(SortBy),
    descending=st.booleans(),
)
NUMBERS = st.sampled_from((-1.5, 0.0, 100.0, 174.8))


@st.composite
def like_each_other(draw) -> LogEntry:
    """An entry that shares something with most others, so that queries find some and not all."""
    patient = Patient(draw(st.sampled_from(("", "4711", "Z4"))), draw(st.sampled_from(NAMES)))
    offered = draw(st.sampled_from((EXAM, *map(graded, Grade))))
    outline = draw(st.sampled_from((PROPOSED, ACCEPTED)))
    entry = LogEntry.of(
        offered.with_patient(patient).with_exam_date(draw(st.none() | DAYS)).with_outline(outline),
        operator=draw(st.sampled_from(NAMES)),
        now=draw(TIMES) + timedelta(microseconds=draw(st.sampled_from((0, 1)))),
    )
    z = draw(st.none() | NUMBERS)
    return changed(
        entry,
        image=RecordedImage(Path(draw(st.sampled_from(NAMES))), "ab", 1, "cd"),
        said=SaidThen(700.0, draw(NUMBERS), z, None if z is None else 50.0),
    )


def changed(entry, **changes):
    return an_entry(**{name: getattr(entry, name) for name in FIELDS} | changes)


FIELDS = ("created_at", "operator", "image", "facts", "proposal", "said", "software_version")


@pytest.fixture(scope="module")
def growing_log(tmp_path_factory):
    """A log to which each example adds; it never forgets, so later ones search among all."""
    log = MeasurementLog.open(tmp_path_factory.mktemp("growing"))
    yield log
    log.close()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(like_each_other(), st.none() | st.integers(0, 1000), st.none() | entries(), QUERIES)
def test_that_sql_finds_what_plain_python_finds(growing_log, entry, corrects, stranger, query):
    corrigible = [one.entry_id for one in growing_log.entries() if one.superseded_by is None]
    is_correction = corrects is not None and corrigible
    supersedes = corrigible[corrects % len(corrigible)] if is_correction else None
    growing_log.append(changed(entry, supersedes=supersedes))
    if stranger is not None:
        growing_log.append(changed(stranger))

    found = growing_log.entries_at(growing_log.found(query))

    assert found == plainly_found(growing_log.entries()[::-1], query)


def plainly_found(oldest_first, query):
    wanted = [entry for entry in oldest_first if is_wanted(entry, query)]
    keys = {entry.entry_id: key_of(entry, query.sort_by) for entry in wanted}
    if query.sort_by is SortBy.ACCEPTED:
        keys = {entry.entry_id: at for at, entry in enumerate(wanted)}
    with_key = [entry for entry in wanted if keys[entry.entry_id] is not None]
    with_key.sort(key=lambda entry: keys[entry.entry_id])
    without = [entry for entry in wanted if keys[entry.entry_id] is None]
    step = -1 if query.descending else 1
    return with_key[::step] + without[::step]


def is_wanted(entry, query):
    patient, text = entry.facts.patient, folded(query.text)
    day, grade = entry.facts.exam_date, grade_of(entry)
    return all(
        (
            text in folded(patient.identifier) or text in folded(patient.name),
            query.examined_from is None or (day is not None and day >= query.examined_from),
            query.examined_to is None or (day is not None and day <= query.examined_to),
            query.accepted_from is None or entry.created_at >= query.accepted_from,
            query.accepted_before is None or entry.created_at < query.accepted_before,
            query.operator is None or folded(entry.operator) == folded(query.operator),
            query.grade is None or grade is query.grade,
            query.origin is None or entry.origin is query.origin,
            not query.in_force_only or entry.superseded_by is None,
        )
    )


def grade_of(entry):
    said = None if entry.proposal is None else entry.proposal.said.confidence
    return None if said is None else said.grade


def key_of(entry, sort_by):
    facts, age, grade = entry.facts, entry.recorded.age_then, grade_of(entry)
    is_assessed = entry.said.z is not None
    state = 2 if entry.superseded_by is not None else int(entry.supersedes is not None)
    return {
        SortBy.ACCEPTED: None,
        SortBy.EXAMINED: facts.exam_date,
        SortBy.IDENTIFIER: in_order(facts.patient.identifier),
        SortBy.NAME: in_order(facts.patient.name),
        SortBy.ISSUER: in_order(facts.patient.issuer),
        SortBy.FETUS: in_order(facts.fetus.text),
        SortBy.HC: entry.said.hc_mm,
        SortBy.PERCENTILE: entry.said.z,
        SortBy.STANDARD: in_order(standard_name(facts.standard_key)) if is_assessed else None,
        SortBy.AGE: None if isinstance(age, NoAge) else age.days,
        SortBy.ORIGIN: entry.origin.value,
        SortBy.GRADE: None if grade is None else grade.value,
        SortBy.STATE: state,
        SortBy.OPERATOR: in_order(entry.operator),
        SortBy.IMAGE: in_order(entry.image.path.name),
    }[sort_by]


def in_order(text):
    return folded(text) or None


@pytest.fixture
def log(tmp_path):
    log = MeasurementLog.open(tmp_path)
    yield log
    log.close()


def test_that_numbers_lead_to_entries_in_whatever_order_they_are_given(log):
    added = [an_entry() for _ in range(3)]
    for entry in added:
        log.append(entry)
    newest, middle, oldest = log.found(LogQuery())

    assert log.entries_at([middle, newest, oldest]) == [added[1], added[2], added[0]]
    assert log.entries_at([]) == []
    assert log.count() == 3


def test_that_more_entries_than_fit_into_one_statement_are_read(log):
    log.append(an_entry())
    (number,) = log.found(LogQuery())

    assert len(log.entries_at([number] * 2500)) == 2500


def test_that_the_order_of_acceptance_is_that_of_the_log_whatever_the_clock_said(log):
    first = an_entry(created_at=datetime(2026, 5, 1, tzinfo=UTC))
    second = an_entry(created_at=datetime(2020, 5, 1, tzinfo=UTC))
    log.append(first)
    log.append(second)

    assert log.entries_at(log.found(LogQuery(sort_by=SortBy.ACCEPTED))) == [second, first]


def test_that_the_history_of_a_correction_is_all_of_it_from_wherever_one_begins(log):
    first = an_entry()
    second = an_entry(supersedes=first.entry_id)
    other = an_entry()
    third = an_entry(supersedes=second.entry_id)
    for entry in (first, second, other, third):
        log.append(entry)

    for entry in (first, second, third):
        found = [one.entry_id for one in log.history_of(entry.entry_id)]
        assert found == [first.entry_id, second.entry_id, third.entry_id]
    assert log.history_of(other.entry_id) == [other]
    assert log.history_of("nobody") == []


def test_that_operators_are_named_once_however_they_write_themselves(log):
    for operator in ("Zoë", "anna", "Anna", "ZOË", ""):
        log.append(an_entry(operator=operator))

    assert log.operators() == ["", "Anna", "ZOË"]


@pytest.mark.parametrize(
    ("patient", "says_issuer"), [(Patient("1"), False), (Patient("1", "", "NORTH"), True)]
)
def test_that_the_log_knows_whether_any_entry_says_anything_of_a_column(log, patient, says_issuer):
    log.append(an_entry(patient=patient))

    assert log.says_anything_of(SortBy.ISSUER) is says_issuer
    assert not log.says_anything_of(SortBy.FETUS)


@pytest.mark.parametrize(
    "harm",
    ["DELETE FROM finding", "DELETE FROM finding WHERE sequence = 2"],
    ids=["all of it", "a row within"],
)
def test_that_a_table_that_lacks_entries_is_made_again_when_the_log_is_opened(tmp_path, harm):
    log = MeasurementLog.open(tmp_path)
    added = [an_entry(patient=Patient(str(at), "Anna")) for at in range(3)]
    for entry in added:
        log.append(entry)
    log.close()
    with contextlib.closing(raw(tmp_path)) as connection:
        connection.execute(harm)

    log = MeasurementLog.open(tmp_path)

    assert log.entries("anna") == added[::-1]
    assert log.entries_at(log.found(LogQuery(sort_by=SortBy.IDENTIFIER))) == added[::-1]
    log.close()


def test_that_what_is_asked_for_by_identifier_or_picture_is_found_by_an_index(log, tmp_path):
    with contextlib.closing(raw(tmp_path)) as connection:
        for wanted in (
            "patient_id = CAST('4711' AS TEXT)",
            "image_sha256 = 'a' OR pixels_sha256 = 'b'",
        ):
            plan = connection.execute(
                f"EXPLAIN QUERY PLAN SELECT * FROM entry WHERE {wanted} ORDER BY sequence"  # noqa: S608
            ).fetchall()
            assert not any("SCAN entry" in step for *_, step in plan)
