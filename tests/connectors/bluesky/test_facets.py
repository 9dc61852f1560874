from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.bluesky.facets import facets_of

KNOWN = {"mara.example.org": "did:plc:mara"}
TAGS_AND_NAMES = ["@mara.example.org", "@nobody.test", "#Jacke", "#2026", "a@b.example"]
WORDS = st.sampled_from(["Grüße", "👩‍👩‍👧", "https://a.example/?b=ü", "日本", ".", *TAGS_AND_NAMES])


def pieces(text: str) -> list[tuple[str, Any]]:
    """Each facet's piece of the text, cut out by its bytes as an app would."""
    found = []
    for facet in facets_of(text, KNOWN.get):
        index, (feature,) = facet["index"], facet["features"]
        piece = text.encode()[index["byteStart"] : index["byteEnd"]].decode()
        found.append((piece, feature.get("did") or feature.get("uri") or feature.get("tag")))
    return found


def test_what_is_found() -> None:
    text = "Hallo @mara.example.org, 👩‍👩‍👧 siehe (https://harbour.example/wiki/Jacke_(rot)). #nass #1"
    text += " @nobody.test x@y.example"
    assert pieces(text) == [
        ("@mara.example.org", "did:plc:mara"),
        ("https://harbour.example/wiki/Jacke_(rot)", "https://harbour.example/wiki/Jacke_(rot)"),
        ("#nass", "nass"),
    ]


def test_a_tag_within_a_link_is_none() -> None:
    assert pieces("https://harbour.example/#top") == [("https://harbour.example/#top", "https://harbour.example/#top")]


@given(words=st.lists(WORDS, max_size=12), between=st.sampled_from([" ", "\n", " – ", " 🧥 "]))
def test_bytes_cut_out_what_was_meant_and_nothing_overlaps(words: list[str], between: str) -> None:
    text = between.join(words)
    for piece, meaning in pieces(text):
        assert KNOWN.get(piece[1:], piece.removeprefix("#")) == meaning
    starts = [(f["index"]["byteStart"], f["index"]["byteEnd"]) for f in facets_of(text, KNOWN.get)]
    assert all(end <= start for (_, end), (start, _) in pairwise(starts))


@given(text=st.text())
def test_any_text_can_be_sent(text: str) -> None:
    for facet in facets_of(text, KNOWN.get):
        assert (
            0 <= facet["index"]["byteStart"] < facet["index"]["byteEnd"] <= len(text.encode("utf-8", "surrogatepass"))
        )
