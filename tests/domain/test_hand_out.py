"""The order in which many work orders are printed: by worker, then by house."""

from itertools import pairwise

import pytest

from propdesk.domain.hand_out import hand_out_key, walking_key


def test_f10_houses_stand_in_walking_order():
    walked = ["1-1-101", "1-2-101", "3-2-501", "3-2-1101", "12#", "12-1-101", "商铺2", "商铺12"]
    for before, after in pairwise(walked):
        assert walking_key(before) < walking_key(after)


@pytest.mark.parametrize("text", ["", "大门", "٣-1", "3-2-501", "²", "A-1201"])
def test_any_place_has_its_key(text):
    assert walking_key(text) <= walking_key(text + "末")


def test_f10_a_stack_for_each_worker_and_those_without_one_last():
    stacks = [
        ("工程部", "李强", "12-1-101", "BX-1"),
        ("工程部", "王建国", "3-2-501", "BX-3"),
        ("工程部", "王建国", "12-1-101", "BX-2"),
        ("工程部", "", "1-1-101", "BX-4"),
        ("", "", "1-1-101", "BX-5"),
    ]
    for before, after in pairwise(stacks):
        assert hand_out_key(*before) < hand_out_key(*after)
