"""What an image takes over from what was known before; pure, no Qt."""

from dataclasses import dataclass, replace

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.conflicts import keep_all_entered
from fhc_desktop.domain.examination.draft import still_offered
from fhc_desktop.domain.examination.examination import Acceptance, Examination
from fhc_desktop.domain.examination.file_data import names_another
from fhc_desktop.domain.growth.assessment import (
    BeyondPercentiles,
    GrowthAssessment,
    percentile_text,
)
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
    file names another patient, nothing is taken over, and the problem is an OtherPatient. An issuer
    or a birth date that differs is asked about as a name is: the user said that it is she.
    """
    if names_another(replace(opened.patient, issuer=""), previous.patient):
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
        issuer=previous.patient.issuer or opened.patient.issuer,
        birth_date=previous.patient.birth_date or opened.patient.birth_date,
    )
    exam = replace(
        opened,
        patient=named,
        exam_date=exam_date,
        dating=dating or opened.dating,
        standard=previous.standard,
    )
    return Opened(exam)


def second_reading(exam: Examination) -> Examination:
    """Return a picture to be measured afresh: who and when she is holds, what was found is gone."""
    # Its words may tell what was found before.
    bare = replace(exam, proposal=None, outline_px=None, acceptance=None, comment="")
    return bare.with_second_reading(is_wanted=True)


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
        chosen_scale=still_offered(opened.file_calibration, previous.chosen_scale),
        kept=previous.kept,
        answers=previous.answers,
    )
    return Opened(exam)


def refuse_changed_file(opened: Examination, entry: LogEntry) -> None:
    """Raise FileChanged where a file is not the one that a row of the log speaks of."""
    if opened.image.source.sha256 != entry.image.sha256:
        raise FileChanged(
            "The image file has changed since this measurement was logged.",
            "Open the file itself to measure it afresh.",
        )


def as_logged(opened: Examination, entry: LogEntry, choice: StandardChoice) -> Opened:
    """Return what a row of the log recorded of a picture, accepted if it is still the same.

    Where its standard is not there any more, that of ``opened`` stays, and nothing is accepted.
    Where its place is not the one that the log has, the problem is a JudgedOtherwise.
    """
    vouched, said = entry.facts, entry.proposal
    exam = replace(
        opened,
        patient=vouched.patient,
        exam_date=vouched.exam_date,
        dating=vouched.dating,
        dating_reason=vouched.dating_reason,
        fetus=vouched.fetus,
        answers=vouched.answers,
        standard=choice.with_key(vouched.standard_key) or opened.standard,
        manual_calibration=_manual_calibration(vouched.calibration),
        chosen_scale=_chosen_scale(opened, entry),
        proposal=None if said is None else said.with_rule(vouched.calibration),
        outline_px=vouched.outline_px,
        comment=vouched.comment,
    )
    # Whoever accepted it has decided already: opening it again asks nothing.
    exam = keep_all_entered(exam)
    if _has_scale(exam, vouched.calibration):
        exam = exam.with_acceptance(
            Acceptance(vouched, entry.operator, entry.created_at, entry.entry_id)
        )
    return Opened(exam, _judged_otherwise(exam, entry), supersedes=entry.entry_id)


def _judged_otherwise(exam: Examination, entry: LogEntry) -> JudgedOtherwise | None:
    """Return how the place on the screen is not the one that the log has; None where it is."""
    key, then = entry.facts.standard_key, entry.said.percentile
    if exam.standard.key != key:
        return JudgedOtherwise(
            f"This measurement was judged by {standard_name(key)}, which is not "
            f"there now: the screen shows {exam.standard.name}.",
            "Add its chart file under Examination, Growth standards, and open the entry again.",
        )
    found = exam.assessment
    if not exam.is_accepted or then is None:
        return None
    if isinstance(found, GrowthAssessment):
        if abs(found.percentile - then) <= _SAME_PLACE:
            return None
        now = percentile_text(found.percentile)
    else:
        now = found.words if isinstance(found, BeyondPercentiles) else found.reason
    return JudgedOtherwise(
        f"The log says of this measurement: {percentile_text(then)}; "
        f"by {exam.standard.name} of today: {now}.",
        "Its chart has changed since; what the log has stays there.",
    )


def _manual_calibration(scale: Calibration | None) -> Calibration | None:
    if scale is None or scale.source in _CHOSEN_SOURCES:
        return None
    return scale if scale.source.is_users else None


def _chosen_scale(opened: Examination, entry: LogEntry) -> CalibrationCandidate | None:
    """Return the alternative that was chosen then, if the file still offers it."""
    offered = (known.chosen_by(entry.operator) for known in opened.file_calibration.alternatives)
    return next((known for known in offered if known.calibration == entry.facts.calibration), None)


def _has_scale(exam: Examination, then: Calibration | None) -> bool:
    scale = exam.calibration
    return then == (scale if isinstance(scale, Calibration) else None)
