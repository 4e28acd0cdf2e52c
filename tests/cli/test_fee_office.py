"""`propdesk fees ...` shows what houses owe only to who may see fees (law.md 1.6)."""

import argparse

import pytest

from propdesk.cli.main import build_parser

# What names no house: prices are published (Civil Code 943), words and rules are the office's own.
OPEN_TO_ALL = {
    "fees items", "fees tariff", "fees tariffs", "fees basis", "fees rules", "fees settings",
    "fees lint", "fees template list", "fees template show", "fees publications",
}  # fmt: skip
READS = (
    "account 3-2-501",
    "prepaid show 3-2-501",
    "deposit list",
    "arrears",
    "arrears --per building",
    "case 3-2-501",
    "limitation",
    "collection --period 2026-11",
    "bills 3-2-501",
    "bill explain 1",
    "shared list",
    "runs",
    "receipts",
    "unit list 3-2-501",
    "letters",
    "letter show X",
    "plans 3-2-501",
    "acts 3-2-501",
    "meters",
    "readings 3-2-501",
    "suspension list",
)


def leaves(parser, path=()):
    below = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    for action in below:
        for name, child in action.choices.items():
            yield from leaves(child, (*path, name))
    if not below or not below[0].required:
        yield " ".join(path), parser


def test_l16_every_command_about_fees_asks_who_acts():
    silent = {
        path
        for path, parser in leaves(build_parser())
        if path.startswith("fees ") and "by" not in {one.dest for one in parser._actions}
    }
    assert silent <= OPEN_TO_ALL


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office with a house and a guard."""
    from propdesk import clock
    from propdesk.domain.staff import Role
    from propdesk.domain.units import Address
    from propdesk.services import offices, staff, units
    from propdesk.services.queries.staff import find_department, first_desk

    folder = tmp_path_factory.mktemp("fees") / "office"
    office = offices.open_office(folder, now=clock.now())
    try:
        by = first_desk().id
        units.add_unit(Address("3", "2", "501"), community="云澜花园", by=by)
        order = find_department("安管部").id
        staff.add_staff("赵队长", by=by, department_id=order, role=Role.SUPERVISOR)
    finally:
        offices.close_office(office)
    return folder


@pytest.mark.parametrize("words", READS)
def test_l16_reads_of_fees_refuse_guards(run, office, words):
    answer = run("fees", *words.split(), "--by", "赵队长", "--json", folder=office)
    assert answer.code != 0
    assert answer.json["error"]["code"] == "guards-no-fees"
