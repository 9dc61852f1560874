"""Where the new words of a mail end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.mime.quoting import visible_length

NEW = "Any news?\n\nMara"


@pytest.mark.parametrize(
    "below",
    [
        "> Hello Mara\n>\n> Ann",
        "On Wed, 4 Mar 2026 at 11:44, Ann <care@harbour.example> wrote:\n> Hello Mara",
        "On Wed, Mar 4, 2026 at 11:44 AM Ann Li (Harbour)\n<care@harbour.example> wrote:\n\n> Hello\n>\n",
        "Am 04.03.2026 um 11:44 schrieb Harbour:\n> Hallo",
        "Le mer. 4 mars 2026 à 11:44, Harbour <care@harbour.example> a écrit :\n> Bonjour",
        "El mié, 4 mar 2026, Harbour escribió:\n> Hola",
        "-----Original Message-----\nFrom: Harbour\nHello Mara",
        "---------- Forwarded message ---------\nFrom: Ann",
        "From: Harbour <care@harbour.example>\nSent: Wednesday, March 4, 2026 10:44\nTo: Mara\n\nHello",
        "Von: Harbour\nGesendet: Mittwoch, 4. März 2026\nAn: Mara\n\nHallo",
        "On Wednesday Ann <care@harbour.example> wrote:\nHello Mara, no marks here",
        "-- \nMara Jovanović\nBelgrade",
        "Sent from my iPhone",
        "-- \nMara\n\nOn Wed, 4 Mar 2026 Ann wrote:\n> Hello",
    ],
)
def test_what_stands_below_is_old(below: str) -> None:
    text = f"{NEW}\n\n{below}"
    assert text[: visible_length(text)] == NEW


@pytest.mark.parametrize(
    "text",
    [
        NEW,
        "> You asked for the order number.\n\n40718.",
        "On Wed, 4 Mar 2026 Ann wrote:\n> Your order number?\n\n40718.\n\n> And your name?\n\nMara",
        "> only a quotation",
        "On the whole I must say that the person on the phone wrote: nothing\nand so on",
        "From: the bottom of my heart\n\nthank you",
        "",
    ],
)
def test_where_in_doubt_all_of_it_is_new(text: str) -> None:
    assert visible_length(text) == len(text)


@given(st.text(st.sampled_from("> \nOn wrote:abFrom-_"), max_size=200))
def test_something_is_always_left(text: str) -> None:
    length = visible_length(text)
    assert 0 <= length <= len(text)
    assert not text.strip() or text[:length].strip()
