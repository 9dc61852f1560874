"""Which pages may show the chat."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.chat.origins import OriginsUnreadable, read_origins


def test_origins_are_read_as_browsers_write_them() -> None:
    written = "https://Shop.example/\n\n http://127.0.0.1:8090 https://shop.example:443\nhttps://[::1]:8443"
    assert read_origins({"origins": written}) == ("https://shop.example", "http://127.0.0.1:8090", "https://[::1]:8443")


@pytest.mark.parametrize(
    "written", ["shop.example", "https://shop.example/help", "https://*", "javascript:alert(1)", "https://a;b", "null"]
)
def test_what_is_no_origin_is_named(written: str) -> None:
    with pytest.raises(OriginsUnreadable, match=re.escape(repr(written))):
        read_origins({"origins": f"https://good.example {written}"})


@given(st.text())
def test_nothing_that_is_written_can_add_to_a_header(written: str) -> None:
    try:
        origins = read_origins({"origins": written})
    except OriginsUnreadable:
        return
    assert not re.search(r"[\s;,'\"*]", "".join(origins))
