"""When an action is possible: conditions on what is open, shown and running."""

from fhc_desktop.domain.image.ultrasound_image import ImageSource
from fhc_desktop.gui.examination.screen import Screen


def always(screen: Screen) -> bool:  # noqa: ARG001 - one of the conditions
    return True


def has_image(screen: Screen) -> bool:
    return screen.exam is not None


def has_outline(screen: Screen) -> bool:
    return screen.exam is not None and screen.exam.outline_px is not None


def has_no_outline(screen: Screen) -> bool:
    return screen.exam is not None and screen.exam.outline_px is None


def can_reset(screen: Screen) -> bool:
    exam = screen.exam
    offered = None if exam is None else exam.offered_outline_px
    return exam is not None and offered is not None and exam.outline_px != offered


def has_several_heads(screen: Screen) -> bool:
    exam = screen.exam
    # While a row is on its way nobody knows yet what would be corrected.
    if exam is None or screen.is_being_written:
        return False
    are_proposed = exam.proposal is not None and bool(exam.proposal.heads)
    return are_proposed or bool(screen.heads_beside)


def can_accept(screen: Screen) -> bool:
    return has_outline(screen) and not is_accepted(screen) and not screen.is_being_written


def is_accepted(screen: Screen) -> bool:
    return screen.exam is not None and screen.exam.is_accepted


def has_manual_scale(screen: Screen) -> bool:
    return screen.exam is not None and screen.exam.has_users_scale


def has_offered_marks(screen: Screen) -> bool:
    return screen.exam is not None and screen.exam.offered_depth_marks is not None


def has_frame_before(screen: Screen) -> bool:
    source = _frame(screen)
    return source is not None and source.frame > 1


def has_frame_after(screen: Screen) -> bool:
    source = _frame(screen)
    return source is not None and source.frame < source.frame_count


def has_clip(screen: Screen) -> bool:
    source = _frame(screen)
    return source is not None and source.frame_count > 1


def can_measure_frames(screen: Screen) -> bool:
    is_measuring = screen.clip.measured is not None
    return is_measuring or (screen.exam is not None and has_clip(screen))


def _frame(screen: Screen) -> ImageSource | None:
    """Return the frame that a step starts from: the one that is read, before it is there."""
    if screen.clip.playing is not None:
        return screen.clip.playing.source
    shown = None if screen.exam is None else screen.exam.image.source
    return screen.awaited_frame or shown


def has_logged_patient(screen: Screen) -> bool:
    return screen.log.is_open and screen.exam is not None and bool(screen.exam.patient.identifier)


def has_acceptance(screen: Screen) -> bool:
    return screen.exam is not None and screen.exam.acceptance is not None


def has_unfinished(screen: Screen) -> bool:
    return bool(screen.unfinished)


def has_not_logged(screen: Screen) -> bool:
    return screen.log.has_left
