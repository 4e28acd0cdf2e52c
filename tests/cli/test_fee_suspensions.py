"""`propdesk fees suspension`: noted, ended, listed and voided (Civil Code 194)."""


def test_c194_an_obstacle_is_noted_ended_and_voided(run, data, residents_file):
    assert run("import", "residents", residents_file).code == 0
    noted = run(
        "fees", "suspension", "note", "3-2-501", "--obstacle", "no-heir", "--from", "2026-09-01",
        "--note", "死亡证明", "--json",
    ).json  # fmt: skip
    assert (noted["unit"], noted["from"], noted["until"]) == ("3-2-501", "2026-09-01", None)
    ended = run("fees", "suspension", "end", noted["id"], "--on", "2026-10-15", "--json").json
    assert ended["until"] == "2026-10-15"
    assert "2026-10-15" in run("fees", "suspension", "list", "3-2-501").out
    void = run("fees", "suspension", "void", noted["id"], "--reason", "录错", "--json").json
    assert void["void_reason"] == "录错"
    assert run("fees", "suspension", "list", "--json").json == []
    assert len(run("fees", "suspension", "list", "--void", "--json").json) == 1
