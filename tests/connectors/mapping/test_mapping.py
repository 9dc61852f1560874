"""Payloads of anybody's making: paths, formats, and what a mapping makes of them."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.connectors.contract import Heard, Kind, Malformed, Refused
from goodword.connectors.contract_suite.parses import check_heard
from goodword.connectors.mapping.fields import read_mapping
from goodword.connectors.mapping.paths import NoPath, at_path, leaves, read_path, write_path
from goodword.connectors.mapping.payload import Item, Unreadable, items_of, read_payload
from goodword.connectors.mapping.preview import preview
from goodword.connectors.mapping.reading import heard_of

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
KEYS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8)
STEPS = st.lists(KEYS | st.integers(0, 999), max_size=6)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


def hear(item: Item, **typed: str) -> Heard:
    return heard_of(item, read_mapping(typed), place="shop.example", received_at=NOW)


@given(STEPS)
def test_a_path_that_is_written_is_read_as_the_same(steps: list[str | int]) -> None:
    assert read_path(write_path(tuple(steps))) == tuple(steps)


@given(JSON)
def test_each_leaf_stands_at_its_path(value: object) -> None:
    for path, shown in leaves(value):
        assert str(at_path(value, read_path(path)))[:200] == shown


@given(st.text(max_size=30))
def test_anything_typed_is_a_path_or_says_why_not(typed: str) -> None:
    try:
        path = read_path(typed)
    except NoPath as error:
        assert "is no path" in str(error)
    else:
        assert read_path(write_path(path)) == path


def test_a_review_by_paths() -> None:
    item: Item = {
        "nr": 7,
        "when": 1772620860000,
        "review": {"body": "Third zip in a year.", "head": "Zip", "stars": "8,5"},
        "by": {"name": "Ola", "id": 12.0},
        "links": [{"href": "https://shop.example/r/7"}],
    }
    heard = hear(
        item,
        text_path="review.body",
        title_path="review.head",
        id_path="nr",
        at_path="when",
        author_path="by.name",
        author_id_path="by.id",
        stars_path="review.stars",
        stars_of="10",
        url_path="links[0].href",
    )
    assert (heard.native_id, heard.text, heard.title, heard.rating) == ("7", "Third zip in a year.", "Zip", 4.25)
    assert (heard.author.native_id, heard.author.name, heard.kind) == ("12", "Ola", Kind.REVIEW)
    assert (heard.at, heard.url) == (datetime(2026, 3, 4, 10, 41, tzinfo=UTC), "https://shop.example/r/7")


def test_a_form_with_nothing_but_words() -> None:
    first, second = hear({"text": "Hello", "author": "Mara"}, private="yes"), hear({"text": "Hello", "author": "Ola"})
    assert (first.private, second.private) == (True, False)
    assert first.at == NOW
    assert first.native_id != second.native_id
    assert hear({"text": "Hello", "author": "Mara"}).native_id == first.native_id
    assert first.author.native_id == "Mara@shop.example"


def test_where_nobody_is_named_each_is_somebody_of_their_own() -> None:
    first, second = hear({"id": 1, "text": "a"}), hear({"id": 2, "text": "b"})
    assert first.author.native_id != second.author.native_id


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-03-04T10:41:00Z", "2026-03-04T10:41:00+00:00"),
        ("2026-03-04 10:41", "2026-03-04T10:41:00+00:00"),
        ("Wed, 04 Mar 2026 10:41:00 +0100", "2026-03-04T09:41:00+00:00"),
        ("1772620860", "2026-03-04T10:41:00+00:00"),
        ("1772620860.5", "2026-03-04T10:41:00.500000+00:00"),
        ("20260304", "2026-03-04T00:00:00+00:00"),
    ],
)
def test_times(written: str, read: str) -> None:
    assert hear({"text": "x", "at": written}).at.isoformat() == read


@pytest.mark.parametrize("written", ["yesterday", "04.03.2026", "99999999999999999999", "nan", "inf"])
def test_a_time_that_is_not_understood_is_no_guess(written: str) -> None:
    with pytest.raises(Malformed, match="“at” stands no time"):
        hear({"text": "x", "at": written})


@pytest.mark.parametrize("stars", ["6", "-1", "nan", "five", "", None, True])
def test_what_is_no_rating_is_none(stars: object) -> None:
    assert hear({"text": "x", "stars": stars}).rating is None


def test_a_path_to_a_list_says_so() -> None:
    with pytest.raises(Malformed, match="“text” stands no single value"):
        hear({"text": ["a"]})
    with pytest.raises(Refused, match="Path of the text"):
        read_mapping({"text_path": "a..b["})


@pytest.mark.parametrize(
    ("body", "kind", "items"),
    [
        (b'{"text": "a"}', "application/json", [{"text": "a"}]),
        (b'\xef\xbb\xbf[{"text": "a"}]', "", [{"text": "a"}]),
        (b"text=a%20b&by=Mara", "application/x-www-form-urlencoded; charset=utf-8", [{"text": "a b", "by": "Mara"}]),
        (b'\xef\xbb\xbfa;b\r\n"a; b";Mara\r\nc', "text/csv", [{"a": "a; b", "b": "Mara"}, {"a": "c", "b": ""}]),
        (b"text,author\na,Ola\n", "text/plain", [{"text": "a", "author": "Ola"}]),
        (b"text\n", "text/csv", []),
    ],
)
def test_formats(body: bytes, kind: str, items: list[Item]) -> None:
    assert items_of(read_payload(body, kind), ()) == items


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", ""),
        (b"<html>", "text/html"),
        (b'{"a": ', "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"[" * 60 + b"]" * 60, "application/json"),
        (b"a,a\n1,2", "text/csv"),
        (b'a,b\n"' + b"x" * 200_000, "text/csv"),
        (b"&".join(b"a=1" for _ in range(300)), "application/x-www-form-urlencoded"),
    ],
)
def test_what_can_not_be_read_says_why(body: bytes, kind: str) -> None:
    with pytest.raises(Unreadable):
        read_payload(body, kind)


@given(
    st.binary(max_size=80) | JSON.map(lambda value: repr(value).encode()), st.sampled_from(["", "text/csv", "x/json"])
)
@settings(deadline=None)
def test_any_bytes_are_read_or_say_why(body: bytes, kind: str) -> None:
    try:
        items = items_of(read_payload(body, kind), ())
    except Unreadable:
        return
    assert all(isinstance(each, dict) for each in items)


@given(st.dictionaries(st.sampled_from(["text", "author", "id", "at", "url", "stars", "more"]), JSON))
@settings(deadline=None)
def test_any_item_is_heard_or_says_why(item: Item) -> None:
    try:
        check_heard(hear(item))
    except Malformed as error:
        assert str(error)


def test_a_preview_shows_what_stands_where_and_how_it_is_heard() -> None:
    payload = {"data": {"list": [{"text": "a", "by": {"name": "Ola"}}, {"body": "b"}]}}

    def checks(**typed: str) -> list[tuple[str, bool]]:
        mapping = read_mapping(typed)
        lines = list(preview(payload, mapping, hear=lambda item: hear(item, **typed)))
        shown.update(path for line in lines for path, _value in line.read)
        return [(line.label, line.passed) for line in lines]

    shown: set[str] = set()
    typed: AnyMapping[str, str] = {"items_path": "data.list"}
    assert checks(**typed) == [("Payload", True), ("Mapping", False)]
    assert shown == {"text", "by.name"}
    assert checks(items_path="data.nothing") == [("Payload", False)]
    assert "data.list[0].text" in shown


def test_a_preview_tells_when_a_number_is_none() -> None:
    payload = [{"text": "a", "product": 7}, {"text": "b", "product": 7}]
    mapping = read_mapping({"id_path": "product"})
    *_others, line = preview(payload, mapping, hear=lambda item: heard_of(item, mapping, place="x", received_at=NOW))
    assert not line.passed
    assert "the same number" in line.detail
