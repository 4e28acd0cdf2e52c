"""Photos on the command line: added, listed, taken off, handed out."""

import pytest
from PIL import Image


@pytest.fixture
def number(run):
    """The number of a registered ticket."""
    answer = run("tickets", "register", "--place", "大堂", "--kind", "repair", "--text", "漏水",
                 "--json")  # fmt: skip
    return answer.json["number"]


@pytest.fixture
def photo(tmp_path):
    def write(name, colour="red", size=(64, 48)):
        file = tmp_path / name
        Image.new("RGB", size, colour).save(file, "JPEG")
        return file

    return write


def test_photos_are_added_listed_and_taken_off(run, number, photo):
    files = photo("a.jpg"), photo("b.jpg", "blue")
    words = ("--caption", "卫生间", "--on-paper", "--json")
    answer = run("attachments", "add", number, *files, *words)
    assert answer.code == 0
    assert answer.json["refused"] == []
    first, second = answer.json["added"]
    assert (first["n"], first["name"], first["on_paper"]) == (1, "a.jpg", True)
    assert (second["caption"], second["width"], second["height"]) == ("卫生间", 64, 48)
    shown = run("attachments", "list", number, "--json").json
    assert shown == [one | {"missing": False} for one in (first, second)]
    left = run("attachments", "remove", number, 1, "--json").json
    assert [one["sha256"] for one in left] == [second["sha256"]]
    events = run("tickets", "show", number, "--json").json["events"]
    assert [event["kind"] for event in events] == ["registered", "attached", "detached"]


def test_f48_what_cannot_be_taken_is_named_and_the_rest_is_added(run, number, photo, tmp_path):
    (tmp_path / "page.jpg").write_text("<html>")
    answer = run("attachments", "add", number, tmp_path / "page.jpg", photo("a.jpg"), "--json")
    assert answer.code == 1
    assert [one["name"] for one in answer.json["added"]] == ["a.jpg"]
    (refused,) = answer.json["refused"]
    assert (refused["name"], refused["code"]) == ("page.jpg", "attachment-kind")
    said = run("attachments", "add", number, tmp_path / "page.jpg")
    assert (said.code, "page.jpg" in said.out) == (1, True)


def test_f34_a_missing_file_is_said(run, number, photo, data, tmp_path):
    (one,) = run("attachments", "add", number, photo("a.jpg"), "--json").json["added"]
    (file,) = (data / "attachments").glob("*/*.jpg")
    assert file.stem == one["sha256"]
    file.unlink()
    assert run("attachments", "list", number, "--json").json[0]["missing"] is True
    assert "FILE MISSING" in run("attachments", "list", number).out
    answer = run("attachments", "export", number, "--to", tmp_path / "out", "--json")
    assert (answer.code, answer.json) == (1, {"files": [], "missing": ["a.jpg"]})


def test_files_are_handed_out_once(run, number, photo, tmp_path):
    run("attachments", "add", number, photo("a.jpg"), "--caption", "楼道")
    out = tmp_path / "out"
    answer = run("attachments", "export", number, "--to", out, "--json")
    assert answer.json["files"] == [str(out / f"{number}-01 楼道.jpg")]
    again = run("attachments", "export", number, "--to", out, "--json")
    assert (again.code, again.json["error"]["code"]) == (1, "file-exists")


def test_a_place_that_is_not_in_the_list_is_refused_and_nothing_is_taken_off(run, number, photo):
    run("attachments", "add", number, photo("a.jpg"))
    answer = run("attachments", "remove", number, 1, 2, "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "attachment-unknown")
    assert len(run("attachments", "list", number, "--json").json) == 1


def test_refusals_before_anything_is_read(run, number, photo):
    assert run("attachments", "add", "TS-1", "a.jpg", "--json").json["error"]["code"]
    caption = ("--caption", "漏" * 61, "--json")
    answer = run("attachments", "add", number, photo("a.jpg"), *caption)
    assert answer.json["error"]["code"] == "draft-incomplete"
    assert run("attachments", "list", number, "--json").json == []
