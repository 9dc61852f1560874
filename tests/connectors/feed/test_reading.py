"""Documents as sites publish them, well and badly written, and those written to do harm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.connectors.contract import Heard, Kind
from goodword.connectors.feed.entries import Feed, NotAFeed, raw_of
from goodword.connectors.feed.parse import parse
from goodword.connectors.feed.reading import read_feed
from goodword.connectors.feed.stars import of_five

DOCUMENTS = {path.name: path.read_bytes() for path in (Path(__file__).parent / "documents").iterdir()}
NOW = datetime(2026, 3, 5, tzinfo=UTC)
AT = datetime(2026, 3, 4, 10, 41, tzinfo=UTC)


def read(name: str, address: str = "https://talk.example/feed") -> Feed:
    return read_feed(DOCUMENTS[name], kind="", address=address)


def heard_in(feed: Feed) -> list[Heard]:
    return [parse(raw_of(entry, place="talk.example", now=NOW)) for entry in feed.entries]


def test_reviews_of_an_app_store() -> None:
    feed = read("app-store.xml")
    (review,) = heard_in(feed)
    assert (review.kind, review.rating, review.title) == (Kind.REVIEW, 1.0, "Logs me out & out")
    assert review.text == "Every morning.\nPlease mend it."  # as text, not as the table around it
    assert (review.author.native_id, review.author.name) == (
        "https://itunes.apple.com/us/reviews/id99",
        "walks-in-rain",
    )
    assert (review.native_id, review.at, review.lang) == ("11223344", AT + timedelta(hours=7), "en")
    assert feed.next_page.endswith("page=2/id=1/xml")


def test_rss_with_the_usual_mistakes() -> None:
    feed = read("forum.rss")
    zips, title_only = heard_in(feed)  # an item without words says nothing
    assert feed.title == "Rain & shine"
    assert feed.every == timedelta(minutes=45)
    assert (zips.title, zips.text) == ('AT&T; and "zips"', "Café zip broke.")
    assert (zips.author.name, zips.author.native_id) == ("Ola Bergström", "ola@example.org")
    assert zips.author.email == ""  # anybody can write any address there
    assert (zips.native_id, zips.url, zips.rating) == ("t-2", "https://talk.example/t/2", 3.5)
    assert zips.media[0].url == "https://forum.example/zip.jpg"
    assert (title_only.text, title_only.title, title_only.at) == ("Only a title", "", NOW)
    assert title_only.url == "https://forum.example/t/1"
    assert title_only.author.native_id == "unnamed:https://forum.example/t/1"


def test_comments_deletions_and_hubs_of_atom() -> None:
    feed = read("comments.atom")
    comment, gone = heard_in(feed)
    assert (comment.text, comment.kind, comment.parent) == (
        "Same here.\n\nSee this (https://x.example/).",
        Kind.REPLY,
        "c-1",
    )
    assert (comment.author.name, comment.author.native_id) == ("The house", "The house@talk.example")
    assert (gone.native_id, gone.deleted, gone.text) == ("c-1", True, "")
    assert (feed.title, feed.every, feed.hub) == ("Talk here", timedelta(hours=6), "https://hub.example/")
    assert feed.topic == "https://talk.example/comments.atom"


def test_json_feed() -> None:
    feed = read("talk.json")
    zips, summary = heard_in(feed)  # an item that can't be read doesn't hide the others
    assert (zips.native_id, zips.text, zips.lang) == ("7", "Der Reißverschluss klemmt.", "de")
    assert zips.at == AT - timedelta(hours=1)
    assert [each.url for each in zips.media] == ["https://talk.example/zip.jpg"]
    assert summary.text == "a < b\nc"
    assert (feed.hub, feed.next_page) == ("https://hub.example/", "https://talk.example/feed.json?page=2")


def test_the_same_words_are_the_same_bytes() -> None:
    again = DOCUMENTS["app-store.xml"].replace(b"<im:voteCount>3", b"<im:voteCount>4").replace(b"12:00:00", b"13:00:00")
    (first,), (second,) = (
        read_feed(each, kind="", address="https://x.example").entries for each in (DOCUMENTS["app-store.xml"], again)
    )
    assert raw_of(first, place="x", now=NOW) == raw_of(second, place="x", now=NOW)


LAUGHS = (
    b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b"<rss><channel><title>&b;</title></channel></rss>"
)
OUTSIDE = b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title></channel></rss>'
PARAMETER = b'<!DOCTYPE l [<!ENTITY % a SYSTEM "http://127.0.0.1/"> %a;]><rss><channel/></rss>'
NESTED = b"<rss><channel>" + b"<item>" * 50_000
MANY = b"<rss><channel>" + b"<a/>" * 500_000
UNFINISHED = b"<rss><channel><title>Never ends</title><item>"
OTHERS = [
    b"",
    b"{}",
    b"[1]",
    b"hello",
    b"\x00\x01",
    b"<a/>",
    b"<rss/>",
    b'{"version":"x","items":[]}',
    b"\xff\xfe<\x00",
]


@pytest.mark.parametrize("document", [LAUGHS, OUTSIDE, PARAMETER, NESTED, MANY, UNFINISHED, *OTHERS])
def test_what_is_no_feed_or_does_harm_is_refused(document: bytes) -> None:
    with pytest.raises(NotAFeed, match=r"This is"):
        read_feed(document, kind="text/xml", address="https://x.example")


def test_a_document_type_from_outside_is_neither_fetched_nor_needed() -> None:
    document = b'<!DOCTYPE rss SYSTEM "http://127.0.0.1/x.dtd"><rss><channel><item><title>a&eacute;b&nope;c</title></item></channel></rss>'
    assert read_feed(document, kind="", address="https://x.example").entries[0].title == "aéb&nope;c"


def test_a_page_says_where_its_feed_is() -> None:
    page = b'<!DOCTYPE html><link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    with pytest.raises(NotAFeed, match=r"Its feed is at: https://x\.example/feed\.xml"):
        read_feed(page, kind="text/html", address="https://x.example/blog")


@given(st.sampled_from(sorted(DOCUMENTS)), st.data())
@settings(max_examples=150, deadline=None)
def test_any_damage_gives_entries_that_can_be_kept_or_says_why(name: str, data: st.DataObject) -> None:
    whole = DOCUMENTS[name]
    start = data.draw(st.integers(0, len(whole)))
    piece = data.draw(
        st.binary(max_size=5) | st.sampled_from([b"&#0;", b"\\u0000", b"\\ud800", b"]]>", b"<!--", b"&x;"])
    )
    damaged = whole[:start] + piece + whole[start + data.draw(st.integers(0, 30)) :]
    try:
        feed = read_feed(damaged, kind="", address="https://x.example")
    except NotAFeed:
        return
    for entry in feed.entries:
        parse(raw_of(entry, place="x.example", now=NOW))


@pytest.mark.parametrize(
    ("value", "best", "stars"),
    [
        ("4", "5", 4),
        ("10", "10", 5),
        ("0", "5", 0),
        ("6", "5", None),
        ("-1", "5", None),
        ("nan", "5", None),
        ("a", "5", None),
        ("1", "0", None),
    ],
)
def test_stars(value: str, best: str, stars: float | None) -> None:
    assert of_five(value, best) == stars
