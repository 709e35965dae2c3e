"""What is asked for in the side panel and at the picture, and who does it."""

from fhc_desktop.gui.examination.availability import has_logged_patient
from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.examination.repeat_content import Choice
from fhc_desktop.gui.image.image_view import ImageView
from fhc_desktop.gui.window.commands import Commands
from fhc_desktop.gui.window.hints import Hints
from fhc_desktop.gui.window.side_panel import SidePanel


def connect_panel(panel: SidePanel, window: Commands) -> None:
    """Let each entry and choice of the panel reach the one who acts on it."""
    patient, controller = panel.patient, window.controller
    patient.patient_entered.connect(controller.set_patient)
    patient.exam_date_entered.connect(controller.set_exam_date)
    patient.dating_entered.connect(controller.set_dating)
    patient.dating_reason_entered.connect(controller.set_dating_reason)
    patient.dating_in_force_wanted.connect(controller.use_dating_in_force)
    patient.correction_reason_entered.connect(controller.set_correction_reason)
    patient.comment_entered.connect(controller.set_comment)
    patient.fetus_entered.connect(controller.set_fetus)
    patient.kept.connect(controller.keep_entered)
    patient.refused_left.connect(controller.keep_refused)
    patient.taken.connect(controller.take_from_file)
    patient.identity_answered.connect(lambda is_same: controller.answer_identity(is_same=is_same))
    patient.identity_asked_again.connect(controller.ask_identity_again)
    panel.growth.chosen.connect(window.standards.take)
    panel.growth.managing_wanted.connect(window.standards.ask)
    panel.standards_kept.connect(window.settings.remember_fold)
    panel.keys_left.connect(window.image_view.setFocus)

    def do_instead(choice: Choice) -> None:
        if choice is Choice.LOG_AGAIN:
            window.logging_again.start()
        elif choice is Choice.EARLIER_READING:
            controller.correct_earlier()
        else:
            controller.set_second_reading(is_wanted=True)

    def show_course() -> None:
        if has_logged_patient(controller.screen):
            window.show_course()

    panel.repeat.chosen.connect(do_instead)
    panel.chart.course_wanted.connect(show_course)


def connect_picture(view: ImageView, controller: ExaminationController, hints: Hints) -> None:
    """Let what the hand does at the picture reach the examination, and what tells how to."""
    view.outline_previewed.connect(controller.preview_outline)
    view.outline_committed.connect(controller.set_outline)
    view.outline_canceled.connect(controller.cancel_preview)
    view.tool_changed.connect(hints.show_tool)
    view.ruler_drawn.connect(hints.show_ruler)
