"""The folders of one user, of all users of a PC, and of the demo."""

import sys
from pathlib import Path

from propdesk import paths


def test_the_demo_lies_beside_the_data_and_never_in_it():
    assert paths.demo_data().parent == paths.user_data().parent
    assert paths.demo_data() != paths.user_data()


def test_only_windows_has_a_folder_whose_files_every_user_may_change(monkeypatch):
    monkeypatch.setenv("PUBLIC", str(Path("public")))
    monkeypatch.setattr(sys, "platform", "win32")
    assert paths.shared_data() == Path("public/Documents/propdesk")
    monkeypatch.delenv("PUBLIC")
    assert paths.shared_data() is None
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PUBLIC", str(Path("public")))
    assert paths.shared_data() is None
