from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goodword.honesty.rules.known import known_in


def test_what_we_know_of_them_is_found_however_it_is_written() -> None:
    known = ["mara@example.org", "+44 20 7946 0018", "mara.climbs", "Kim", ""]
    text = "Hi Kim! We wrote to MARA@example.org and called +44 (20) 7946-0018."
    assert known_in(text, known) == ["MARA@example.org", "44 (20) 7946-0018"]
    assert known_in("We wrote to lamara@example.organic", known) == []


@given(st.text(max_size=120), st.lists(st.text(max_size=30), max_size=6))
def test_only_what_stands_in_the_text_is_found(text: str, known: list[str]) -> None:
    assert all(found in text for found in known_in(text, known))
