"""Photos and scans of tickets: real files in, drawn anew, stored once, removed, handed out."""

import hashlib
import io
import os
import struct
import subprocess
import sys
import textwrap
import zlib
from functools import partial
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from propdesk.domain.attachments import HEAD, LONG_SIDE, MOST_FILES, to_words, webp_size
from propdesk.domain.errors import Cancelled, DraftError, RuleError
from propdesk.domain.tickets import EventKind, Kind, TicketDraft
from propdesk.services import attachments, drafts, tickets
from propdesk.services.attachments import PastedFile
from propdesk.services.queries.attachments import (
    get_attachment,
    list_attachments,
    read_attachment,
)
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage import attachment_files
from propdesk.storage.attachment_files import StoredName

PDF = b"%PDF-1.4\n1 0 obj<</Type/Page>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def ticket(world):
    draft = TicketDraft(Kind.REPAIR, "卫生间漏水", unit_id=world.home.id)
    return tickets.register_ticket(draft, by=world.desk.id, now=world.now)


@pytest.fixture
def photo(tmp_path):
    """Write a photo as a phone does and return its file."""

    def write(name="IMG_1.jpg", size=(640, 480), colour="red", kind="JPEG", **how):
        file = tmp_path / "手机" / name
        file.parent.mkdir(exist_ok=True)
        Image.new("RGB", size, colour).save(file, kind, **how)
        return file

    return write


@pytest.fixture
def add(world, ticket):
    """Add files to the ticket at the desk."""

    def go(*files, **how):
        return attachments.add_attachments(
            world.office, ticket.id, files, by=world.desk.id, now=world.now, **how
        )

    return go


def on_disk(world) -> list[str]:
    folder = world.office.attachments
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def stored(world, attachment) -> Image.Image:
    return Image.open(io.BytesIO(read_attachment(world.office, attachment.file)))


def test_f34_a_photo_lies_under_the_hash_of_its_content(world, ticket, add, photo):
    ((one,), refused) = add(photo())
    assert refused == ()
    content = read_attachment(world.office, one.file)
    assert hashlib.sha256(content).hexdigest() == one.file.sha256
    assert on_disk(world) == [f"{one.file.sha256[:2]}/{one.file.sha256}.jpg"]
    assert (one.file.name, one.file.bytes, one.by) == ("IMG_1.jpg", len(content), world.desk.name)
    assert list_attachments(ticket.id) == (one,)
    event = get_ticket(ticket.id).events[-1]
    assert event.kind is EventKind.ATTACHED
    assert event.detail == {"name": "IMG_1.jpg", "sha256": one.file.sha256}


def test_f48_nothing_but_what_can_be_seen_is_kept(world, add, photo):
    exif = Image.Exif()
    exif[0x010F] = "HUAWEI"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (39.0, 54.0, 26.0)
    file = photo(size=(640, 480), exif=exif, comment=b"3-2-501")
    assert b"HUAWEI" in file.read_bytes()
    ((one,), _refused) = add(file)
    picture = stored(world, one)
    assert picture.size == (one.file.width, one.file.height) == (480, 640)
    assert not picture.getexif()
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    content = read_attachment(world.office, one.file)
    assert b"HUAWEI" not in content
    assert b"3-2-501" not in content


@pytest.mark.parametrize(
    "how", [{}, {"lossless": True}, {"exif": b"Exif\x00\x00MM\x00*" + bytes(6)}]
)
def test_f48_the_header_of_a_webp_is_read_right(photo, how):
    head = photo("a.webp", (321, 123), kind="WEBP", **how).read_bytes()[:HEAD]
    assert webp_size(head) == (321, 123)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP"])
def test_f48_a_large_picture_is_kept_small(world, add, photo, kind):
    ((one,), _refused) = add(photo(f"a.{kind.lower()}", (3000, 1000), kind=kind))
    assert stored(world, one).size == (LONG_SIDE, 667)
    assert one.file.suffix == ".jpg"
    red, green, blue = stored(world, one).getpixel((1000, 300))
    assert red > 245 > 10 > max(green, blue)


def test_what_can_be_seen_through_lies_on_white(world, add, tmp_path):
    for mode, empty in (("RGBA", (0, 0, 0, 0)), ("LA", (0, 0)), ("P", 0)):
        file = tmp_path / f"{mode}.png"
        more = {"transparency": 0} if mode == "P" else {}
        Image.new(mode, (40, 30 + len(mode)), empty).save(file, **more)
        ((one,), _refused) = add(file)
        assert min(stored(world, one).getpixel((20, 15))) > 250


def test_grey_of_16_bits_is_no_white_sheet(world, add, tmp_path):
    Image.new("I;16", (40, 30), 0x8000).save(tmp_path / "scan.png")
    ((one,), _refused) = add(tmp_path / "scan.png")
    assert stored(world, one).getpixel((20, 15))[0] in range(126, 131)


def test_the_colours_of_a_phone_become_those_of_screens(world, add, photo):
    """A profile that swaps red and green leaves a green picture."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    swapped = profile.replace(b"rXYZ", b"tmp!").replace(b"gXYZ", b"rXYZ").replace(b"tmp!", b"gXYZ")
    ((plain,), _refused) = add(photo("a.jpg", icc_profile=bytes(profile)))
    ((other,), _refused) = add(photo("b.jpg", icc_profile=bytes(swapped)))
    ((odd,), _refused) = add(photo("c.jpg", size=(80, 60), icc_profile=b"nonsense"))
    assert stored(world, plain).getpixel((9, 9))[0] > 245
    assert stored(world, other).getpixel((9, 9))[1] > 200
    assert stored(world, odd).getpixel((9, 9))[0] > 245


def test_f34_the_same_photo_lies_there_once(world, ticket, add, photo):
    ((one,), _refused) = add(photo())
    other = tickets.register_ticket(
        TicketDraft(Kind.REPAIR, "又漏", unit_id=world.home.id), by=world.desk.id, now=world.now
    )
    files = (photo(), photo("again.jpg"))
    (added, _refused) = attachments.add_attachments(
        world.office, other.id, files, by=world.desk.id, now=world.now
    )
    assert [each.file.sha256 for each in added] == [one.file.sha256]
    assert len(on_disk(world)) == 1
    with pytest.raises(RuleError) as refusal:
        add(photo())
    assert refusal.value.code == "attachment-already"


def test_a_file_that_was_staged_twice_is_attached_once(world, ticket, photo):
    """Dropped and then pasted into the same form."""
    stage = partial(attachments.stage_files, world.office, by=world.desk.id)
    twice = (*stage((photo(),)).files, *stage((photo("again.jpg"),)).files)
    added = attachments.attach_files(
        world.office, ticket.id, twice, by=world.desk.id, now=world.now
    )
    assert len(added) == len(list_attachments(ticket.id)) == 1
    assert len(on_disk(world)) == 1
    assert len(list_attachments(ticket.id)) == 1


def test_a_scan_is_kept_byte_by_byte_and_not_printed(world, ticket, tmp_path, photo):
    (tmp_path / "scan.pdf").write_bytes(PDF)
    staged = attachments.stage_files(
        world.office, (tmp_path / "scan.pdf", photo()), by=world.desk.id
    )
    scan, picture = attachments.attach_files(
        world.office, ticket.id, staged.files, by=world.desk.id, now=world.now,
        caption="现场", on_paper=True,
    )  # fmt: skip
    assert read_attachment(world.office, scan.file) == PDF
    assert (scan.is_picture, scan.on_paper, picture.on_paper) == (False, False, True)
    with pytest.raises(RuleError) as refusal:
        attachments.change_attachment(
            scan.id, by=world.desk.id, now=world.now, caption="现场", on_paper=True
        )
    assert refusal.value.code == "pdf-on-paper"


def bomb(width: int, height: int) -> bytes:
    """A PNG whose header claims so many dots, with a handful of bytes for them."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(100_000))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data)
            + chunk(b"IEND", b""))  # fmt: skip


def jpeg(size=(64, 48)) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).save(out, "JPEG")
    return out.getvalue()


BAD = {
    "empty.jpg": (b"", "attachment-empty"),
    "20000.png": (bomb(20_000, 20_000), "picture-too-many-pixels"),
    "20000.jpg": (
        jpeg().replace(struct.pack(">HH", 48, 64), struct.pack(">HH", 20_000, 20_000), 1),
        "picture-too-many-pixels",
    ),
    "16384.webp": (
        b"RIFF\x10\x00\x00\x00WEBPVP8X\n\x00\x00\x00" + bytes(4) + b"\xff\x3f\x00" * 2 + bytes(99),
        "picture-too-many-pixels",
    ),
    "cut.jpg": (jpeg((640, 480))[:20_000], "picture-broken"),
    "head.jpg": (jpeg()[:300], "picture-broken"),
    "cut.png": (bomb(4000, 4000), "picture-broken"),
    "noise.jpg": (b"\xff\xd8\xff" + os.urandom(4000), "picture-broken"),
    "noise.webp": (b"RIFF\x10\x00\x00\x00WEBP" + bytes(300), "picture-broken"),
    "noise.bmp": (b"BM" + os.urandom(300), "picture-broken"),
    "drawing.jpg": (b"<svg><script>alert(1)</script></svg>", "attachment-kind"),
    "page.png": (b"<!DOCTYPE html><img src=x onerror=alert(1)>", "attachment-kind"),
    "phone.jpg": (b"\x00\x00\x00\x18ftypheic" + bytes(400), "picture-heic"),
    "moving.jpg": (b"GIF89a" + bytes(400), "picture-kind"),
    "word.pdf": (b"PK\x03\x04" + bytes(400), "attachment-kind"),
    "cut.pdf": (PDF[:20], "pdf-broken"),
    "locked.pdf": (PDF.replace(b"<<>>", b"<</Encrypt 1 0 R>>"), "pdf-locked"),
}


@pytest.mark.parametrize("name", BAD)
def test_f48_bad_files_are_refused_with_a_sentence_and_leave_nothing(
    world, ticket, add, tmp_path, name
):
    content, code = BAD[name]
    (tmp_path / name).write_bytes(content)
    before = get_ticket(ticket.id)
    added, (refused,) = add(tmp_path / name)
    assert (added, refused.code, refused.name) == ((), code, name)
    assert name in refused.text
    assert on_disk(world) == []
    assert get_ticket(ticket.id) == before


def test_f48_a_picture_of_another_ending_is_taken_for_what_it_is(add, photo):
    ((one,), refused) = add(photo("scan.pdf", kind="PNG"))
    assert (one.file.suffix, refused) == (".jpg", ())


def test_f48_folders_and_what_is_gone_are_refused_and_the_others_taken(add, photo, tmp_path):
    gone = photo("gone.jpg")
    gone.unlink()
    (tmp_path / "folder.jpg").mkdir()
    os.mkfifo(tmp_path / "pipe.jpg")
    sources = (tmp_path / "folder.jpg", gone, photo("good.jpg"), tmp_path / "pipe.jpg")
    (added, refused) = add(*sources)
    assert [one.file.name for one in added] == ["good.jpg"]
    assert [one.name for one in refused] == ["folder.jpg", "gone.jpg", "pipe.jpg"]
    assert {one.code for one in refused} == {"attachment-unreadable"}


def test_a_pasted_picture_is_taken(world, add):
    ((one,), _refused) = add(PastedFile("剪贴板 1.png", bomb_free_png()))
    assert (one.file.name, stored(world, one).size) == ("剪贴板 1.png", (30, 20))


def bomb_free_png() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (30, 20), "blue").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("part", [0, 1, 2, 3])
def test_cancel_leaves_nothing_and_the_next_try_works(world, ticket, add, photo, part):
    def progress(done, total):
        assert total == 3
        if done == part:
            raise Cancelled

    files = [photo(f"{n}.jpg", colour=colour) for n, colour in enumerate(("red", "blue", "white"))]
    with pytest.raises(Cancelled):
        add(*files, on_progress=progress)
    assert on_disk(world) == []
    assert list_attachments(ticket.id) == ()
    (added, _refused) = add(*files)
    assert len(added) == 3


def test_cancel_keeps_what_another_ticket_has(world, add, photo):
    ((one,), _refused) = add(photo())

    def stop(done, total):
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        attachments.stage_files(
            world.office, (photo(), photo("b.jpg", colour="blue")), by=world.desk.id,
            on_progress=stop,
        )  # fmt: skip
    assert on_disk(world) == [f"{one.file.sha256[:2]}/{one.file.sha256}.jpg"]


def test_f45_more_than_a_ticket_holds_is_refused_before_anything_is_read(world, add):
    with pytest.raises(RuleError) as refusal:
        add(*[Path(f"{n}.jpg") for n in range(100_000)])
    assert refusal.value.code == "attachments-too-many"
    assert str(MOST_FILES) in str(refusal.value)


DISK_FULL = """
import resource, signal, sys
from functools import partial
from datetime import datetime
from functools import partial
from pathlib import Path
from propdesk.domain.errors import RuleError
from propdesk.services import attachments, offices
from propdesk.services.queries.staff import first_desk
folder, photo = Path(sys.argv[1]), Path(sys.argv[2])
office = offices.open_office(folder, now=datetime(2026, 11, 21, 9, 30))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    attachments.stage_files(office, (photo,), by=first_desk().id)
except RuleError as refusal:
    print(refusal.code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file sizes")
def test_a_disk_full_midway_leaves_nothing_half(world, ticket, photo, tmp_path):
    from propdesk.services import offices

    offices.close_office(world.office)
    noise = tmp_path / "noise.jpg"
    Image.effect_noise((1200, 900), 80).save(noise, quality=95)
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(DISK_FULL), world.office.folder, noise],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout.split(), done.stderr) == (["disk-full"], "")
    assert on_disk(world) == []
    offices.open_office(world.office.folder, now=world.now)
    assert attachments.add_attachments(
        world.office, ticket.id, (noise,), by=world.desk.id, now=world.now
    )[0]


def test_f34_missing_and_changed_files_are_told_apart_from_whole_ones(world, add, photo):
    ((one,), _refused) = add(photo())
    file = StoredName(one.file.sha256, ".jpg").below(world.office.attachments)
    content = file.read_bytes()
    file.write_bytes(content[:-1] + b"\x00")
    assert read_attachment(world.office, one.file) is None
    file.unlink()
    assert read_attachment(world.office, one.file) is None
    # The photo is still on the phone: adding it once more mends the office.
    with pytest.raises(RuleError, match=r"already|已"):
        add(photo())
    assert read_attachment(world.office, one.file) == content


def test_r24_a_caption_and_the_tick_are_changed_and_the_old_words_stay(world, ticket, add, photo):
    ((one,), _refused) = add(photo())
    changed = attachments.change_attachment(
        one.id, by=world.worker.id, now=world.now, caption=" 楼上\n地漏 ", on_paper=True
    )
    assert (changed.caption, changed.title, changed.on_paper) == ("楼上 地漏", "楼上 地漏", True)
    again = attachments.change_attachment(
        one.id, by=world.worker.id, now=world.now, caption="地漏", on_paper=True
    )
    details = [event.detail for event in get_ticket(ticket.id).events[-2:]]
    assert details == [{"caption": "", "on_paper": ""}, {"caption": "楼上 地漏"}]
    same = attachments.change_attachment(
        one.id, by=world.worker.id, now=world.now, caption="地漏", on_paper=True
    )
    assert same == again
    assert len(get_ticket(ticket.id).events) == 4
    with pytest.raises(DraftError):
        attachments.change_attachment(
            one.id, by=world.desk.id, now=world.now, caption="漏" * 61, on_paper=True
        )


def test_a_removed_file_leaves_the_ticket_and_stays_in_the_books(world, ticket, add, photo):
    ((one,), _refused) = add(photo())
    attachments.remove_attachment(one.id, by=world.desk.id, now=world.now)
    assert list_attachments(ticket.id) == ()
    (kept,) = list_attachments(ticket.id, with_removed=True)
    assert (kept.id, kept.removed_at) == (one.id, world.now.replace(tzinfo=None))
    assert read_attachment(world.office, one.file) is not None
    event = get_ticket(ticket.id).events[-1]
    assert (event.kind, event.detail["sha256"]) == (EventKind.DETACHED, one.file.sha256)
    for act in (
        lambda: attachments.remove_attachment(one.id, by=world.desk.id, now=world.now),
        lambda: attachments.change_attachment(
            one.id, by=world.desk.id, now=world.now, caption="x", on_paper=False
        ),
    ):
        with pytest.raises(RuleError) as refusal:
            act()
        assert refusal.value.code == "attachment-removed"
    ((again,), _refused) = add(photo())
    assert again.id != one.id


def test_a_ticket_that_has_ended_still_takes_photos(world, ticket, add, photo):
    tickets.void_ticket(ticket.id, reason="重复", by=world.desk.id, now=world.now)
    ((one,), _refused) = add(photo())
    assert get_ticket(ticket.id).status == "void"
    assert one in list_attachments(ticket.id)


def test_staged_files_are_discarded_unless_a_draft_names_them(world, photo):
    (file,) = attachments.stage_files(world.office, (photo(),), by=world.desk.id).files
    drafts.keep_draft("ticket", {"files": to_words([file])}, now=world.now)
    attachments.discard_files(world.office, (file,))
    assert len(on_disk(world)) == 1
    drafts.drop_draft("ticket")
    attachments.discard_files(world.office, (file,))
    assert on_disk(world) == []


def test_a_file_that_was_discarded_meanwhile_is_not_attached(world, ticket, photo):
    (file,) = attachments.stage_files(world.office, (photo(),), by=world.desk.id).files
    attachments.discard_files(world.office, (file,))
    with pytest.raises(RuleError) as refusal:
        attachments.attach_files(world.office, ticket.id, (file,), by=world.desk.id, now=world.now)
    assert refusal.value.code == "attachment-missing"
    assert list_attachments(ticket.id) == ()


def test_files_are_handed_out_and_nothing_is_overwritten(world, ticket, add, photo, tmp_path):
    add(photo("a.jpg"), photo("b.jpg", colour="blue"))
    first, second = list_attachments(ticket.id)
    StoredName(second.file.sha256, ".jpg").below(world.office.attachments).unlink()
    out = tmp_path / "out" / "deep"
    done = attachments.export_attachments(world.office, ticket.id, out, by=world.desk.id)
    assert [file.name for file in done.files] == [f"{ticket.number}-01 a.jpg"]
    assert done.missing == ("b.jpg",)
    assert done.files[0].read_bytes() == read_attachment(world.office, first.file)
    done.files[0].write_text("mine")
    with pytest.raises(RuleError) as refusal:
        attachments.export_attachments(world.office, ticket.id, out, by=world.desk.id)
    assert refusal.value.code == "file-exists"
    assert done.files[0].read_text() == "mine"


def test_a_part_file_of_a_killed_program_is_no_attachment(world, add, photo):
    ((one,), _refused) = add(photo())
    name = StoredName(one.file.sha256, ".jpg")
    part = name.below(world.office.attachments).with_suffix(".jpg.part")
    part.write_bytes(b"half")
    assert list(attachment_files.listed(world.office.attachments)) == [name]
    attachment_files.sweep(world.office.attachments)
    assert not part.exists()
    assert get_attachment(one.id) == one
