"""The frozen program as a Debian package, and as an archive that runs from any folder.

What is packed bears the time in SOURCE_DATE_EPOCH and belongs to root: the same bundle gives the
same bytes. The package asks for the libraries that the bundle is linked with and does not hold.
"""

import gzip
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_INSTALLED = Path("usr/lib/fhc-desktop")
_SHARED = ROOT / "packaging" / "linux"
_ICONS = ROOT / "resources" / "icons"
_MAINTAINER = "The FHC Desktop authors <fhc-desktop@localhost>"

# Which Debian package holds what the bundle leaves to the system: graphics that belong to the
# machine's own driver, and what every Linux has.
PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libdrm.so.2": "libdrm2",
    "libxcb.so.1": "libxcb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
}
_OF_LIBC = re.compile(
    r"^(ld-linux[-\w]*|linux-vdso|lib(c|m|dl|pthread|rt|util|resolv|anl|nsl|mvec))\.so"
)
# Nothing is linked with fonts, and without them the window has no letters.
_BESIDES = ("fontconfig-config", "fonts-dejavu-core")
_NEEDED = re.compile(r"^\s*NEEDED\s+(\S+)$", re.MULTILINE)
_GLIBC = re.compile(r"\bGLIBC_(\d+)\.(\d+)")
_LIBRARY = re.compile(r"\.so(\.\w+)*$")

_CONTROL = """\
Package: fhc-desktop
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {installed_kb}
Depends: {depends}
Section: science
Priority: optional
Description: fetal head circumference on ultrasound images
 FHC Desktop finds the fetal skull on an ultrasound image, draws an ellipse
 round its outer border, and gives the head circumference with its percentile.
 Whoever measures corrects the ellipse and accepts it; each accepted
 measurement goes into an encrypted log.
 .
 For research use only; not a medical device.
"""


class UnknownLibrary(Exception):  # noqa: N818 - named for what happened
    """The bundle is linked with something of which nobody has said where it comes from."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What a bundle needs of the system: libraries by their names, and the oldest glibc."""

    libraries: frozenset[str]
    glibc: tuple[int, int]


def packages(folder: Path, target: Path, name: str, version: str) -> list[Path]:
    """Write the archive of a bundle and, where Debian's tools are, its package; return them.

    Raises:
        UnknownLibrary: it needs a library of which no package is known.
    """
    made = [_archive(folder, target, name)]
    if shutil.which("dpkg-deb") is not None:
        made.append(_debian_package(folder, target, version))
    return made


def outside(told: Iterable[str], held: Iterable[str]) -> Outside:
    """Return what is needed and not held, of what ``objdump -p`` told of each library."""
    texts = list(told)
    needed = {name for text in texts for name in _NEEDED.findall(text)}
    versions = [(int(a), int(b)) for text in texts for a, b in _GLIBC.findall(text)]
    libraries = {name for name in needed - set(held) if not _OF_LIBC.match(name)}
    return Outside(frozenset(libraries), max(versions, default=(2, 17)))


def depends(system: Outside) -> str:
    """Return the packages that bring what a bundle needs, as a control file names them.

    Raises:
        UnknownLibrary: of one of the libraries no package is known.
    """
    unknown = sorted(system.libraries - PACKAGES.keys())
    if unknown:
        raise UnknownLibrary(
            f"No package is known for {', '.join(unknown)}: add it to packaging/linux.py, or the "
            "library to the bundle."
        )
    major, minor = system.glibc
    brought = sorted(PACKAGES[name] for name in system.libraries)
    return ", ".join([f"libc6 (>= {major}.{minor})", *_BESIDES, *brought])


def control(version: str, *, architecture: str, installed_kb: int, needed: str) -> str:
    """Return the control file of the package."""
    return _CONTROL.format(
        version=version,
        architecture=architecture,
        installed_kb=installed_kb,
        depends=needed,
        maintainer=_MAINTAINER,
    )


def changelog(version: str, moment: datetime) -> str:
    """Return the package's own changelog, which Debian wants; it leads to ours."""
    return (
        f"fhc-desktop ({version}) stable; urgency=medium\n\n"
        "  * What changed is in /usr/share/doc/fhc-desktop/CHANGELOG.md.gz.\n\n"
        f" -- {_MAINTAINER}  {format_datetime(moment)}\n"
    )


def _system_of(folder: Path) -> Outside:
    files = [file for file in folder.rglob("*") if _LIBRARY.search(file.name)]
    programs = [file for file in (*files, folder / folder.name) if not file.is_symlink()]
    told = [
        subprocess.run(["objdump", "-p", file], capture_output=True, text=True, check=True).stdout
        for file in programs
    ]
    return outside(told, {file.name for file in files})


def _archive(folder: Path, target: Path, name: str) -> Path:
    made = target / f"{name}-linux-{os.uname().machine}.tar.gz"
    same = ["--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mode=go=rX,u+rw"]
    mtime = f"--mtime=@{os.environ['SOURCE_DATE_EPOCH']}"
    packed = subprocess.Popen(
        ["tar", "-C", folder.parent, *same, mtime, "-cf", "-", folder.name], stdout=subprocess.PIPE
    )
    with made.open("wb") as file:
        # Without the name and the time of its own that gzip would write.
        subprocess.run(["gzip", "-n", "-6"], stdin=packed.stdout, stdout=file, check=True)
    if packed.wait() != 0:
        raise subprocess.CalledProcessError(packed.returncode, "tar")
    return made


def _debian_package(folder: Path, target: Path, version: str) -> Path:
    asked = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    )
    architecture = asked.stdout.strip()
    stage = ROOT / "build" / "deb"
    shutil.rmtree(stage, ignore_errors=True)
    _stage(folder, stage, version)
    size_kb = sum(file.lstat().st_size for file in stage.rglob("*") if file.is_file()) // 1024
    (stage / "DEBIAN").mkdir()
    (stage / "DEBIAN" / "control").write_text(
        control(
            version,
            architecture=architecture,
            installed_kb=size_kb,
            needed=depends(_system_of(folder)),
        ),
        encoding="utf-8",
    )
    made = target / f"fhc-desktop_{version}_{architecture}.deb"
    # xz at its lowest takes a minute less than at its usual level, for 3 % more.
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "-z1", "--build", str(stage), str(made)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return made


def _stage(folder: Path, stage: Path, version: str) -> None:
    """Lay out what the package installs."""
    moment = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    shutil.copytree(folder, stage / _INSTALLED, symlinks=True)
    _link(stage / "usr/bin/fhc-desktop", Path("../lib/fhc-desktop/fhc-desktop"))
    share = stage / "usr/share"
    _copy(_SHARED / "fhc-desktop.desktop", share / "applications/fhc-desktop.desktop")
    icons = share / "icons/hicolor"
    _copy(_ICONS / "program.svg", icons / "scalable/apps/fhc-desktop.svg")
    _copy(_ICONS / "program.png", icons / "256x256/apps/fhc-desktop.png")
    documents = share / "doc/fhc-desktop"
    _copy(_SHARED / "copyright", documents / "copyright")
    _packed((ROOT / "CHANGELOG.md").read_bytes(), documents / "CHANGELOG.md.gz")
    _packed(changelog(version, moment).encode(), documents / "changelog.gz")
    _packed((_SHARED / "fhc-desktop.1").read_bytes(), share / "man/man1/fhc-desktop.1.gz")
    for file in (stage, *stage.rglob("*")):
        if not file.is_symlink():
            is_open = file.is_dir() or file.name == "fhc-desktop"
            file.chmod(0o755 if is_open else 0o644)


def _link(name: Path, leads_to: Path) -> None:
    name.parent.mkdir(parents=True, exist_ok=True)
    name.symlink_to(leads_to)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _packed(text: bytes, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text, 9, mtime=0))
