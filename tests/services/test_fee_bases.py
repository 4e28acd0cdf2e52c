"""Pages of contracts and approvals: kept once, taken out by row only, handed to the pack."""

import pytest
from PIL import Image

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_bases import BasisDraft
from propdesk.domain.fee_items import BasisKind
from propdesk.services.fee_bases import add_basis, add_basis_files, remove_basis_file
from propdesk.services.queries.attachments import attachment_path
from propdesk.services.queries.fee_bases import count_basis_uses, list_basis_files


def test_l944_a_page_is_kept_once_and_its_content_stays_when_it_is_taken_out(world, act, tmp_path):
    basis = add_basis(BasisDraft(BasisKind.CONTRACT, "合同"), by=world.desk.id)
    scan = tmp_path / "scan.png"
    Image.new("RGB", (60, 80), "white").save(scan)
    (tmp_path / "note.txt").write_text("no page")
    files = (scan, tmp_path / "note.txt")
    added, refused = add_basis_files(world.office, basis.id, files, **act())
    assert [one.file.name for one in added] == ["scan.png"]
    assert len(refused) == 1
    assert add_basis_files(world.office, basis.id, (scan,), **act()) == ((), ())
    assert count_basis_uses() == {basis.id: (0, 1)}
    remove_basis_file(added[0].id, **act())
    assert list_basis_files(basis.id) == ()
    assert attachment_path(world.office, added[0].file).is_file()
    with pytest.raises(RuleError) as refusal:
        remove_basis_file(added[0].id, **act())
    assert refusal.value.code == "file-not-there"
