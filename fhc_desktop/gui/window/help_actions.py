"""What the help menu leads to: keys, whether the installation is sound, and what the program is."""

from datetime import UTC, datetime

from fhc_desktop.gui.examination.availability import always
from fhc_desktop.gui.window.action_spec import ActionSpec
from fhc_desktop.gui.window.commands import Commands
from fhc_desktop.gui.window.installation_dialog import InstallationDialog
from fhc_desktop.gui.window.licences_dialog import LicencesDialog
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.reporting.content.installation import Installation
from fhc_desktop.storage.preferences.folders import Folders
from fhc_desktop.workflow.checking_installation import checked_installation


def show_installation(commands: Commands) -> None:
    """Check the installation with the data folder and the settings that are in use."""
    folders = Folders(
        data=commands.controller.acceptances.folder, config=commands.settings.file.parent
    )
    InstallationDialog(lambda: _checked(folders), commands.image_view.window()).present()


def show_licences(commands: Commands) -> None:
    LicencesDialog(commands.image_view.window()).present()


HELP_ACTIONS = (
    ActionSpec("keys", "&Keyboard", ("F1",), lambda w: w.show_keys(), always),
    ActionSpec(
        "check_installation",
        "&Check the installation …",
        (),
        show_installation,
        always,
        hint="See whether this installation measures, reads, logs and reports as it should",
    ),
    ActionSpec(
        "licences",
        "&Licences …",
        (),
        show_licences,
        always,
        hint="Show what the program consists of, and under which licences",
    ),
    ActionSpec("about", "&About FHC Desktop", (), lambda w: w.show_about(), always),
)


def _checked(folders: Folders) -> Installation:
    # Decoders of its own: whoever opens an image meanwhile does not wait for these.
    with Readers() as readers:
        return checked_installation(folders, readers, datetime.now(UTC))
