"""What the frozen program does first, before its own first line and before Qt is loaded."""

import os
import sys
from pathlib import Path

from propdesk import program_files

program_files.stop_when_damaged()

# The window's exe has no console; whoever prints there all the same is not heard.
if sys.stdout is None:
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - to the end
if sys.stderr is None:
    sys.stderr = sys.stdout

# Plugins of another Qt on this PC would be loaded into ours.
for name in ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH"):
    os.environ.pop(name, None)

# The loader has its libraries by now; the programs that open a folder or a paper want their own.
before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
os.environ.pop("LD_LIBRARY_PATH", None)
if before:
    os.environ["LD_LIBRARY_PATH"] = before
