"""Whether a folder lies on a disk that another computer keeps: there locks do not hold."""

import os
import re
import sys
from pathlib import Path

MOUNTS = Path("/proc/mounts")
# As Linux names them (man mount, and the file systems of its kernel); of FUSE all but a local disk.
_KINDS = frozenset(
    (
        *("9p", "afs", "ceph", "cifs", "coda", "davfs", "davfs2", "gfs2", "glusterfs"),
        *("lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "smb3", "smbfs"),
    )
)
_LOCAL_FUSE = frozenset({"fuseblk", "fuse.fuse-overlayfs", "fuse.bindfs"})
_ESCAPED = re.compile(r"\\([0-7]{3})")


def network_kind(folder: Path, mounts: str) -> str:
    """Return which kind of share a folder lies on by a table of mounts; empty where on none.

    ``folder`` is absolute and without links; ``mounts`` is as in ``/proc/mounts``. The last mount
    over the longest part of the path is the one that counts.
    """
    kind, length = "", -1
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:  # noqa: PLR2004 - source, place, kind
            continue
        place = Path(_ESCAPED.sub(lambda found: chr(int(found[1], 8)), parts[1]))
        if folder.is_relative_to(place) and len(place.parts) >= length:
            kind, length = parts[2], len(place.parts)
    is_fuse = (kind == "fuse" or kind.startswith("fuse.")) and kind not in _LOCAL_FUSE
    return kind if kind in _KINDS or is_fuse else ""


def network_kind_of(folder: Path) -> str:
    """Return which kind of share a folder lies on now; empty where that cannot be known.

    A share that does not answer may keep it waiting: not to be asked by the window's thread.
    """
    if not sys.platform.startswith("linux"):
        return ""
    try:
        table = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
    return network_kind(Path(os.path.realpath(folder)), table)
