"""Documents of a house: in as photos of tickets come, by topic and person, in every backup."""

import io

import pytest
from PIL import Image

from propdesk.domain.access import AccessAct
from propdesk.domain.errors import RuleError
from propdesk.domain.house_papers import DocumentDraft, DocumentTopic
from propdesk.services import attachments, backups, documents
from propdesk.services.checking import check_office
from propdesk.services.parts.files_in import PastedFile
from propdesk.services.queries.access import AccessFilter, list_access
from propdesk.services.queries.attachments import attachment_path, read_attachment
from propdesk.services.queries.documents import count_documents, get_document, list_documents
from propdesk.services.queries.residents import list_residents

LEASE = DocumentDraft(DocumentTopic.LEASE, caption="租赁合同第一页")


def pasted(colour="red", name="合同.png"):
    content = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(content, "PNG", pnginfo=None)
    return PastedFile(name, content.getvalue())


@pytest.fixture
def add(world):
    """Give files to the house at the desk."""

    def go(*files, draft=LEASE, unit=None):
        return documents.add_documents(
            world.office, (unit or world.home).id, files, draft, by=world.desk.id, now=world.now
        )

    return go


def test_a_document_lies_in_the_file_of_its_house(world, add):
    owner = list_residents(world.home.id, world.now.date())[0].person_id
    (one,), refused = add(
        pasted(), draft=DocumentDraft(DocumentTopic.OWNERSHIP, owner, "  不动产证 ")
    )
    assert refused == ()
    assert (one.topic, one.person, one.attachment.caption) == ("ownership", "张伟丰", "不动产证")
    assert list_documents(world.home.id) == (one,)
    assert list_documents(world.home.id, DocumentTopic.LEASE) == ()
    assert list_documents(world.villa.id) == ()
    assert count_documents(world.home.id)[DocumentTopic.OWNERSHIP] == 1
    assert one.attachment.file.suffix == ".jpg", "drawn anew: no place and no time of the photo"
    assert read_attachment(world.office, one.attachment.file) is not None


def test_the_same_document_twice_and_one_for_two_houses(world, add):
    add(pasted())
    with pytest.raises(RuleError) as refused:
        add(pasted())
    assert refused.value.code == "document-already"
    (other,), _refused = add(pasted(), unit=world.villa)
    (first,) = list_documents(world.home.id)
    assert other.attachment.file.sha256 == first.attachment.file.sha256
    documents.remove_document(first.id, by=world.desk.id, now=world.now)
    assert read_attachment(world.office, other.attachment.file) is not None


def test_what_is_no_photo_is_refused_and_leaves_nothing(world, add):
    (), refused = add(PastedFile("病毒.exe", b"MZ" + bytes(100)))
    assert [one.code for one in refused]
    assert list_documents(world.home.id) == ()
    files = [p for p in world.office.attachments.rglob("*") if p.is_file()]
    assert files == []


def test_a_person_of_another_house_is_refused_and_nothing_is_written(world, add):
    with pytest.raises(RuleError) as refused:
        add(pasted(), draft=DocumentDraft(DocumentTopic.IDENTITY, 999))
    assert refused.value.code == "resident-unknown"
    assert list_documents(world.home.id) == ()
    assert [p for p in world.office.attachments.rglob("*") if p.is_file()] == []


def test_it_is_changed_taken_out_and_never_deleted(world, add):
    (one,), _refused = add(pasted())
    changed = documents.change_document(
        one.id, DocumentDraft(DocumentTopic.CONSENT), by=world.desk.id
    )
    assert (changed.topic, changed.attachment.caption) == (DocumentTopic.CONSENT, "")
    documents.remove_document(one.id, by=world.desk.id, now=world.now)
    assert list_documents(world.home.id) == ()
    assert read_attachment(world.office, one.attachment.file) is not None
    with pytest.raises(RuleError) as refused:
        get_document(one.id)
    assert refused.value.code == "document-unknown"


def test_a_document_is_none_of_a_tickets_photos(world, add):
    (one,), _refused = add(pasted())
    with pytest.raises(RuleError):
        attachments.remove_attachment(one.id, by=world.desk.id, now=world.now)
    assert list_documents(world.home.id) == (one,)


def test_r85_looking_at_a_document_is_noted(world, add):
    (one,), _refused = add(pasted())
    documents.note_document_opened(one.id, by=world.worker.id, now=world.now)
    (line,) = list_access(AccessFilter(unit_id=world.home.id))
    assert (line.act, line.staff, line.what) == (
        AccessAct.OPENED, world.worker.name, f"document {one.id}",
    )  # fmt: skip


def test_documents_leave_the_office_for_a_purpose_only(world, add, tmp_path):
    add(pasted())
    give = tmp_path / "交出"
    how = {"by": world.desk.id, "now": world.now}
    with pytest.raises(RuleError) as refused:
        documents.export_documents(world.office, world.home.id, give, purpose=" ", **how)
    assert refused.value.code == "purpose-missing"
    assert not give.exists()
    files, missing = documents.export_documents(
        world.office, world.home.id, give, purpose="业主本人索取", **how
    )
    assert missing == ()
    assert [file.parent for file in files] == [give]
    assert "租赁合同" in files[0].name
    (line,) = list_access(AccessFilter(unit_id=world.home.id, act=AccessAct.EXPORTED))
    assert line.purpose == "业主本人索取"
    with pytest.raises(RuleError) as refused:
        documents.export_documents(world.office, world.home.id, give, purpose="再一次", **how)
    assert refused.value.code == "file-exists"


def test_a_missing_document_is_found_by_the_check_and_is_in_the_backup(world, add, tmp_path):
    (one,), _refused = add(pasted())
    backups.make_backup(world.office, now=world.now)
    lies = attachment_path(world.office, one.attachment.file)
    assert list(world.office.backups.rglob(lies.name)), "it lies beside the backup"
    assert {line.name: line.ok for line in check_office(world.office).lines}["attachments"]
    lies.unlink()
    assert not {line.name: line.ok for line in check_office(world.office).lines}["attachments"]
