"""What lies round a log that is well: another window on it, or a share of the network under it."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.storage.log.network_share import network_kind_of

LOCK = "window.lock"


@dataclass(frozen=True, slots=True)
class Seen:
    """``share`` is the kind of share that the log lies on, empty where on none."""

    is_shared: bool = False
    share: str = ""

    @property
    def warning(self) -> FhcError | None:
        """What may harm the log."""
        if not self.share:
            return None
        return FhcError(
            f"The log lies on a network share ({self.share}), where its lock may not hold.",
            "Keep the program’s data on a disk of this computer, and back them up to the share.",
        )

    @property
    def remark(self) -> str:
        """What is good to know."""
        return "Another window of this program is open on it" if self.is_shared else ""


class LogSurroundings:
    """Looks round on the log's thread. The first window of a data folder leaves a mark there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = QLockFile(str(folder / LOCK))
        self._lock.setStaleLockTime(0)  # one that goes on for days is no less open

    def look(self) -> Seen:
        """Return what there is now; to be called on the log's thread."""
        return Seen(is_shared=self._is_shared(), share=network_kind_of(self._folder))

    def leave(self) -> None:
        self._lock.unlock()

    def _is_shared(self) -> bool:
        if self._lock.isLocked() or self._lock.tryLock(0):
            return False
        # Where no mark can be left the log says what is wrong with the folder.
        return self._lock.error() is QLockFile.LockError.LockFailedError
