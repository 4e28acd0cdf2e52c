"""What the engine reports becomes a sentence; what nobody foresaw stays a bug."""

import errno

import pytest
from peewee import IntegrityError, OperationalError
from sqlcipher3 import dbapi2

from propdesk.domain.errors import RuleError
from propdesk.storage import database as db
from propdesk.storage.faults import explain_disk, explained


def engine_error(number: int) -> Exception:
    error = dbapi2.OperationalError("…")
    error.sqlite_errorcode = number
    return error


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (dbapi2.SQLITE_FULL, "disk-full"),
        (dbapi2.SQLITE_IOERR, "disk-error"),
        (dbapi2.SQLITE_IOERR | 3 << 8, "disk-error"),
        (dbapi2.SQLITE_BUSY, "data-busy"),
        (dbapi2.SQLITE_READONLY, "data-read-only"),
        (dbapi2.SQLITE_CANTOPEN, "data-unreadable"),
        (dbapi2.SQLITE_CORRUPT, "data-damaged"),
        (dbapi2.SQLITE_NOTADB, "data-not-database"),
    ],
)
def test_each_known_fault_has_its_sentence(number, code):
    for error in (engine_error(number), OperationalError("…")):
        error.orig = engine_error(number)
        with pytest.raises(RuleError) as refusal, explained():
            raise error
        assert refusal.value.code == code
        assert str(refusal.value)


def test_the_fault_behind_a_lost_savepoint_is_told():
    def fail() -> None:
        try:
            raise engine_error(dbapi2.SQLITE_FULL)
        except dbapi2.OperationalError:
            raise engine_error(dbapi2.SQLITE_ERROR) from None

    with pytest.raises(RuleError) as refusal, explained():
        fail()
    assert refusal.value.code == "disk-full"


def test_unknown_faults_stay_bugs(office):
    with pytest.raises(OperationalError), explained():
        db.rows("SELECT nothing FROM nowhere")
    with pytest.raises(IntegrityError), explained():
        db.database.execute_sql("INSERT INTO phone VALUES (1, 1, '', '')")
    with pytest.raises(ZeroDivisionError), explained():
        raise ZeroDivisionError
    with pytest.raises(FileNotFoundError), explained():
        raise FileNotFoundError(errno.ENOENT, "gone")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_outside_the_engine_is_the_same_refusal(number):
    assert explain_disk(OSError(number, "full")).code == "disk-full"


def test_a_forbidden_place_is_named():
    refusal = explain_disk(PermissionError(errno.EACCES, "no", "/office/letter.pdf"))
    assert refusal.code == "place-forbidden"
    assert "/office/letter.pdf" in str(refusal)
    assert explain_disk(OSError(errno.ENOENT, "gone")) is None


def test_another_program_that_holds_the_file_is_told(office, start_python):
    script = """
    from sqlcipher3 import dbapi2
    tool = dbapi2.connect(str(folder / "office.db"), isolation_level=None)
    tool.execute("BEGIN IMMEDIATE")
    print("held", flush=True)
    sys.stdin.readline()
    """
    tool = start_python(script, office.folder)
    assert tool.stdout.readline() == "held\n"
    db.database.execute_sql("PRAGMA busy_timeout = 50")
    with pytest.raises(RuleError) as refusal, explained(), db.database.atomic("IMMEDIATE"):
        pytest.fail("the tool holds the file")
    assert refusal.value.code == "data-busy"
    tool.kill()
    tool.wait()
    with explained(), db.database.atomic("IMMEDIATE"):
        db.database.execute_sql("DELETE FROM draft")


def test_a_fault_inside_a_nested_transaction_writes_nothing(office, add_tickets, counted):
    def fail() -> None:
        add_tickets(1)
        with db.database.atomic():
            # The engine ends the whole transaction, as it does on a full disk.
            db.database.connection().rollback()
            raise engine_error(dbapi2.SQLITE_FULL)

    add_tickets(1)
    with pytest.raises(RuleError) as refusal, explained(), db.database.atomic("IMMEDIATE"):
        fail()
    assert refusal.value.code == "disk-full"
    assert counted() == 1
    assert db.database.transaction_depth() == 0
    add_tickets(1)
    assert counted() == 2
