"""Write the SHA-256 sums of this release: dist/SHA256SUMS, for `sha256sum --check`.

    python packaging/checksums.py

Only the artefacts of the running version are listed; older ones may lie beside them.
"""

import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def write_sums(folder: Path) -> Path:
    """Write the sums of what a folder holds of this version; return the file."""
    # Read, not imported: on the machine that only drafts a release nothing is installed.
    source = (ROOT / "propdesk/__init__.py").read_text(encoding="utf-8")
    version = re.search(r'__version__ = "(.+)"', source)[1]
    files = sorted(folder.glob(f"propdesk[-_]{version}[-_.]*"))
    if not files:
        raise SystemExit(f"Nothing of version {version} is in {folder}.")
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    sums = folder / "SHA256SUMS"
    sums.write_text("".join(lines), encoding="ascii", newline="\n")
    return sums


if __name__ == "__main__":
    print(write_sums(ROOT / "dist").read_text(encoding="ascii"), end="")
