"""What can keep a run from its folder, with a sentence and a remedy."""

from pathlib import Path

from fhc_desktop.domain.errors import FhcError


class RunUnavailable(FhcError):  # noqa: N818 - named for what the user meets
    """A run cannot be begun, gone on with or written; what it has measured so far holds."""


def said_by_system(path: Path, cause: OSError) -> RunUnavailable:
    """Return why a file of a run could not be read or written."""
    return RunUnavailable(
        f"{path.name} in {path.parent.name} cannot be read or written: {cause.strerror or cause}.",
        "See to it and call the same again: the run goes on where it was.",
    )
