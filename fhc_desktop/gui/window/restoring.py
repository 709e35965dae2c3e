"""Restoring the log from the window: the dialog, and the log opened again when it is done."""

from fhc_desktop.gui.window.commands import Commands


def show_restoring(commands: Commands) -> None:
    """Show what is wrong with the log and which copy of it can be put in its place."""
    # A dialog that no start waits for.
    from fhc_desktop.gui.log.restore_dialog import RestoreDialog  # noqa: PLC0415

    acceptances = commands.controller.acceptances
    over = commands.image_view.window()
    dialog = RestoreDialog(acceptances.folder, over)
    dialog.restored.connect(acceptances.try_anew)
    dialog.present()
