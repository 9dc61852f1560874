from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.kernel.ids import read_id


@given(st.integers(0, 10**18 - 1))
def test_a_number_is_read_as_it_is_written(number: int) -> None:
    assert read_id(str(number)) == number


@pytest.mark.parametrize("given", ["", " 1", "-1", "+1", "1_0", "1e3", "٣", "²", "x", "1\0", "9" * 19, "9" * 5000])
def test_anything_else_names_nothing(given: str) -> None:
    assert read_id(given) is None


@given(st.text())
def test_whatever_is_typed_is_no_number_beyond_what_a_table_holds(given: str) -> None:
    read = read_id(given)
    assert read is None or 0 <= read < 2**63
