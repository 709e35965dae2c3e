"""The key with which this data folder signs its reports: made once, and its owner's alone."""

import contextlib
import re
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fhc_desktop.atomic_file import PRIVATE_MODE, make_private_folder, sync_folder, write_new_file
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.ordinary_file import read_ordinary_file

KEY_FILE = "reports.key"
_KEY = re.compile(r"[0-9a-f]{64}")


class NoSigningKey(FhcError):  # noqa: N818 - says what happened, as the house names faults
    """Reports cannot be signed; they can be written all the same, and say so when verified."""


def signing_key(folder: Path) -> Ed25519PrivateKey:
    """Return the key of a data folder; where there is none yet, make it.

    A key that is damaged is never replaced: its reports would no longer be ours.

    Raises:
        NoSigningKey: why not.
    """
    try:
        found = _read(folder)
        if found is None:
            make_private_folder(folder)
            _make(folder)
            found = _read(folder)
    except OSError as cause:
        raise _none(folder, cause.strerror or str(cause)) from cause
    if found is None or _KEY.fullmatch(found) is None:
        raise _none(folder, "it is damaged")
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(found))


def known_signer(folder: Path) -> str:
    """Return the public key of a data folder, in hexadecimal; empty where it has signed nothing."""
    try:
        found = _read(folder)
    except OSError:
        return ""
    if found is None or _KEY.fullmatch(found) is None:
        return ""
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(found))
    return key.public_key().public_bytes_raw().hex()


def _read(folder: Path) -> str | None:
    try:
        return read_ordinary_file(folder / KEY_FILE).decode("ascii", errors="replace").strip()
    except FileNotFoundError:
        return None


def _make(folder: Path) -> None:
    """Write a key aside and give it its name, unless another process was first: its key holds."""
    digits = Ed25519PrivateKey.generate().private_bytes_raw().hex()
    draft = folder / f".{secrets.token_hex(8)}.tmp"
    try:
        write_new_file(draft, f"{digits}\n".encode("ascii"), mode=PRIVATE_MODE)
        with contextlib.suppress(FileExistsError):
            # A link, unlike a new name, never takes the place of what is there.
            (folder / KEY_FILE).hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(folder)


def _none(folder: Path, why: str) -> NoSigningKey:
    return NoSigningKey(
        f"The report is not signed: the key {KEY_FILE} cannot be used ({why}).",
        f"Look at the folder {folder}",
    )
