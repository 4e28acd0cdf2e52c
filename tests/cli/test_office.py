"""`propdesk office`: what the first start's window does, on the command line."""

import pytest

from propdesk import paths
from propdesk.cli.main import main
from propdesk.services import offices

NAME = "云澜花园物业服务中心"


@pytest.fixture
def create(run, tmp_path):
    """Make an office with everything that can be named."""

    def go(*more, folder=None):
        (tmp_path / "usb").mkdir(exist_ok=True)
        words = (
            "office", "create", "--name", NAME, "--phone", "0571-88001234", "--desk", "李敏",
            "--community", "云澜花园", "--community", "云澜二期", "--staff", "王建国",
            "--staff", "赵敏:客服部:cashier", "--second-backup", tmp_path / "usb", "--json", *more,
        )  # fmt: skip
        return run(*words) if folder is None else run(*words, folder=folder)

    return go


def test_an_office_is_made_with_everything_at_once(create, run, data, tmp_path):
    made = create()
    assert made.code == 0, made.err
    assert made.json == {
        "folder": str(data),
        "name": NAME,
        "phone": "0571-88001234",
        "communities": ["云澜二期", "云澜花园"],
        "staff": [
            {"code": "01", "name": "李敏", "department": "客服部", "role": "front-desk"},
            {"code": "02", "name": "王建国", "department": None, "role": "worker"},
            {"code": "03", "name": "赵敏", "department": "客服部", "role": "cashier"},
        ],
        "second_backup": str(tmp_path / "usb"),
    }
    assert run("office", "show", "--json").json == made.json
    assert NAME in run("office", "show").out
    assert run("check").code == 0


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--name", " "), "setting-empty"),
        (("--community", "云澜花园"), "community-exists"),
        (("--staff", "王建国"), "staff-exists"),
        (("--staff", "孙海涛:没有的部门"), "department-unknown"),
        (("--staff", "孙海涛::boss"), "word-unknown"),
        (("--second-backup", "gone/usb"), "backup-folder-missing"),
    ],
)
def test_what_is_wrong_with_one_word_makes_no_office(create, data, more, code):
    refused = create(*more)
    assert (refused.code, refused.json["error"]["code"]) == (1, code)
    assert not offices.holds_office(data)
    assert create().code == 0


def test_an_office_is_not_made_over_another(create, run):
    create()
    before = run("office", "show", "--json").json
    assert create("--name", "别的").json["error"]["code"] == "office-exists"
    assert run("office", "show", "--json").json == before


def test_a_remembered_office_that_is_gone_is_not_made_anew(tmp_path, capsys):
    offices.remember_office(tmp_path / "gone")
    assert main(["office", "create", "--name", NAME]) == 1
    assert not (tmp_path / "gone").exists()
    assert not paths.user_data().exists()


def test_an_office_is_changed_word_by_word(create, run):
    create()
    changed = run("office", "set", "--phone", "0571-1", "--second-backup", "", "--json").json
    assert (changed["name"], changed["phone"], changed["second_backup"]) == (NAME, "0571-1", None)
    assert run("office", "set", "--community", "云澜三期", "--json").json["communities"] == [
        "云澜三期", "云澜二期", "云澜花园",
    ]  # fmt: skip
    refused = run("office", "set", "--name", "别的", "--by", "王建国", "--json")
    assert refused.json["error"]["code"] == "not-allowed"


def test_an_office_of_this_pc_is_opened_from_now_on(create, run, data, tmp_path):
    create()
    assert run("office", "use", tmp_path, "--json").json["error"]["code"] == "office-missing"
    assert offices.remembered_office() is None
    used = run("office", "use", data, "--json").json
    assert used == {"folder": str(data), "name": NAME, "units": 0, "tickets": 0}
    assert offices.remembered_office() == data
