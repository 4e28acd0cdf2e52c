"""List everything that a frozen program carries, with version and licence: a CycloneDX SBOM.

    python packaging/components.py build/frozen/propdesk [--out DIR]

`resources/licences/components.json` is the one list of components; the About page shows it, too.
This script holds it against the frozen folder, file by file and module by module: what no component
owns stops the release, and so does a component of this system that is not there. A version that
depends on the machine that built is read out of the file itself (`version_in`, a pattern).

A component of the list owns
- the modules of its `distribution` (a package of Python),
- the files that match its `parts`, seen from the folder `_internal`; the longest pattern wins,
- nothing of its own when it is compiled into another, its `bundled_in`.
`platforms` names the systems that carry it, where these are not all: none for what comes with a
package and is not frozen.
"""

import argparse
import importlib.metadata
import json
import re
import sys
import sysconfig
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation import make_schemabased_validator
from packageurl import PackageURL
from PyInstaller.archive.readers import CArchiveReader
from release_day import release_day

import propdesk

ROOT = Path(__file__).resolve().parent.parent
LICENCES = ROOT / "resources/licences"
# The newest version of the schema that the common readers know.
SCHEMA = SchemaVersion.V1_6
OURS = "propdesk"
OWN_MODULES = {"propdesk", "ui"}
OWN_FILES = ("resources/*", "files.json", "propdesk-*.dist-info/*")


@dataclass
class Found:
    """What lies in a frozen folder, sorted by the component that owns it."""

    platform: str
    files: dict[str, list[Path]] = field(default_factory=lambda: defaultdict(list))
    modules: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    nobodys: list[str] = field(default_factory=list)

    def names(self) -> set[str]:
        """Return the components that own something here."""
        return {name for name, files in self.files.items() if files} | set(self.modules)


def listed() -> list[dict[str, Any]]:
    """Return the components of the list."""
    text = (LICENCES / "components.json").read_text(encoding="utf-8")
    components: list[dict[str, Any]] = json.loads(text)["components"]
    return components


def look_into(folder: Path, components: list[dict[str, Any]]) -> Found:
    """Say which component owns each file and module of a frozen program."""
    program = next(
        (file for file in (folder / "propdesk.exe", folder / "propdesk") if file.is_file()), None
    )
    internal = folder / "_internal"
    if program is None or not internal.is_dir():
        raise SystemExit(f"{folder} holds no frozen program. Make one first: make freeze")
    found = Found("windows" if program.suffix == ".exe" else "linux")
    modules = module_owners(components)
    patterns = file_patterns(components, found.platform)
    for file in sorted(internal.rglob("*")):
        if file.is_dir() or file.is_symlink():
            continue
        place = file.relative_to(internal)
        owner = file_owner(place, patterns) or modules.get(place.parts[0].partition(".")[0])
        if owner:
            found.files[owner].append(file)
        else:
            found.nobodys.append(f"_internal/{place.as_posix()}")
    for name in frozen_modules(program) | library_modules(internal):
        if name in modules:
            found.modules[modules[name]].add(name)
        else:
            found.nobodys.append(f"module {name}")
    return found


def module_owners(components: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Return the owner of each module by its first name."""
    # How Python itself was built stands in a module that is named after the system.
    built = Path(sysconfig.get_path("stdlib")).glob("_sysconfigdata*.py")
    owners = dict.fromkeys(sys.stdlib_module_names | {file.stem for file in built}, "Python")
    by_distribution = {
        one["distribution"]: one["name"] for one in components if "distribution" in one
    }
    for module, distributions in importlib.metadata.packages_distributions().items():
        for distribution in distributions:
            plain = re.sub(r"[-_.]+", "-", distribution).lower()
            if plain in by_distribution:
                owners[module] = by_distribution[plain]
    return owners | dict.fromkeys(OWN_MODULES, OURS)


def file_patterns(components: Iterable[dict[str, Any]], platform: str) -> list[tuple[str, str]]:
    """Return the patterns of files with their owners, the longest first."""
    patterns = [(pattern, OURS) for pattern in OWN_FILES]
    for one in components:
        if platform in one.get("platforms", [platform]):
            patterns += [(pattern, one["name"]) for pattern in one.get("parts", ())]
    return sorted(patterns, key=lambda claim: len(claim[0]), reverse=True)


def file_owner(place: Path, patterns: Iterable[tuple[str, str]]) -> str | None:
    """Return whose the first pattern is that fits; Windows' libraries come in either case."""
    text = place.as_posix().lower()
    return next((name for pattern, name in patterns if fnmatchcase(text, pattern.lower())), None)


def frozen_modules(program: Path) -> set[str]:
    """Return the first names of the modules in the archive behind the executable."""
    archive = CArchiveReader(str(program))
    (name,) = (name for name in archive.toc if name.startswith("PYZ"))
    inside = archive.open_embedded_archive(name).toc
    # PyInstaller's own helpers run inside every frozen program.
    return {name.partition(".")[0] for name in inside if not name.startswith(("_pyi", "pyi"))}


def library_modules(internal: Path) -> set[str]:
    """Return the first names of the modules that lie in a zip file beside the programs."""
    with zipfile.ZipFile(internal / "base_library.zip") as archive:
        return {PurePosixPath(name).parts[0].partition(".")[0] for name in archive.namelist()}


def carried(found: Found, components: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the components of a frozen program with their versions.

    Raises:
        SystemExit: something lies there that nobody owns, or a listed component is missing, or
            its version is not to be read.

    """
    complaints = [f"{what}: no component of the list owns this" for what in found.nobodys]
    mine = [one for one in components if found.platform in one.get("platforms", [found.platform])]
    there = found.names() | {OURS}
    for one in mine:
        name = one["name"]
        if one.get("bundled_in", name) not in there:
            complaints.append(f"{name}: listed, but not in the program")
            continue
        version = one["version"]
        if "version_in" in one:
            version = version_in(found.files[one.get("bundled_in", name)], one["version_in"])
        if not version:
            complaints.append(f"{name}: its version is neither listed nor to be read in its files")
        yield one | {"version": version}
    if complaints:
        raise SystemExit("\n".join(complaints))


def version_in(files: Iterable[Path], pattern: str) -> str:
    """Return the version that a pattern finds in the bytes of a component's files, or ''."""
    expression = re.compile(pattern.encode())
    matches = (expression.search(file.read_bytes()) for file in files)
    return next((match[1].decode() for match in matches if match), "")


def bill(components: Iterable[dict[str, Any]], platform: str, made: datetime) -> Bom:
    """Return the bill of materials of a program."""
    version = propdesk.__version__
    program = Component(
        name=OURS,
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref=f"{OURS}@{version}",
        licenses=[LicenseExpression("Apache-2.0")],
        properties=[Property(name="propdesk:platform", value=platform)],
    )
    made_of = Bom(
        serial_number=uuid5(NAMESPACE_URL, f"{OURS}-{version}-{platform}"),
        metadata=BomMetaData(component=program, timestamp=made),
    )
    entries: dict[str, Component] = {OURS: program}
    parents: dict[str, str] = {}
    for one in components:
        name = one["name"]
        entries[name] = to_component(one)
        parents[name] = one.get("bundled_in", OURS)
        made_of.components.add(entries[name])
    for parent, entry in entries.items():
        inner = [entries[name] for name, above in parents.items() if above == parent]
        made_of.register_dependency(entry, inner)
    return made_of


def to_component(one: dict[str, Any]) -> Component:
    """Return an entry of our list as CycloneDX has it."""
    name = one.get("distribution", one["name"])
    version = one["version"]
    return Component(
        name=one["name"],
        version=version,
        type=ComponentType.LIBRARY,
        bom_ref=f"{name}@{version}",
        licenses=[LicenseExpression(one["licence"])],
        purl=PackageURL("pypi", name=name, version=version) if "distribution" in one else None,
        properties=[
            Property(name="propdesk:licence-text", value=f"resources/licences/{text}")
            for text in one["files"]
        ],
    )


def to_json(made_of: Bom) -> str:
    """Return the bill as JSON that fits the schema of CycloneDX; ends the script where not."""
    text = make_outputter(made_of, OutputFormat.JSON, SCHEMA).output_as_string(indent=1)
    wrong = make_schemabased_validator(OutputFormat.JSON, SCHEMA).validate_str(text)
    if wrong:
        raise SystemExit(f"The list of components does not fit the schema: {wrong}")
    return text + "\n"


def write_bill(folder: Path, dist: Path) -> Path:
    """Check a frozen folder and write its bill of materials; return the file."""
    components, made = listed(), datetime.fromtimestamp(release_day(), UTC)
    found = look_into(folder.resolve(), components)
    text = to_json(bill(carried(found, components), found.platform, made))
    target = dist / f"propdesk-{propdesk.__version__}-{found.platform}.cdx.json"
    dist.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")
    return target


def main() -> int:
    """Check the frozen folder that was named."""
    parser = argparse.ArgumentParser(description="list the components of a frozen program")
    parser.add_argument("folder", type=Path, help="the folder that packaging/freeze.py made")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR")
    wanted = parser.parse_args()
    written = write_bill(wanted.folder, wanted.out)
    count = len(json.loads(written.read_text(encoding="utf-8"))["components"])
    print(f"{written}: {count} components")
    return 0


if __name__ == "__main__":
    sys.exit(main())
