"""Restoring the log from the window: the dialog, and the log opened again when it is done."""

from fhc_desktop.gui.log.restore_dialog import RestoreDialog
from fhc_desktop.gui.window.commands import Commands


def show_restoring(commands: Commands) -> None:
    """Show what is wrong with the log and which copy of it can be put in its place."""
    logging_again = commands.logging_again
    over = commands.image_view.window()
    dialog = RestoreDialog(logging_again.folder, over)
    dialog.restored.connect(logging_again.start_anew)
    dialog.present()
