"""What goes out: list of components, Linux packages, sums, and the scripts of the release."""

import hashlib
import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from license_expression import get_spdx_licensing

import propdesk

CHINESE = re.compile("[一-鿿]")
MADE = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
def bring(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], ModuleType]]:
    """Give a function that imports a script of the release, and forget it afterwards."""
    known = set(sys.modules)
    folders = [str(root / "packaging/linux"), str(root / "packaging")]
    monkeypatch.setattr(sys, "path", [*folders, *sys.path])
    yield import_module
    for name in ("components", "packages", "checksums", "release_day"):
        if name in set(sys.modules) - known:
            del sys.modules[name]


@pytest.fixture
def components(bring: Callable[[str], ModuleType]) -> ModuleType:
    return bring("components")


@pytest.fixture
def listed(components: ModuleType) -> list[dict[str, Any]]:
    return components.listed()


def complete(components: ModuleType, listed: list[dict[str, Any]], folder: Path) -> Any:
    """Return a Linux program in which every component has a file that tells its version."""
    found = components.Found("linux")
    for number, one in enumerate(listed):
        if "linux" in one.get("platforms", ["linux"]):
            owner = one.get("bundled_in", one["name"])
            file = folder / f"{number}.so"
            file.write_bytes(b"expat_2.5.0 OpenSSL 3.6.0 2.5.1 3.11.7 73.2 ")
            found.files[owner].append(file)
    return found


def test_a_program_with_everything_gives_a_valid_bill(components, listed, tmp_path) -> None:
    found = complete(components, listed, tmp_path)
    made_of = components.bill(components.carried(found, listed), "linux", MADE)
    bill = json.loads(components.to_json(made_of))
    assert bill["bomFormat"] == "CycloneDX"
    assert bill["metadata"]["component"]["version"] == propdesk.__version__
    entries = {one["name"]: one for one in bill["components"]}
    linux = [one for one in listed if "linux" in one.get("platforms", ["linux"])]
    assert set(entries) == {one["name"] for one in linux}
    assert entries["Python"]["version"] == "3.11.7"
    assert entries["Expat"]["version"] == "2.5.0"
    inner = {one["ref"]: one.get("dependsOn", []) for one in bill["dependencies"]}
    assert any(name.startswith("SQLite@") for name in inner["sqlcipher3@0.6.4"])


def test_the_bill_points_to_texts_that_exist(components, listed, tmp_path, root) -> None:
    found = complete(components, listed, tmp_path)
    bill = components.bill(components.carried(found, listed), "linux", MADE)
    for entry in bill.components:
        texts = [one.value for one in entry.properties if one.name == "propdesk:licence-text"]
        assert texts, entry.name
        assert all((root / text).is_file() for text in texts), entry.name
        assert entry.licenses, entry.name


def test_every_licence_is_an_spdx_expression(listed) -> None:
    known = get_spdx_licensing()
    for one in listed:
        expression = re.sub(r"LicenseRef-[\w-]+", "MIT", one["licence"])
        assert known.validate(expression).errors == [], one["name"]


def test_what_nobody_owns_stops_the_release(components, listed, tmp_path) -> None:
    found = complete(components, listed, tmp_path)
    found.nobodys.append("_internal/libgnutls.so.30")
    with pytest.raises(SystemExit, match=r"libgnutls\.so\.30: no component"):
        list(components.carried(found, listed))


def test_a_component_that_is_gone_stops_the_release(components, listed, tmp_path) -> None:
    found = complete(components, listed, tmp_path)
    found.files["Segno"].clear()
    with pytest.raises(SystemExit, match=r"^Segno: listed, but not in the program$"):
        list(components.carried(found, listed))


def test_a_version_that_is_not_to_be_read_stops_the_release(components, listed, tmp_path) -> None:
    found = complete(components, listed, tmp_path)
    for file in found.files["Python"]:
        file.write_bytes(b"2.5.1 expat_2.5.0")
    with pytest.raises(SystemExit, match=r"^Python: its version"):
        list(components.carried(found, listed))


@pytest.mark.parametrize(
    ("place", "platform", "owner"),
    [
        ("PySide6/QtCore.abi3.so", "linux", "Qt for Python: PySide6-Essentials"),
        ("PySide6/QtPdf.pyd", "windows", "Qt for Python: PySide6-Addons"),
        ("PySide6/Qt6Pdf.dll", "windows", "Qt"),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "linux", "Qt"),
        ("PySide6/Qt/lib/libicudata.so.73", "linux", "ICU"),
        ("PySide6/MSVCP140.dll", "windows", "Microsoft Visual C++ runtime"),
        ("VCRUNTIME140_1.dll", "windows", "Microsoft Visual C++ runtime"),
        ("libcrypto-3.dll", "windows", "OpenSSL of Python"),
        ("resources/fonts/NotoSansSC-Bold.ttf", "linux", "Noto Sans SC"),
        ("resources/seeds.json", "linux", "propdesk"),
        ("libgnutls.so.30", "linux", None),
        ("libcrypto-3.dll", "linux", None),
    ],
)
def test_a_file_belongs_to_whoever_names_it_best(components, listed, place, platform, owner):
    patterns = components.file_patterns(listed, platform)
    assert components.file_owner(Path(place), patterns) == owner


def test_modules_belong_to_their_distribution(components, listed) -> None:
    owners = components.module_owners(listed)
    assert owners["playhouse"] == "Peewee"
    assert owners["_rl_accel"] == "rl_accel"
    assert owners["_ctypes"] == owners["json"] == "Python"
    assert owners["ui"] == "propdesk"
    assert "pytest" not in owners


def test_what_pillow_carries_is_listed_as_pillow_says(listed) -> None:
    told = importlib.metadata.distribution("pillow").read_text("sboms/pillow-13.0.0.cdx.json")
    names = {"libjpeg / libjpeg-turbo": "libjpeg-turbo", "zlib": "zlib-ng"}
    theirs = {
        names.get(one["name"], one["name"]): one.get("version")
        for one in json.loads(told)["components"]
    }
    ours = {one["name"]: one["version"] for one in listed if one.get("bundled_in") == "Pillow"}
    shared = ours.keys() & theirs.keys()
    assert shared >= {"libjpeg-turbo", "libtiff", "libwebp", "Little CMS 2", "OpenJPEG", "zlib-ng"}
    assert {name: ours[name] for name in shared} == {name: theirs[name] for name in shared}


def test_versions_of_what_is_no_dependency_are_the_real_ones(listed, root) -> None:
    versions = {one["name"]: one["version"] for one in listed}
    assert versions["PyInstaller's loader"] == importlib.metadata.version("pyinstaller")
    assert versions["Qt"] == importlib.metadata.version("pyside6-essentials")
    icon = (root / "resources/icons/house.svg").read_text(encoding="utf-8")
    assert f"lucide-static v{versions['Lucide']} " in icon


def test_the_sums_are_those_of_this_version(bring, tmp_path) -> None:
    name = f"propdesk-{propdesk.__version__}-setup.exe"
    (tmp_path / name).write_bytes(b"new")
    (tmp_path / "propdesk-0.0.9-setup.exe").write_bytes(b"old")
    sums = bring("checksums").write_sums(tmp_path)
    assert sums.read_text(encoding="ascii") == f"{hashlib.sha256(b'new').hexdigest()}  {name}\n"


def test_no_sums_of_nothing(bring, tmp_path) -> None:
    with pytest.raises(SystemExit, match="Nothing of version"):
        bring("checksums").write_sums(tmp_path)


@pytest.mark.skipif(not shutil.which("objdump"), reason="objdump (binutils) is not installed")
def test_the_deb_depends_on_what_qt_wants(bring, tmp_path) -> None:
    packages = bring("packages")
    plugin = Path(importlib.metadata.distribution("pyside6-essentials").locate_file("PySide6"))
    shutil.copy(plugin / "Qt/plugins/platforms/libqxcb.so", tmp_path)
    shutil.copy(plugin / "Qt/lib/libQt6XcbQpa.so.6", tmp_path)
    for name in ("libQt6Core.so.6", "libQt6Gui.so.6"):
        (tmp_path / name).touch()
    wanted = packages.dependencies(tmp_path).split(", ")
    assert re.fullmatch(r"libc6 \(>= 2\.\d+\)", wanted[0])
    assert {"libxcb-cursor0", "libxkbcommon-x11-0", "libx11-6"} <= set(wanted)
    assert "libcups2" not in wanted


@pytest.mark.skipif(not shutil.which("objdump"), reason="objdump (binutils) is not installed")
def test_a_library_that_no_package_is_known_for_is_refused(bring, tmp_path, monkeypatch) -> None:
    packages = bring("packages")
    plugin = Path(importlib.metadata.distribution("pyside6-essentials").locate_file("PySide6"))
    shutil.copy(plugin / "Qt/lib/libQt6XcbQpa.so.6", tmp_path)
    monkeypatch.delitem(packages.DEBIAN_PACKAGES, "libxcb-icccm.so.4")
    with pytest.raises(SystemExit, match=r"which package brings .*libxcb-icccm\.so\.4"):
        packages.dependencies(tmp_path)


def test_the_desktop_entry_speaks_both_languages(root) -> None:
    text = (root / "packaging/linux/propdesk.desktop").read_text(encoding="utf-8")
    entry = dict(line.split("=", 1) for line in text.splitlines()[1:])
    for key in ("Name", "GenericName", "Comment", "Keywords"):
        assert CHINESE.search(entry[f"{key}[zh_CN]"])
        assert not CHINESE.search(entry[key])
    assert entry["Exec"] == entry["Icon"] == entry["StartupWMClass"] == "propdesk"


@pytest.mark.skipif(sys.platform != "linux", reason="a script of Debian's package tools")
@pytest.mark.parametrize("what", ["install", "upgrade"])
def test_nothing_hinders_an_upgrade_while_no_program_runs(root, what) -> None:
    script = root / "packaging/linux/preinst"
    assert "= /usr/lib/propdesk/propdesk ]" in script.read_text(encoding="utf-8")
    done = subprocess.run(["sh", script, what, "0.1.0"], check=False, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_workflow_runs_what_the_readme_tells(root) -> None:
    ci = (root / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    runs = re.findall(r"- run: (.+)", ci)
    assert any(run.startswith("make test") for run in runs)
    readme = (root / "README.md").read_text(encoding="utf-8")
    told = re.search(r"instead of `make test`:\n\n((?: {4}.+\n)+)", readme)[1]
    for line in told.split("\n"):
        assert not line or any(run.startswith(line.strip()) for run in runs), line


@pytest.mark.parametrize("name", ["ci.yml", "release.yml"])
def test_a_workflow_may_do_little_and_names_versions(root, name) -> None:
    text = (root / ".github/workflows" / name).read_text(encoding="utf-8")
    assert re.search(r"^permissions:\n  contents: read\n", text, re.MULTILINE)
    actions = re.findall(r"uses: (\S+)", text)
    assert actions
    assert [
        one for one in actions if not re.fullmatch(r"actions/[\w-]+@(v\d+|[0-9a-f]{40})", one)
    ] == []
    assert text.count("timeout-minutes:") == text.count("runs-on:")


def test_powershell_reads_the_build_script_as_utf_8(root) -> None:
    script = (root / "packaging/windows/build.ps1").read_bytes()
    assert script.startswith(b"\xef\xbb\xbf")
    text = script.decode("utf-8-sig")
    for name in re.findall(r"packaging\\[\w\\]+\.py", text):
        assert (root / name.replace("\\", "/")).is_file(), name


@pytest.fixture
def small_program(tmp_path) -> Path:
    """Return a folder that looks like a frozen program."""
    folder = tmp_path / "frozen"
    (folder / "_internal").mkdir(parents=True)
    shutil.copy("/bin/true", folder / "propdesk")
    (folder / "_internal/words.txt").write_text("you")
    (folder / "_internal/words.txt").chmod(0o600)
    return folder


@pytest.mark.skipif(
    not (shutil.which("dpkg-deb") and shutil.which("objdump")), reason="a tool of Debian is missing"
)
def test_the_same_program_gives_the_same_deb(bring, small_program, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    packages = bring("packages")
    made = []
    for name in ("one", "two"):
        out = tmp_path / name
        out.mkdir()
        made.append(packages.build_deb(small_program, "1.2.3", out))
    assert made[0].read_bytes() == made[1].read_bytes()
    listed = subprocess.run(
        ["dpkg-deb", "--contents", made[0]], check=True, capture_output=True, text=True
    ).stdout
    rows = {line.split()[5]: line.split()[:2] for line in listed.splitlines()}
    assert {owner for _, owner in rows.values()} == {"root/root"}
    assert rows["./usr/lib/propdesk/propdesk"][0] == "-rwxr-xr-x"
    assert rows["./usr/lib/propdesk/_internal/words.txt"][0] == "-rw-r--r--"
    assert rows["./usr/bin/propdesk"][0] == "lrwxrwxrwx"
    assert "./usr/share/icons/hicolor/48x48/apps/propdesk.png" in rows
    field = ["dpkg-deb", "--field", made[0], "Version"]
    assert subprocess.run(field, check=True, capture_output=True).stdout == b"1.2.3\n"


@pytest.mark.skipif(not shutil.which("objdump"), reason="objdump (binutils) is not installed")
def test_the_tarball_tells_what_it_needs_and_nobodys_name(bring, small_program, tmp_path) -> None:
    made = bring("packages").build_tarball(small_program, "1.2.3", tmp_path)
    with tarfile.open(made) as archive:
        assert {one.uname for one in archive} == {"root"}
        text = archive.extractfile("propdesk-1.2.3/README.txt").read().decode()
        assert archive.getmember("propdesk-1.2.3/propdesk").mode == 0o755
    assert "propdesk 1.2.3" in text
    assert "@" not in text
