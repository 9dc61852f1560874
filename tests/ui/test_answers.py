from __future__ import annotations

import pytest

from goodword.ui.answers import way_back


@pytest.mark.parametrize("given", ["/w/harbour/inbox/?view=mine", "/w/harbour/inbox/?q=%0d"])
def test_a_form_goes_on_to_a_page_of_ours(given: str) -> None:
    assert way_back(given, otherwise="/") == given


@pytest.mark.parametrize(
    "given",
    [
        *("", "inbox", "//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)"),
        *("/w/\r\nSet-Cookie: a=b", "/w/\u202e", "/w/\x00", "/\t/evil.example", "/w/\ud800"),
    ],
)
def test_and_to_no_other(given: str) -> None:
    assert way_back(given, otherwise="/w/harbour/") == "/w/harbour/"
