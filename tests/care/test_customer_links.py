"""A customer's own link is hidden from staff, however mail programs disguise it."""

from __future__ import annotations

import pytest

from goodword.care.customer_links import without_customer_links

TOKEN = "q3fT-7kLm_Zp0RwXyB9cVd2sHn5JgE8uA1iQoKt4eMc"  # as `new_token` makes them
HIDDEN = "[the customer’s own link]"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"Is it? https://care.example/s/{TOKEN}/.", f"Is it? {HIDDEN}."),
        (f"https://care.example/survey/{TOKEN}\nBye", f"{HIDDEN}\nBye"),
        (f"HTTPS://CARE.EXAMPLE:443/S/{TOKEN}/ and care.example//s/{TOKEN}/", f"{HIDDEN} and {HIDDEN}"),
        (
            f"https://x.safelinks.example/?url=https%3A%2F%2Fcare.example%2Fs%2F{TOKEN}%2F&data=1",
            f"https://x.safelinks.example/?url={HIDDEN}&data=1",
        ),
        (f"u=https%253a%252f%252fcare.example%252fs%252f{TOKEN}", f"u={HIDDEN}"),
        (f"https://care.example/s/{TOKEN[:20]}=\r\n{TOKEN[20:]}/", HIDDEN),
        (f"> https://care.example/s/\n> {TOKEN[:9]}\n> {TOKEN[9:]}/ said", f"> {HIDDEN} said"),
    ],
)
def test_the_link_is_hidden(text: str, shown: str) -> None:
    assert without_customer_links(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "https://care.example/s/short/ or /s/",
        f"https://care.example/story/{TOKEN}/",
        f"https://care.example/s/{TOKEN}x/",
        f"{TOKEN} alone",
    ],
)
def test_other_links_stay(text: str) -> None:
    assert without_customer_links(text) == text
