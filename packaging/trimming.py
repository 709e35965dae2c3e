"""What is taken out of the frozen program again: files that no import of ours leads to.

An entry is PyInstaller's: (name in the bundle, path on this machine, kind).
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

Entry = tuple[str, str, str]
LINK = "SYMLINK"  # its path is the name in the bundle that it leads to

# Qt brings a plugin for whatever it might meet; these are for phones, kiosks and pictures that
# this program reads without Qt.
_LEFT_OUT = re.compile(
    r"""
      PySide6/Qt/qml/
    | PySide6/Qt/translations/(?!qtbase_(de|fr|es|en))
    | PySide6/Qt/lib/libQt6(Quick|Qml|Pdf|VirtualKeyboard|Designer|EglF)
    | PySide6/(Qt/)?plugins/(egldeviceintegrations|generic|networkinformation|qmltooling)/
    | PySide6/(Qt/)?plugins/(sqldrivers|tls)/
    | PySide6/(Qt/)?plugins/platforms/(lib)?q(eglfs|vnc|linuxfb|vkkhr|minimal|direct2d)
    | PySide6/(Qt/)?plugins/platformthemes/libqgtk3
    | PySide6/(Qt/)?plugins/imageformats/(lib)?q(gif|icns|jpeg|tga|tiff|wbmp|webp)
    | PySide6/opengl32sw\.dll
      # Printing asks the system's own CUPS, which is linked with all of these.
    | ^lib(cups|avahi-(client|common)|gssapi_krb5|krb5(support)?|k5crypto|com_err|keyutils)\.so
    | ^lib(gnutls|hogweed|nettle|gmp|idn2|p11-kit|tasn1|unistring)\.so
      # So is the desktop's message bus, with the libraries that only it is linked with.
    | ^lib(dbus-1|systemd|gcrypt|gpg-error|lz4|cap)\.so
    | pyqtgraph/icons/peegee/
      # Where an installer put a package, and how: it differs from one folder to another.
    | \.dist-info/(RECORD|INSTALLER|REQUESTED|direct_url\.json)$
    | cv2/data/
    | cv2/opencv_videoio_ffmpeg
    """,
    re.VERBOSE,
)
# What PyInstaller runs first, in each process. The first of these loads Qt to tell it where its
# plugins lie: the wheel of PySide6 tells by itself, and a decoder, the networks and most verbs show
# no window. The others are for a library that nothing here uses.
_HOOKS_LEFT_OUT = {
    "pyi_rth_pyside6",
    "pyi_rth_multiprocessing",
    "pyi_rth_pyqtgraph_multiprocess",
}
_LEAST_PACKED_BYTES = 100_000
_LIBRARY = re.compile(r"\.so(\.\w+)*$")


def wanted(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries without the files that the program never opens."""
    return [entry for entry in entries if not _LEFT_OUT.search(entry[0].replace("\\", "/"))]


def without_hooks(scripts: Iterable[Entry]) -> list[Entry]:
    """Return the scripts that a process runs without those that none of ours needs."""
    return [script for script in scripts if script[0] not in _HOOKS_LEFT_OUT]


def without_orphans(
    entries: Iterable[Entry], needed_by: Callable[[str], Iterable[str]]
) -> list[Entry]:
    """Return the entries without the libraries that only something left out had asked for.

    ``needed_by`` names the libraries that a file on this machine is linked with, also at second
    hand. What a package keeps in a folder of its own stays: that may be opened by its name.
    """
    given = list(entries)
    roots = {path for name, path, _ in given if not _is_shared(name)}
    needed = {name for path in roots for name in needed_by(path)}
    return [
        entry
        for entry in given
        if not _is_shared(entry[0]) or PurePosixPath(entry[0]).name in needed
    ]


def without_dangling(entries: Iterable[Entry], names: Iterable[str]) -> list[Entry]:
    """Return the entries without the links to what is not among the names in the bundle."""
    there = set(names)
    return [entry for entry in entries if entry[2] != LINK or entry[1] in there]


def without_symbols(entries: Iterable[Entry], folder: Path) -> list[Entry]:
    """Return the entries with copies of Linux's libraries that hold nothing for a debugger.

    Some wheels carry three times as much of that as of code. What lies in ``folder`` is replaced.
    """
    if not sys.platform.startswith("linux"):
        return list(entries)
    shutil.rmtree(folder, ignore_errors=True)
    return [_without_symbols(entry, folder) for entry in entries]


def with_packed_json(entries: Iterable[Entry], folder: Path) -> list[Entry]:
    """Return the entries with copies of large JSON files that say the same without indentation.

    A third of one library's tables is blanks. What lies in ``folder`` is replaced.
    """
    shutil.rmtree(folder, ignore_errors=True)
    return [_packed(entry, folder) for entry in entries]


def _packed(entry: Entry, folder: Path) -> Entry:
    name, path, kind = entry
    source = Path(path)
    if source.suffix != ".json" or source.stat().st_size < _LEAST_PACKED_BYTES:
        return entry
    copy = folder / name
    copy.parent.mkdir(parents=True, exist_ok=True)
    told = json.loads(source.read_text(encoding="utf-8"))
    copy.write_text(json.dumps(told, separators=(",", ":")), encoding="utf-8")
    return (name, str(copy), kind)


def _is_shared(name: str) -> bool:
    """Whether it is a library that other files are linked with, and that nobody imports."""
    where = PurePosixPath(name)
    is_library = where.name.startswith("lib") and _LIBRARY.search(where.name) is not None
    # The program that starts Python opens that one by its name.
    is_python = where.name.startswith("libpython")
    return is_library and not is_python and where.parent.as_posix() in {".", "PySide6/Qt/lib"}


def _without_symbols(entry: Entry, folder: Path) -> Entry:
    name, path, kind = entry
    if kind == LINK or not _LIBRARY.search(name):
        return entry
    copy = folder / name
    copy.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["strip", "--strip-unneeded", "-o", copy, path], check=True)
    shown = subprocess.run(
        ["readelf", "--segments", "--wide", copy], check=True, capture_output=True, text=True
    )
    return (name, str(copy), kind) if is_loadable(shown.stdout) else entry


def is_loadable(segments: str) -> bool:
    """Say whether each segment that ``readelf`` tells of can be laid into memory as it lies.

    strip puts those aside that the tools of wheels have moved, and no loader takes them then.
    """
    told = [line.split() for line in segments.splitlines() if line.split()[:1] == ["LOAD"]]
    spans = [(int(words[1], 16), int(words[2], 16), int(words[-1], 16)) for words in told]
    return all((address - offset) % align == 0 for offset, address, align in spans)
