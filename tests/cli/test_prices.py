"""Prices and paid work by words alone (R97)."""

import pypdf
import pytest

TAKEN = ("tickets", "register", "--place", "3栋大堂", "--kind", "repair", "--text", "水龙头漏水")


@pytest.fixture
def number(run):
    """A repair, and a list with two prices."""
    run("prices", "add", "更换水龙头", "--price", "30", "--unit", "个", "--number", "S01")
    run("prices", "add", "密封圈", "--price", "2.50", "--kind", "material", "--spec", "DN15")
    return run(*TAKEN, "--json").json["number"]


def test_the_list_is_kept_by_words(run, number):
    assert [item["code"] for item in run("prices", "list", "--json").json] == ["S01", "001"]
    changed = run("prices", "set", "S01", "--price", "35", "--note", "含人工", "--json").json
    assert (changed["price_fen"], changed["unit"], changed["note"]) == (3_500, "个", "含人工")
    assert run("prices", "retire", "S01", "--json").json["active"] is False
    assert "S01" not in run("prices", "list").out
    assert "off the list" in run("prices", "list", "--retired").out


def test_r97_a_job_is_agreed_to_then_charged(run, number):
    refused = run("tickets", "charge", number, "--item", "S01")
    assert refused.code == 1
    assert "has not agreed" in refused.err
    agreed = run("tickets", "agree-price", number, "--amount", "50", "--name", "张女士", "--json")
    assert (agreed.json["agreed_fen"], agreed.json["agreed_by"]) == (5_000, "张女士")
    charged = run(
        "tickets", "charge", number, "--item", "S01", "--item", "密封:2",
        "--other", "material:生料带:0.5:3", "--json",
    )  # fmt: skip
    assert charged.json["total_fen"] == 3_000 + 500 + 150
    assert (charged.json["labour_fen"], charged.json["material_fen"]) == (3_000, 650)
    assert charged.json["payment"] == "paid"
    told = run("tickets", "charge", number).out
    assert "36.50" in told
    assert "叁拾陆元伍角整" in told
    assert run("tickets", "charge", number, "--none", "--json").json["lines"] == []


def test_the_list_is_printed_with_every_price(run, number, tmp_path):
    answer = run("prices", "print", "-o", tmp_path / "价目表.pdf", "--json")
    assert answer.json["pages"] == 1
    text = pypdf.PdfReader(tmp_path / "价目表.pdf").pages[0].extract_text()
    words = "".join(text.split())
    for part in ("有偿服务价目表", "S01更换水龙头个30.00", "001密封圈DN152.50"):
        assert part in words
    run("prices", "retire", "S01")
    run("prices", "retire", "001")
    refused = run("prices", "print", "-o", tmp_path / "leer.pdf")
    assert (refused.code, (tmp_path / "leer.pdf").exists()) == (1, False)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--item", "马桶"), "There is no price"),
        (("--item", "S01:两个"), "is no quantity"),
        (("--other", "密封圈:2"), "material:NAME:QUANTITY:YUAN"),
        (("--other", "gift:密封圈:2:1"), "labour, material"),
        (("--other", "material:密封圈:2:面议"), "is no amount"),
    ],
)
def test_a_line_that_is_not_understood_is_told_and_nothing_charged(run, number, words, told):
    run("tickets", "agree-price", number, "--amount", "500", "--name", "张女士")
    answer = run("tickets", "charge", number, *words)
    assert answer.code == 1
    assert told in answer.err
    assert run("tickets", "charge", number, "--json").json["lines"] == []
