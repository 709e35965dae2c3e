"""Drafts to put on the disk: one like those of a clinic, and any that could be."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import strategies as st

from fhc_desktop.domain.examination.draft import Draft, Entered, PictureKey, Progress
from fhc_desktop.domain.examination.editing import Editing
from fhc_desktop.domain.examination.examination import Acceptance
from fhc_desktop.domain.examination.file_data import FileItem
from fhc_desktop.domain.image.calibration import CalibrationCandidate, RegionBox
from fhc_desktop.domain.image.display import Display, GreyWindow
from fhc_desktop.domain.patient import Patient
from tests.storage.log_examples import EXAM, RULE, entries

AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def named(name):
    """Return the examination of an entry field's step."""
    return lambda exam: exam.with_patient(Patient("4711", name))


def a_draft(name="Ada", *, at=AT, frame=3):
    editing = Editing.of(EXAM, supersedes=None).recorded(named(name))
    draft = Draft.of(editing, PictureKey.of(EXAM.image), at=at)
    return replace(draft, picture=replace(draft.picture, frame=frame))


@st.composite
def _entered(draw):
    facts = draw(entries()).facts
    scale = facts.calibration
    return Entered(
        outline_px=draw(st.none() | st.just(facts.outline_px)),
        patient=facts.patient,
        exam_date=facts.exam_date,
        dating=facts.dating,
        dating_reason=facts.dating_reason,
        fetus=facts.fetus,
        standard_key=facts.standard_key,
        manual_calibration=scale,
        chosen_scale=None if scale is None else CalibrationCandidate(scale, RegionBox(1, 2, 3, 4)),
        kept=draw(st.frozensets(st.tuples(st.sampled_from(FileItem), st.text()), max_size=2)),
        answers=facts.answers,
        is_second_reading=draw(st.booleans()),
        comment=facts.comment,
    )


DISPLAYS = st.builds(
    Display,
    st.builds(GreyWindow, st.floats(-99, 300), st.floats(1, 999)),
    st.floats(0.3, 3.0),
    st.booleans(),
    st.none() | st.booleans(),
)


@st.composite
def drafts(draw):
    entry = draw(entries())
    said = None if entry.proposal is None else entry.proposal.said
    if said is not None and said.confidence is not None:
        rule = draw(st.none() | st.just(RULE))
        said = replace(said, confidence=replace(said.confidence, rule=rule), notices=("a", "b"))
    states = st.lists(_entered(), max_size=2).map(tuple)
    return Draft(
        picture=PictureKey(entry.image.sha256, entry.image.frame, entry.image.pixels_sha256),
        path=Path(entry.image.path),
        present=draw(_entered()),
        past=draw(states),
        future=draw(states),
        refused=draw(st.lists(st.tuples(st.text(), st.text()), max_size=2).map(tuple)),
        proposal=said,
        acceptance=draw(
            st.none()
            | st.just(Acceptance(entry.facts, entry.operator, entry.created_at, entry.entry_id))
        ),
        supersedes=draw(st.none() | st.just(entry.entry_id)),
        progress=draw(st.sampled_from(Progress)),
        changed_at=entry.created_at,
        display=draw(DISPLAYS),
    )
