"""Labels of things and points: every one decodes to what opens it; the list of days on paper."""

import shutil
import subprocess
from dataclasses import replace

import pytest
from PIL import Image
from pypdf import PdfReader

from propdesk.domain.asset_labels import label_text, read_label
from propdesk.domain.assets import AssetDraft, AssetKind, PointDraft
from propdesk.domain.errors import RuleError
from propdesk.domain.numbers import read_qr
from propdesk.services import assets
from propdesk.services.printing_assets import print_labels, print_statutory_dates
from propdesk.services.queries.assets import find_labelled


@pytest.fixture
def things(world):
    """A sheet and a half of things: with our number, with their own, with a Chinese one."""
    by, now = world.desk.id, world.now
    codes = ("", "DT-01", "一号梯", "x")
    return [
        assets.add_asset(
            AssetDraft(f"{place + 1}# 客梯", AssetKind.LIFT, code=codes[place] if place < 4 else "",
                       place="地下二层消防水泵房东侧控制柜旁的很长很长的位置说明"),
            by=by, now=now,
        )
        for place in range(30)
    ]  # fmt: skip


def decoded(target, folder):
    """Return what the labels of a PDF say, each held before a scanner by itself."""
    for tool in ("pdftoppm", "zbarimg"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed, so the codes cannot be read back")
    subprocess.run(["pdftoppm", "-r", "200", "-mono", target, folder / "page"], check=True)
    labels = []
    for page in sorted(folder.glob("page-*.pbm")):
        with Image.open(page) as picture:
            wide, high = picture.width / 3, picture.height / 8
            for place in range(24):
                row, column = divmod(place, 3)
                box = (column * wide, row * high, (column + 1) * wide, (row + 1) * high)
                labels.append(folder / f"{page.stem}-{place}.png")
                picture.crop(tuple(map(round, box))).convert("L").save(labels[-1])
    found = subprocess.run(
        ["zbarimg", "-q", "--raw", *labels], check=False, capture_output=True, text=True
    )
    return set(found.stdout.split())


def test_r99_each_label_decodes_to_the_thing_it_hangs_on(world, things, tmp_path) -> None:
    point = assets.add_point(PointDraft("电梯机房", asset_id=things[0].id), by=world.desk.id)
    target = tmp_path / "labels.pdf"
    ids = {one.id for one in things}
    drawn = print_labels(target, by=world.desk.id, asset_ids=ids, point_ids={point.id}, skip=2)
    assert drawn.pages == 2
    said = decoded(target, tmp_path)
    assert len(said) == 31
    opened = set()
    for text in said:
        assert read_qr(text) is None  # nobody takes it for a work order
        opened.add(find_labelled(read_label(text)).id if "/E/" in text or "/F/" in text else 0)
    assert opened == ids | {0}
    assert "张伟丰" not in PdfReader(target).pages[0].extract_text()
    assert read_label(text[:-1] + str((int(text[-1]) + 1) % 10)) is None


def test_a_label_of_another_office_or_of_nothing_opens_nothing(world, things) -> None:
    code = read_label(label_text("SB-01", 1, 9, is_point=False))
    with pytest.raises(RuleError) as refusal:
        find_labelled(replace(code, code="SB99"))
    assert refusal.value.code == "label-unknown"


def test_the_list_of_days_on_paper(world, things, tmp_path) -> None:
    target = tmp_path / "dates.pdf"
    soon = replace(things[1].draft, licence_until=world.now.date())
    assets.change_asset(things[1].id, soon, version=1, by=world.desk.id, now=world.now)
    print_statutory_dates(target, by=world.desk.id, now=world.now)
    assert "DT-01 2# 客梯" in PdfReader(target).pages[0].extract_text()
