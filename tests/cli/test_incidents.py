"""Incidents, merges, links and bulk on the command line."""

import pypdf
import pytest


@pytest.fixture
def register(run, residents_file):
    assert run("import", "residents", residents_file).code == 0

    def one(*more, unit="3-2-501", kind="repair", text="家里没电"):
        answer = run(
            "tickets", "register", "--unit", unit, "--kind", kind, "--text", text,
            "--class", "incident.power", "--json", *more,
        )  # fmt: skip
        assert answer.code == 0, answer.err
        return answer.json["number"]

    return one


@pytest.fixture
def ask(run):
    """Run a command with --json and return its value; it must not be refused."""

    def go(*words, code=0):
        answer = run(*words, "--json")
        assert answer.code == code, answer.err
        return answer.json

    return go


def test_f9_from_a_cluster_to_the_closing_of_its_incident(register, ask):
    numbers = [register(), register(unit="3-2-502"), register(kind="complaint")]
    (cluster,) = ask("tickets", "clusters")
    assert cluster["building"] == "3栋"
    assert cluster["class"] == "incident.power"
    assert cluster["tickets"] == numbers
    master = ask("incidents", "create", *numbers, "--tell", "12 点恢复")
    assert (master["number"], master["is_master"]) == (numbers[0], True)
    assert ask("tickets", "clusters") == []
    late = register(unit="3-2-502")
    ask("incidents", "attach", numbers[0], late)
    ask("incidents", "tell", numbers[0], "--text", "已恢复")
    (shown,) = ask("incidents", "list")
    assert (shown["parts"], shown["tell_callers"]) == ([numbers[1], numbers[2], late], "已恢复")
    assert ask("incidents", "detach", late)["master"] is None
    answered = ask("incidents", "answer", numbers[0], "--text", "线路已修复")
    assert answered["done"] == [numbers[1], numbers[2], numbers[0]]
    closed = ask("incidents", "close", numbers[0], code=1)
    # The repairs were closed by their reply; the complaint waits for its follow-up (R40).
    assert {one["number"] for one in closed["not_done"]} >= {numbers[2]}
    assert ask("tickets", "show", numbers[2])["status"] == "replied"
    assert ask("tickets", "show", numbers[1])["status"] == "closed"
    assert ask("incidents", "list") == []
    assert [one["number"] for one in ask("incidents", "list", "--all")] == [numbers[0]]


def test_f9_a_new_ticket_for_the_building_is_the_master(register, ask):
    numbers = [register(), register(unit="3-2-502")]
    master = ask(
        "incidents", "create", *numbers, "--place", "3栋", "--text", "3栋停电",
        "--class", "incident.power",
    )  # fmt: skip
    assert (master["place"], master["class"]) == ("3栋", "incident.power")
    assert ask("incidents", "list")[0]["parts"] == numbers


def test_f9_refusals_are_one_line(register, run, ask):
    first, second = register(), register()
    refused = run("incidents", "attach", first, second, "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "incident-unknown")
    refused = run("incidents", "close", first, "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "incident-unknown")
    assert len(refused.err.splitlines()) == 1


def test_f6_merge_link_and_related(register, run, ask):
    first, second, third = register(), register(), register(unit="3-2-502")
    merged = ask("tickets", "merge", second, "--into", first, "--text", "同一件事")
    assert (merged["status"], merged["merged_into"]) == ("merged", first)
    ask("tickets", "link", third, "--with", first)
    assert {(one["relation"], one["number"]) for one in ask("tickets", "related", first)} >= {
        ("merged-from", second),
        ("related", third),
    }
    ask("tickets", "unlink", first, "--with", third)
    refused = run("tickets", "unlink", first, "--with", third, "--json")
    assert refused.json["error"]["code"] == "link-missing"
    again = run("tickets", "merge", first, "--into", second, "--json")
    assert again.json["error"]["code"] == "merge-itself"


def test_r43_json_names_what_is_repeated(register, ask):
    first, second = register(kind="complaint"), register(kind="complaint")
    assert ask("tickets", "show", first)["repeat_of"] is None
    assert ask("tickets", "show", second)["repeat_of"] == first


def test_f10_bulk_dispatch_and_close_with_one_summary(register, run, ask):
    numbers = [register() for _n in range(3)]
    complaint = register(kind="complaint")
    run("tickets", "void", numbers[2], "--text", "误报")
    result = ask(
        "tickets", "bulk", "dispatch", "--to", "工程部", "--numbers", *numbers, code=1
    )  # fmt: skip
    assert result["done"] == numbers[:2]
    assert [(one["number"], one["code"]) for one in result["not_done"]] == [
        (numbers[2], "ticket-ended")
    ]
    left = ask("tickets", "bulk", "dispatch", "--department", "工程部", "--group", "to-dispatch")
    assert left["done"] == [complaint]
    closed = ask(
        "tickets", "bulk", "close", "--group", "in-work", "--text", "已恢复", code=1
    )  # fmt: skip
    assert sorted(closed["done"]) == sorted(numbers[:2])
    assert [one["number"] for one in closed["not_done"]] == [complaint]
    words = run("tickets", "bulk", "close", "--numbers", complaint, "--text", "已恢复")
    assert words.out.splitlines()[0] == "0 done, 1 not done."
    assert words.out.splitlines()[1].startswith(complaint)
    refused = run("tickets", "bulk", "close", "--group", "nonsense", "--json")
    assert refused.json["error"]["code"] == "group-unknown"


def test_f10_several_work_orders_in_one_file(register, ask, tmp_path):
    numbers = [register(unit="3-2-502"), register(), register(unit="3-2-502")]
    target = tmp_path / "派工单.pdf"
    printed = ask("print", "work-order", *numbers, "-o", target, "--copies", "1")
    assert (printed["numbers"], printed["pages"]) == (numbers, 3)
    ask("print", "work-order", *numbers, "-o", target, "--copies", "1", "--sort", "worker")
    pages = [page.extract_text() for page in pypdf.PdfReader(target).pages]
    wanted = [numbers[1], numbers[0], numbers[2]]
    assert all(number in page for number, page in zip(wanted, pages, strict=True))
