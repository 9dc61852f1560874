"""Characters are found anywhere, whichever and however many are looked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.language.searches import needles
from goodword.language.searches.needles import Needles

texts = st.text("ab+é東😀", max_size=12)


@pytest.mark.parametrize("few", [0, 100])
@given(parts=st.lists(texts.filter(bool), max_size=12), text=texts)
def test_just_those_that_a_text_has_are_found(few: int, parts: list[str], text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(needles, "_FEW", few)
        assert sorted(Needles(parts).within(text)) == sorted({part for part in parts if part in text})


def test_what_most_have_in_common_is_not_what_they_are_filed_under() -> None:
    known = Needles(f"https://shop{number}.example/" for number in range(1_000))
    assert list(known.within("see https://shop517.example/sale")) == ["https://shop517.example/"]
    assert max(map(len, known._by_run.values())) <= 110
