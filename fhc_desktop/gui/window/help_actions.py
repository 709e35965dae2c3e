"""What the help menu leads to: keys, whether the installation is sound, and what the program is."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fhc_desktop.gui.examination.availability import always
from fhc_desktop.gui.window.action_spec import ActionSpec
from fhc_desktop.gui.window.commands import Commands
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.storage.preferences.folders import Folders

if TYPE_CHECKING:
    from fhc_desktop.reporting.content.installation import Installation


def show_installation(commands: Commands) -> None:
    """Check the installation with the data folder and the settings that are in use."""
    # Libraries of pages and fonts: the window is there sooner without them.
    from fhc_desktop.gui.window.installation_dialog import InstallationDialog  # noqa: PLC0415

    folders = Folders(
        data=commands.controller.acceptances.folder, config=commands.settings.file.parent
    )
    InstallationDialog(lambda: _checked(folders), commands.image_view.window()).present()


def show_licences(commands: Commands) -> None:
    from fhc_desktop.gui.window.licences_dialog import LicencesDialog  # noqa: PLC0415

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


def _checked(folders: Folders) -> "Installation":
    from fhc_desktop.workflow.checking_installation import (  # noqa: PLC0415 - as above
        checked_installation,
    )

    # Decoders of its own: whoever opens an image meanwhile does not wait for these.
    with Readers() as readers:
        return checked_installation(folders, readers, datetime.now(UTC))
