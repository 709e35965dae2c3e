"""What the frozen program consists of: its largest parts, and what has no business in it.

``python packaging/bundle.py FOLDER`` prints the parts and fails on strays, or if it is too large;
with the name of an edition behind it, it prints the parts.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

LIMIT_MB = 465.0
LARGEST = 20
_INSIDE = "_internal"
_MEGABYTE = 1e6

# What came in before, or would come in by a library's optional imports.
STRAY_FILES = {
    r"(^|/)(tests?|testing)/": "a library's own tests",
    r"(^|/)(av|av\.libs)/|libx26[45]": "PyAV, whose wheels carry libraries under the GPL",
    r"pylibjpeg_libjpeg|(^|/)_libjpeg": "a decoder under the GPL",
    r"libQt6(Qml|Quick|Pdf|Web|Multimedia|Network|Test|Designer|VirtualKeyboard|EglF)": (
        "a part of Qt that the program does not use"
    ),
    r"plugins/(generic|tls|sqldrivers|qmltooling|egldeviceintegrations)/": "a plugin of Qt",
    r"plugins/platforms/(lib)?q(eglfs|vnc|linuxfb|vkkhr|minimal)": "a plugin of Qt",
    r"plugins/imageformats/(lib)?q(gif|icns|jpeg|tga|tiff|wbmp|webp)": "a plugin of Qt",
    r"PySide6/.*/qml/|libqgtk3": "a plugin of Qt",
    r"(^|/)PIL/(_avif|_webp|_imagingtk)": "a kind of picture that is not read",
    r"/lib(gtk|cairo|pango|krb5|gnutls|cups\.)": "a library of a plugin that was left out",
    r"imagecodecs/_(?!jpeg8|jpegxl|shared)": "an encoding that is not read",
    r"cv2/data/|opencv_videoio_ffmpeg": "what OpenCV reads and the program does not",
    r"\.(pyx|pxd|hpp?|cpp|lib|a)$": "a source, or what is linked with",
}
STRAY_MODULES = {
    r"(^|\.)(tests?|testing|conftest)(\.|$)": "a library's own tests",
    r"^(pytest|_pytest|hypothesis|IPython|pip|setuptools|tkinter)(\.|$)": "a developer's tool",
    r"^(scipy|matplotlib|pandas|sympy|h5py|numba|dask|pyarrow|av)(\.|$)": (
        "a library for training or for an extra"
    ),
    r"^(model_training|onnx|onnxscript)(\.|$)": "a part of the training",
    r"^onnxruntime\.(quantization|tools|transformers|datasets)": "a tool of ONNX Runtime",
}


@dataclass(frozen=True, slots=True)
class Stray:
    """A file or module of the bundle that should not be there, and why not."""

    name: str
    why: str


def sizes(folder: Path) -> dict[str, int]:
    """Return the bytes of each file in a bundle by its name there; a link counts as nothing."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and not file.is_symlink())
    return {file.relative_to(folder).as_posix(): file.stat().st_size for file in files}


def megabytes(found: Mapping[str, int]) -> float:
    return sum(found.values()) / _MEGABYTE


def largest_parts(found: Mapping[str, int], count: int = LARGEST) -> list[tuple[str, float]]:
    """Return the largest parts in MB: a library with all that it brought, or a file of its own."""
    parts: Counter[str] = Counter()
    for name, size in found.items():
        parts[_part_of(name)] += size
    return [(part, size / _MEGABYTE) for part, size in parts.most_common(count)]


def strays(files: Iterable[str], modules: Iterable[str]) -> list[Stray]:
    """Return what has no business in a bundle, of the names of its files and Python modules."""
    return [*_matching(files, STRAY_FILES), *_matching(modules, STRAY_MODULES)]


def modules_of(program: Path) -> list[str]:
    """Return the names of the Python modules that a frozen program holds in its one archive."""
    from PyInstaller.archive.readers import CArchiveReader  # noqa: PLC0415 - tests do without it

    archive = CArchiveReader(str(program))
    (inner,) = (name for name in archive.toc if name.endswith(".pyz"))
    return sorted(archive.open_embedded_archive(inner).toc)


def _matching(names: Iterable[str], kinds: Mapping[str, str]) -> list[Stray]:
    patterns = {re.compile(kind): why for kind, why in kinds.items()}
    return [
        Stray(name, why)
        for name in names
        for pattern, why in patterns.items()
        if pattern.search(name)
    ]


def _part_of(name: str) -> str:
    words = PurePosixPath(name).parts
    inside = words[1:] if words[0] == _INSIDE else words
    # A wheel keeps the libraries that it brought beside its package: NAME.libs.
    return inside[0].removesuffix(".libs") if len(inside) > 1 else inside[0]


def main() -> int:
    """Print the parts and what is wrong; return 1 where something is.

    Of an edition that is named behind the folder the parts are all that is told: torch imports its
    own tests, and is as large as the rest.
    """
    folder, *edition = sys.argv[1:]
    found = sizes(Path(folder))
    total = megabytes(found)
    for part, size in largest_parts(found):
        print(f"{size:8.1f} MB  {part}")
    if edition:
        print(f"{total:8.1f} MB")
        return 0
    print(f"{total:8.1f} MB  of {LIMIT_MB:.0f} MB that it may have")
    wrong = strays(found, modules_of(Path(folder) / Path(folder).name))
    for stray in wrong:
        print(f"stray: {stray.name} ({stray.why})", file=sys.stderr)
    return 1 if wrong or total > LIMIT_MB else 0


if __name__ == "__main__":
    sys.exit(main())
