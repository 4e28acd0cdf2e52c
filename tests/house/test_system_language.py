"""The language of a program that nobody told one: the system's, else Chinese."""

import os
import subprocess
import sys

import pytest

SAY = "from propdesk import i18n; print(i18n.system_language())"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows names no locale by variables")
@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "zh_CN"),
        ({"LC_ALL": "C"}, "zh_CN"),
        ({"LANG": "C.UTF-8"}, "zh_CN"),
        ({"LANG": "de_DE.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.GBK"}, "zh_CN"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh_CN"),
    ],
)
def test_the_system_says_which_language(variables, language):
    others = {key: text for key, text in os.environ.items() if not key.startswith(("LC_", "LANG"))}
    command = [sys.executable, "-c", SAY]
    done = subprocess.run(command, check=True, capture_output=True, env=others | variables)
    assert done.stdout.decode().strip() == language
