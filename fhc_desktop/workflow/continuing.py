"""What a newly opened image takes over from what was known before; pure, no Qt."""

from dataclasses import dataclass, replace

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.conflicts import keep_all_entered
from fhc_desktop.domain.examination.examination import (
    Acceptance,
    Examination,
    ModelIdentity,
    Proposal,
    assessment,
    calibration,
    facts,
)
from fhc_desktop.domain.examination.file_data import names_another
from fhc_desktop.domain.growth.assessment import GrowthAssessment, percentile_text
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import standard_name
from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
)
from fhc_desktop.domain.patient import Patient
from fhc_desktop.storage.log.measurement_log import LogEntry

# Percentiles: nothing that would be printed otherwise.
_SAME_PLACE = 0.05
_CHOSEN_SOURCES = (CalibrationSource.CHOSEN_REGION, CalibrationSource.CHOSEN_SPACING)


class OtherPatient(FhcError):  # noqa: N818 - named for what the user meets
    """The image that was to continue a patient's examination names somebody else."""


class FileChanged(FhcError):  # noqa: N818 - named for what the user meets
    """The file is no longer the one that the log speaks of."""


class JudgedOtherwise(FhcError):  # noqa: N818 - named for what the user meets
    """What the log has of a measurement's place cannot be shown again as it was."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An image that has been read; what could not be carried over; the row it would supersede."""

    exam: Examination
    problem: FhcError | None = None
    supersedes: str | None = None


def same_patient(opened: Examination, previous: Examination) -> Opened:
    """Return the image with the patient, dating and growth standard of the one before it.

    The pixel size is not taken over: it belongs to an image. An age typed without its day counts
    on that day only, so it is not taken over to another. What the file says of the day wins.
    Which fetus it is must be said anew: of two, the next picture may show the other. Where the
    file names another patient, nothing is taken over, and the problem is an OtherPatient.
    """
    if names_another(opened.patient, previous.patient):
        problem = OtherPatient(
            "This file names another patient, so nothing was taken over from the last image.",
            "Open it with Open if it is meant.",
        )
        return Opened(opened, problem)
    exam_date = opened.exam_date or previous.exam_date
    dating = previous.dating
    if dating is not None and dating.on is None and exam_date != previous.exam_date:
        dating = None
    named = Patient(
        identifier=previous.patient.identifier or opened.patient.identifier,
        name=previous.patient.name or opened.patient.name,
    )
    exam = replace(
        opened,
        patient=named,
        exam_date=exam_date,
        dating=dating or opened.dating,
        standard=previous.standard,
    )
    return Opened(exam)


def same_file(opened: Examination, previous: Examination) -> Opened:
    """Return another frame of the same file: all that was typed holds for it too."""
    exam = replace(
        opened,
        patient=previous.patient,
        exam_date=previous.exam_date,
        dating=previous.dating,
        dating_reason=previous.dating_reason,
        fetus=previous.fetus,
        standard=previous.standard,
        manual_calibration=previous.manual_calibration,
        chosen_scale=_still_offered(opened, previous.chosen_scale),
        kept=previous.kept,
    )
    return Opened(exam)


def from_log(opened: Examination, entry: LogEntry, choice: StandardChoice) -> Opened:
    """Return the examination that a row of the log recorded, accepted if it is still the same.

    Where its standard is not there any more, that of ``opened`` stays, and nothing is accepted.
    Where its place is not the one that the log has, the problem is a JudgedOtherwise.

    Raises:
        FileChanged: the file's digest differs from the recorded one.
    """
    if opened.image.source.sha256 != entry.image_sha256:
        raise FileChanged(
            "The image file has changed since this measurement was logged.",
            "Open the file itself to measure it afresh.",
        )
    exam = replace(
        opened,
        patient=Patient(entry.patient_id, entry.patient_name),
        exam_date=entry.exam_date,
        dating=entry.dating,
        dating_reason=entry.dating_reason or "",
        fetus=entry.fetus,
        standard=choice.with_key(entry.standard_key) or opened.standard,
        manual_calibration=_manual_calibration(entry),
        chosen_scale=_chosen_scale(opened, entry),
        proposal=_proposal(entry),
        outline_px=entry.outline,
    )
    # Whoever accepted it has decided already: opening it again asks nothing.
    exam = keep_all_entered(exam)
    vouched = facts(exam)
    if vouched is not None and _is_scale_of(entry, exam):
        vouched = replace(vouched, standard_key=entry.standard_key)
        exam = exam.with_acceptance(
            Acceptance(vouched, entry.operator, entry.created_at, entry.entry_id)
        )
    return Opened(exam, _judged_otherwise(exam, entry), supersedes=entry.entry_id)


def _judged_otherwise(exam: Examination, entry: LogEntry) -> JudgedOtherwise | None:
    """Return how the place on the screen is not the one that the log has; None where it is."""
    if exam.standard.key != entry.standard_key:
        return JudgedOtherwise(
            f"This measurement was judged by {standard_name(entry.standard_key)}, which is not "
            f"there now: the screen shows {exam.standard.name}.",
            "Add its chart file under Examination, Growth standards, and open the entry again.",
        )
    found = assessment(exam)
    if not exam.is_accepted or entry.percentile is None:
        return None
    if isinstance(found, GrowthAssessment):
        if abs(found.percentile - entry.percentile) <= _SAME_PLACE:
            return None
        now = percentile_text(found.percentile)
    else:
        now = found.reason
    return JudgedOtherwise(
        f"The log says of this measurement: {percentile_text(entry.percentile)}; "
        f"by {exam.standard.name} of today: {now}.",
        "Its chart has changed since; what the log has stays there.",
    )


def _manual_calibration(entry: LogEntry) -> Calibration | None:
    scale = entry.calibration
    if scale is None or scale.source in _CHOSEN_SOURCES:
        return None
    return scale if scale.source.is_users else None


def _chosen_scale(opened: Examination, entry: LogEntry) -> CalibrationCandidate | None:
    """Return the alternative that was chosen then, if the file still offers it."""
    offered = (known.chosen_by(entry.operator) for known in opened.file_calibration.alternatives)
    return next((known for known in offered if known.calibration == entry.calibration), None)


def _still_offered(
    opened: Examination, chosen: CalibrationCandidate | None
) -> CalibrationCandidate | None:
    """Return a choice made on another frame, where this one offers the same."""
    if chosen is None:
        return None
    user = chosen.calibration.confirmed_by
    offered = (known.chosen_by(user) for known in opened.file_calibration.alternatives)
    return chosen if chosen in offered else None


def _proposal(entry: LogEntry) -> Proposal | None:
    if entry.model_name is None:
        return None
    model = ModelIdentity(entry.model_name, entry.model_version or "", entry.model_sha256 or "")
    return Proposal(entry.proposal, model, entry.device or "", confidence=entry.confidence)


def _is_scale_of(entry: LogEntry, exam: Examination) -> bool:
    scale = calibration(exam)
    return entry.calibration == (scale if isinstance(scale, Calibration) else None)
