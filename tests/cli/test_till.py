"""The till by command (issue 6 part 4): words in, JSON out, sums in fen."""

import csv
from datetime import datetime, timedelta, timezone

import pytest

from propdesk import clock

NOW = datetime(2026, 11, 21, 10, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture(autouse=True)
def morning(monkeypatch):
    """Stand at one morning: receipts bear the year of the clock."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def office(run, residents_file):
    """An office where 3-2-501 owes 100.00 and 50.00 of one item."""
    assert run("import", "residents", residents_file, "--community", "云澜花园").code == 0
    assert run("fees", "items", "--propose").code == 0
    for amount, day in (("100", "2026-01-31"), ("50", "2026-02-28")):
        answer = run(
            "fees", "bill", "add", "3-2-501", "--item", "property", "--amount", amount,
            "--from", f"{day[:8]}01", "--until", day, "--due", day, "--note", "旧欠", "--json",
        )  # fmt: skip
        assert answer.code == 0, answer.err


def pay(run, *words):
    return run("fees", "pay", "--unit", "3栋2单元501", *words, "--json")


def test_p4_a_payment_by_command_shows_change_and_what_it_settled(run, office):
    receipt = pay(run, "--amount", "120", "--means", "cash", "--tendered", "200").json
    assert (receipt["number"], receipt["total_fen"], receipt["change_fen"]) == (
        "SJ-2026-000001", 12_000, 8_000,
    )  # fmt: skip
    assert [line["fen"] for line in receipt["lines"]] == [10_000, 2_000]
    assert receipt["at"] == "2026-11-21T10:00:00"
    several = pay(
        run,
        "--at",
        "2026-11-20T09:00",
        "--amount",
        "30",
        "--means",
        "wechat=20/4200001",
        "--means",
        "cash=10",
    ).json
    assert [one["means"] for one in several["means"]] == ["wechat", "cash"]
    assert several["means"][0]["reference"] == "4200001"
    assert several["at"] == "2026-11-20T09:00:00"
    account = run("fees", "account", "3-2-501", "--json").json
    assert (account["open_fen"], account["prepaid_fen"], len(account["moves"])) == (0, 0, 3)
    assert "0.00" in run("fees", "account", "3-2-501").out


def test_f46_amounts_that_do_not_fit_are_refused_with_a_sentence(run, office):
    for words, code in (
        (("--amount", "0", "--means", "cash"), "draft-incomplete"),
        (("--amount", "-5", "--means", "cash"), "amount-unreadable"),
        (("--amount", "100", "--means", "cash=60"), "means-sum"),
        (("--means", "cash"), "means-amount"),
        (("--amount", "100", "--means", "gold"), "word-unknown"),
        (("--amount", "10", "--bill", "x"), "bill-unreadable"),
        (("--amount", "150.01"), "draft-incomplete"),
    ):
        answer = pay(run, *words)
        assert (answer.code, answer.json["error"]["code"]) == (1, code)
    assert run("fees", "receipts", "--json").json == []
    ahead = pay(run, "--amount", "150.01", "--prepay").json
    assert (ahead["prepaid_after_fen"], ahead["warning"]) == (1, None)


def test_p4_a_named_bill_is_paid_before_older_ones(run, office):
    older, newer = (bill["id"] for bill in run("fees", "bills", "3-2-501", "--json").json)
    assert pay(run, "--amount", "30", "--bill", newer).json["lines"][0]["bill"] == newer
    assert pay(run, "--amount", "30", "--bill", f"{older}=30").json["lines"][0]["bill"] == older


def test_r15_void_refund_and_close_by_command(run, office):
    first, second = (pay(run, "--amount", amount).json["number"] for amount in ("10", "20"))
    void = run("fees", "void", first, "--reason", "收错", "--json").json
    assert (void["void_reason"], void["alone"]) == ("收错", True)
    close = ("fees", "close-day", "--cashier", "前台", "--json")
    assert run(*close).json["cash_fen"] == 2_000
    assert run(*close, "--counted", "19").json["error"]["code"] == "draft-incomplete"
    closed = run(*close, "--counted", "19", "--reason", "少找一元").json
    assert (closed["number"], closed["difference_fen"], closed["voided"]) == (
        "RJ-2026-0001", -100, [first],
    )  # fmt: skip
    refused = run("fees", "void", second, "--reason", "晚了", "--json")
    assert refused.json["error"]["code"] == "receipt-closed"
    back = run("fees", "refund", second, "--reason", "重复", "--json").json
    assert (back["total_fen"], back["refund_of"]) == (-2_000, second)
    listed = run("fees", "receipts", "--unit", "3-2-501", "--json").json
    assert [one["number"] for one in listed] == [back["number"], second, first]
    assert run("fees", "receipts", second, "--json").json["refunds"] == [back["number"]]
    assert run("fees", "receipts", "--check", "--json").json == {"faults": []}
    assert second in run("fees", "receipts", second).out
    assert run("check").code == 0


def test_p2_prepaid_and_deposits_by_command(run, office):
    assert pay(run, "--amount", "200", "--prepay").json["prepaid_after_fen"] == 5_000
    shown = run("fees", "prepaid", "show", "3-2-501", "--on", "2026-11-30", "--json").json
    assert (shown["balance_fen"], shown["refundable_fen"]) == (5_000, 5_000)
    nothing = run("fees", "prepaid", "use", "3-2-501", "--json")
    assert nothing.json["error"]["code"] == "prepaid-nothing"
    back = run("fees", "prepaid", "refund", "3-2-501", "--amount", "20", "--payee", "张伟丰",
               "--reason", "搬走", "--json").json  # fmt: skip
    assert back["total_fen"] == -2_000
    taken = run("fees", "deposit", "take", "3-2-501", "--amount", "500", "--kind", "decoration",
                "--label", "装修押金", "--json").json  # fmt: skip
    assert (taken["total_fen"], taken["warning"]) == (50_000, None)
    (deposit,) = run("fees", "deposit", "list", "--json").json
    kept = run("fees", "deposit", "return", deposit["id"], "--keep", "100", "--reason", "垃圾未清",
               "--json").json  # fmt: skip
    assert (kept["balance_fen"], kept["receipt"] is not None) == (0, True)
    assert run("fees", "deposit", "list", "--json").json == []
    assert run("fees", "account", "3-2-501", "--json").json["prepaid_fen"] == 3_000


def test_p4_a_statement_by_command_is_taken_once_and_undone(run, office, tmp_path):
    file = tmp_path / "流水.csv"
    with file.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([
            ("交易时间", "金额", "交易流水号", "附言"),
            ("2026-01-20 10:00", "100", "B1", "3-2-501 物业费"),
            ("2026-01-20 10:01", "50", "B2", "不知谁"),
        ])  # fmt: skip
    errors = tmp_path / "未匹配.xlsx"
    take = ("import", "payments", file, "--errors", errors, "--json")
    assert run(*take, "--dry-run").json["added"] == 1
    answer = run(*take).json
    assert (answer["added"], answer["rejected"]) == (1, 1)
    assert errors.exists()
    assert run("import", "payments", file, "--json").json["unchanged"] == 1
    undone = run("import", "undo", answer["import"], "--json").json
    assert undone["receipts"] == 1
    assert run("fees", "account", "3-2-501", "--json").json["open_fen"] == 15_000
