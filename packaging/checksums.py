"""Write the SHA-256 sums of this release: dist/SHA256SUMS, for `sha256sum --check`.

    python packaging/checksums.py

Only the artefacts of the running version are listed; older ones may lie beside them.
"""

import hashlib
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"


def main() -> int:
    """Write the sums; return 1 when there is nothing to sum."""
    text = (ROOT / "propdesk/__init__.py").read_text(encoding="utf-8")
    version = re.search(r'__version__ = "(.+)"', text)[1]
    files = sorted(DIST.glob(f"propdesk[-_]{version}[-_]*"))
    if not files:
        print(f"Nothing of version {version} is in {DIST}.", file=sys.stderr)
        return 1
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="ascii", newline="\n")
    print("".join(lines), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
