"""`house-board` and `print house-board`."""

import pypdf


def test_counts_of_all_and_by_building(run, residents_file):
    run("import", "residents", residents_file)
    told = run("house-board", "--json").json
    assert told["houses"] == 3
    assert told["state"]["not-said"] + told["state"]["owner-occupied"] == 3
    assert told["tickets"] == {"overdue": 0, "complaint": 0, "open": 0, "none": 3}
    assert [one["building"] for one in told["buildings"]] == ["3", None]
    assert told["buildings"][0]["entrances"][0]["houses"] == 2
    assert told["buildings"][1]["strips"] == [
        {"kind": "home", **{key: told["buildings"][1][key] for key in (
            "houses", "people", "state", "tickets", "marks")}}
    ]  # fmt: skip
    one = run("house-board", "--building", "3栋", "--json").json
    assert one["houses"] == 2
    assert "Occupancy" in run("house-board").out


def test_an_unknown_building_and_an_empty_office(run, residents_file):
    empty = run("house-board", "--json").json
    assert (empty["houses"], empty["buildings"]) == (0, [])
    run("import", "residents", residents_file)
    answer = run("house-board", "--building", "77")
    assert answer.code == 1
    assert "«77»" in answer.err
    assert "there are 3" in answer.err


def test_the_board_is_printed_on_either_size(run, residents_file, tmp_path):
    run("import", "residents", residents_file)
    for size, wide in (("a4", 297), ("a3", 420)):
        target = tmp_path / f"{size}.pdf"
        answer = run(
            "print", "house-board", "--paper", size, "--colour", "tickets", "-o", target, "--json"
        )
        assert answer.json == {"file": str(target), "pages": 1, "replaced_characters": []}
        box = pypdf.PdfReader(target).pages[0].mediabox
        assert round(float(box.width) / 72 * 25.4) == wide


def test_wrong_words_are_refused_with_those_that_are_known(run, residents_file, tmp_path):
    run("import", "residents", residents_file)
    target = tmp_path / "b.pdf"
    answer = run("print", "house-board", "--colour", "rainbow", "-o", target)
    assert answer.code == 1
    assert "state, tickets" in answer.err
    assert run("print", "house-board", "--paper", "a5", "-o", target).code == 1
    assert run("print", "house-board", "-o", tmp_path / "b.docx").code == 1
    assert not target.exists()


def test_l25_who_owes_fees_never_hangs_on_a_wall(run, residents_file, tmp_path):
    run("import", "residents", residents_file)
    target = tmp_path / "b.pdf"
    answer = run("--lang", "en", "print", "house-board", "--colour", "arrears", "-o", target)
    assert answer.code == 1
    assert "PIPL 25" in answer.err
    assert not target.exists()
