"""Photos and scans: told by content, measured before they are decoded, named safely (F45-F49)."""

from dataclasses import replace
from datetime import datetime
from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.attachments import (
    LONGEST_CAPTION,
    MOST_FILES,
    MOST_JPEG_PIXELS,
    MOST_PDF_BYTES,
    MOST_PICTURE_BYTES,
    MOST_PIXELS,
    Attachment,
    FileKind,
    StagedFile,
    check_caption,
    check_count,
    check_pdf,
    check_pixels,
    check_size,
    export_names,
    from_words,
    kind_of,
    kind_refused,
    to_words,
)
from propdesk.domain.errors import RuleError

PDF = b"%PDF-1.4\n1 0 obj<</Type/Page>>endobj\ntrailer<<>>\n%%EOF\n"
FILE = StagedFile("ab" * 32, ".jpg", "IMG_1.JPG", 1000, 40, 30)
PHOTO = Attachment(1, FILE, "", False, datetime(2026, 11, 21), "前台")


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe1\x00\x10Exif", FileKind.JPEG),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", FileKind.PNG),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", FileKind.WEBP),
        (b"BM\x36\x00\x00\x00" + bytes(40), FileKind.BMP),
        (PDF, FileKind.PDF),
        (b"\xef\xbb\xbf\n%PDF-1.7", FileKind.PDF),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", FileKind.HEIC),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00", FileKind.HEIC),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00", FileKind.UNKNOWN),
        (b"GIF89a\x01\x00", FileKind.OTHER_PICTURE),
        (b"II*\x00\x08\x00", FileKind.OTHER_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", FileKind.MARKUP),
        (b"\xef\xbb\xbf  <!DOCTYPE html>", FileKind.MARKUP),
        (b"<html>%PDF-1.4", FileKind.MARKUP),
        (b"PK\x03\x04", FileKind.UNKNOWN),
        (b"", FileKind.UNKNOWN),
    ],
)
def test_f48_a_file_is_told_by_its_content(head, kind):
    assert kind_of(head) is kind


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        (FileKind.HEIC, "picture-heic", "JPEG"),
        (FileKind.OTHER_PICTURE, "picture-kind", "JPEG"),
        (FileKind.MARKUP, "attachment-kind", "PDF"),
        (FileKind.UNKNOWN, "attachment-kind", "PDF"),
    ],
)
def test_f48_what_is_not_kept_is_told_how_to_save_it(kind, code, words):
    refusal = kind_refused(kind, "图\n片.jpg")
    assert (refusal.code, "图 片.jpg" in str(refusal), words in str(refusal)) == (code, True, True)


@pytest.mark.parametrize(
    ("kind", "width", "height", "is_refused"),
    [
        (FileKind.PNG, 20_000, 20_000, True),
        (FileKind.JPEG, 20_000, 20_000, True),
        (FileKind.JPEG, 12_000, 9_000, False),
        (FileKind.PNG, 12_000, 9_000, True),
        (FileKind.PNG, MOST_PIXELS, 1, False),
        (FileKind.PNG, MOST_PIXELS + 1, 1, True),
        (FileKind.JPEG, MOST_JPEG_PIXELS + 1, 1, True),
    ],
)
def test_f48_dots_are_limited_by_the_header(kind, width, height, is_refused):
    if not is_refused:
        check_pixels(kind, width, height, "a.png")
        return
    with pytest.raises(RuleError) as refusal:
        check_pixels(kind, width, height, "a.png")
    assert refusal.value.code == "picture-too-many-pixels"
    assert f"{width} x {height}" in str(refusal.value)


@pytest.mark.parametrize(
    ("kind", "size", "code"),
    [
        (FileKind.JPEG, 0, "attachment-empty"),
        (FileKind.UNKNOWN, 0, "attachment-empty"),
        (FileKind.JPEG, MOST_PICTURE_BYTES, ""),
        (FileKind.JPEG, MOST_PICTURE_BYTES + 1, "attachment-too-large"),
        (FileKind.PDF, MOST_PDF_BYTES, ""),
        (FileKind.PDF, MOST_PDF_BYTES + 1, "attachment-too-large"),
    ],
)
def test_f48_bytes_are_limited(kind, size, code):
    if not code:
        check_size(kind, size, "a.jpg")
        return
    with pytest.raises(RuleError) as refusal:
        check_size(kind, size, "a.jpg")
    assert refusal.value.code == code


def test_a_scan_is_kept():
    check_pdf(PDF, "scan.pdf")
    check_pdf(b"\xef\xbb\xbf" + PDF + bytes(900), "scan.pdf")
    check_pdf(PDF.replace(b"/Page", b"/JSON /Launched /XFAx"), "scan.pdf")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (PDF[:30], "pdf-broken"),
        (b"x" * 2000 + PDF, "pdf-broken"),
        (PDF + bytes(5000), "pdf-broken"),
        (PDF.replace(b"<<>>", b"<</Encrypt 9 0 R>>"), "pdf-locked"),
        (PDF.replace(b"<<>>", b"<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>"), "pdf-active"),
        (PDF.replace(b"<<>>", b"<</S/J#61vaScript>>"), "pdf-active"),
        (PDF.replace(b"<<>>", b"<</S/Launch/F(cmd.exe)>>"), "pdf-active"),
        (PDF.replace(b"<<>>", b"<</Type/EmbeddedFile>>"), "pdf-active"),
    ],
)
def test_f48_a_pdf_that_is_more_or_less_than_a_scan_is_refused(content, code):
    with pytest.raises(RuleError) as refusal:
        check_pdf(content, "scan.pdf")
    assert refusal.value.code == code


def test_f45_a_ticket_has_so_many_files_at_most():
    check_count(MOST_FILES - 1, 1)
    with pytest.raises(RuleError) as refusal:
        check_count(MOST_FILES - 1, 2)
    assert refusal.value.code == "attachments-too-many"


def test_f45_a_caption_fits_below_its_picture():
    assert check_caption("漏" * LONGEST_CAPTION) == ()
    assert check_caption("漏" * (LONGEST_CAPTION + 1))[0].field == "caption"


def test_a_draft_keeps_staged_files_and_outlives_nonsense():
    assert from_words(to_words([FILE])) == (FILE,)
    for words in ("", "[]", "{", "[1]", '[{"colour": 1}]', "null"):
        assert from_words(words) == ()


@pytest.mark.parametrize(
    ("name", "caption", "exported"),
    [
        ("IMG_1.JPG", "", "TS-1-01 IMG_1.jpg"),
        ("IMG_1.JPG", "卫生间 顶部", "TS-1-01 卫生间 顶部.jpg"),
        ("..\\..\\windows\\x.jpg", "", "TS-1-01 windows x.jpg"),
        ("../../etc/passwd", "", "TS-1-01 etc passwd.jpg"),
        ("CON.jpg", "", "TS-1-01 _CON.jpg"),
        ("x.jpg", "lpt1.txt", "TS-1-01 _lpt1.txt.jpg"),
        ("a.jpg", "末尾的点...", "TS-1-01 末尾的点.jpg"),
        ("?.jpg", "", "TS-1-01.jpg"),
    ],
)
def test_f49_exported_names_are_safe(name, caption, exported):
    one = replace(PHOTO, caption=caption, file=replace(FILE, name=name))
    assert list(export_names("TS-1", [one])) == [exported]


@given(name=st.text(max_size=400), caption=st.text(max_size=80))
def test_f49_whatever_it_was_called_the_name_stays_in_its_folder(name, caption):
    one = replace(PHOTO, caption=caption, file=replace(FILE, name=name))
    (exported,) = export_names("TS-202611-0001", [one])
    assert PureWindowsPath(exported).name == exported
    assert exported.endswith(".jpg")
    assert len(exported) < 120
    assert not set(exported) & set('\\/:*?"<>|\x00\n\r\t\u202e')
