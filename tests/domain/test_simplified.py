"""Traditional characters are compared as simplified ones; what is written stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.simplified import simplified


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("張偉豐", "张伟丰"),
        ("樓棟", "楼栋"),
        ("業主電話", "业主电话"),
        ("歐陽鍾葉", "欧阳钟叶"),
        ("张伟丰 3-2-501", "张伟丰 3-2-501"),
        ("Zhang", "Zhang"),
        ("", ""),
    ],
)
def test_names_and_headings_in_either_script(written, read):
    assert simplified(written) == read


@given(st.text())
def test_every_text_keeps_its_length_and_is_simplified_once_and_for_all(text):
    once = simplified(text)
    assert len(once) == len(text)
    assert simplified(once) == once
