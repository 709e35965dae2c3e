"""The bill of materials of a frozen program (CycloneDX): distributions, native libraries, weights.

``python packaging/bill.py FOLDER COMPONENTS.json VERSION TARGET`` writes it; it needs
cyclonedx-bom. The same bundle gives the same bytes.
"""

import hashlib
import json
import os
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

_TABLE = Path(__file__).with_name("native.toml")
_MACHINE_CODE = re.compile(r"\.(so|dll|pyd|dylib)(\.\w+)*$")
_WEIGHTS = "resources/model/head_unet.safetensors"
_INSIDE = "_internal/"


class UnknownNative(Exception):  # noqa: N818 - named for what happened
    """A bundle holds machine code of which the table does not say what it is."""


@dataclass(frozen=True, slots=True)
class Native:
    """A library in machine code: its files in the bundle, and what the table says of it."""

    name: str
    version: str
    licence: str
    files: tuple[str, ...]


def native_libraries(files: Iterable[str], versions: Mapping[str, str]) -> list[Native]:
    """Return what the machine code in a bundle is; ``versions`` are those of its distributions.

    Raises:
        UnknownNative: of some file nobody has said it.
    """
    with _TABLE.open("rb") as file:
        rows = tomllib.load(file)["library"]
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    unknown = []
    for name in sorted(name for name in files if _MACHINE_CODE.search(name)):
        for row in rows:
            match = re.search(row["file"], name)
            if match is not None:
                said = match.groupdict().get("version") or versions.get(row.get("version_of"), "")
                found[row["name"], said, row["licence"]].append(name)
                break
        else:
            unknown.append(name)
    if unknown:
        raise UnknownNative(
            f"Nobody has said what these are: {', '.join(unknown)}. Add them to {_TABLE.name}."
        )
    return [Native(*key, tuple(names)) for key, names in sorted(found.items())]


def bill(folder: Path, parts: Iterable[Mapping[str, str]], version: str, made: datetime) -> str:
    """Return the bill of a bundle as JSON, with the SHA-256 of each of its native files."""
    distributions = list(parts)
    names = [file.relative_to(folder).as_posix() for file in sorted(folder.rglob("*"))]
    files = [
        name for name in names if (folder / name).is_file() and not (folder / name).is_symlink()
    ]
    versions = {part["name"]: part["version"] for part in distributions}
    components = [
        *(_distribution(part) for part in distributions),
        *(_native(folder, one) for one in native_libraries(files, versions)),
        _weights(folder),
    ]
    program = Component(
        name="FHC Desktop",
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref="fhc-desktop",
        licenses=[LicenseFactory().make_from_string("MIT")],
    )
    made_of = Bom(
        components=components,
        serial_number=uuid5(NAMESPACE_URL, f"fhc-desktop {version} {made.isoformat()}"),
        metadata=BomMetaData(component=program, timestamp=made),
    )
    made_of.register_dependency(program, components)
    return JsonV1Dot6(made_of).output_as_string(indent=1) + "\n"


def _distribution(part: Mapping[str, str]) -> Component:
    return Component(
        name=part["name"],
        version=part["version"],
        bom_ref=f"distribution {part['name']}",
        licenses=[LicenseFactory().make_from_string(part["licence"])],
        purl=PackageURL("pypi", name=part["name"], version=part["version"]),
    )


def _native(folder: Path, one: Native) -> Component:
    return Component(
        name=one.name,
        version=one.version or None,
        bom_ref=f"native {one.name} {one.version}",
        licenses=[LicenseFactory().make_from_string(one.licence)],
        components=[_file(folder, name) for name in one.files],
    )


def _weights(folder: Path) -> Component:
    name = next(name for name in (_INSIDE + _WEIGHTS, _WEIGHTS) if (folder / name).is_file())
    return Component(
        name="head-unet weights",
        type=ComponentType.MACHINE_LEARNING_MODEL,
        bom_ref="weights",
        licenses=[LicenseFactory().make_from_string("MIT")],
        hashes=[_digest(folder / name)],
        properties=[Property(name="trained on", value="HC18, FETAL_PLANES_DB (CC BY 4.0)")],
    )


def _file(folder: Path, name: str) -> Component:
    return Component(
        name=name,
        type=ComponentType.FILE,
        bom_ref=f"file {name}",
        hashes=[_digest(folder / name)],
    )


def _digest(path: Path) -> HashType:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return HashType(alg=HashAlgorithm.SHA_256, content=digest)


def main() -> int:
    """Write the bill, and see that it is one; return the exit status."""
    folder, listed, version, target = sys.argv[1:]
    moment = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    parts = json.loads(Path(listed).read_text(encoding="utf-8"))
    try:
        text = bill(Path(folder), parts, version, datetime.fromtimestamp(moment, UTC))
    except UnknownNative as problem:
        print(problem, file=sys.stderr)
        return 1
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if fault is not None:
        print(f"The bill of materials is none: {fault}", file=sys.stderr)
        return 1
    Path(target).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
