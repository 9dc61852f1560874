"""JSON Lines: what `goodword export` writes comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodword.connectors.contract import Direction, Heard, Kind, Malformed, Raw
from goodword.connectors.recorded.connector import RecordedFile, Rejected, Unreadable, read_file
from goodword.connectors.recorded.jsonl import CONTENT_TYPE, MAX_LINE
from tests.connectors.recorded_payloads import HERE


def _heard(line: bytes) -> Heard:
    (heard,) = RecordedFile().parse(Raw("x", line, CONTENT_TYPE), {})
    return heard


def _file() -> list[Raw]:
    return [row for row in read_file(HERE / "recorded" / "payloads" / "lines.jsonl", "jsonl") if isinstance(row, Raw)]


def test_the_fields_of_an_export() -> None:
    first, second, third, fourth = (_heard(raw.body) for raw in _file())
    assert (first.native_id, first.author.handle, first.author.followers) == ("1002", "mara.climbs", 412)
    assert (second.direction, second.parent, second.thread) == (Direction.OUT, "1002", "t-1")
    assert second.at.isoformat() == "2026-03-04T10:44:12+00:00"
    assert (third.kind, third.rating, third.title, third.lang) == (Kind.REVIEW, 2.0, "Poles", "en")
    assert third.media[0].url == "https://reviews.example/3.jpg"
    assert (fourth.deleted, fourth.text) == (True, "")


def test_a_line_as_the_export_writes_it_with_nothing_for_nothing() -> None:
    line = b"""{"id": 81, "source": "X", "channel": "twitter", "external_id": "1002", "thread": "17", "parent": null,
        "references": [], "thread_scope": null, "author": "70001", "author_handle": "mara.climbs",
        "author_name": "Mara", "at": "2026-03-04T10:41:00Z", "text": "", "title": null, "direction": "in",
        "kind": "post", "private": false, "automatic": false, "addressed": ["harbour"], "lang": null, "url": null,
        "rating": null, "case": 12, "state": "open", "disposition": "case", "reading": {"complaint": 0.9},
        "received_at": "2026-03-04T10:41:09Z", "edited_at": null, "deleted_at": "2026-03-05T00:00:00Z"}"""
    heard = _heard(line)
    assert (heard.native_id, heard.thread, heard.parent) == ("1002", "17", None)
    assert (heard.author.handle, heard.author.name) == ("mara.climbs", "Mara")
    assert heard.addressed == ("harbour",)
    assert heard.deleted


def test_a_file_vouches_for_nobody() -> None:
    line = b'{"id":"1","author":{"id":"7","verified":true},"at":"2026-03-04T10:00:00Z","text":"x"}'
    assert not _heard(line).author.verified


def test_delivery_ids_tell_an_edit_from_a_repetition(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    line = '{"id":"1","author":"7","at":"2026-03-04T10:00:00Z","text":"%s"}\n'
    path.write_text(line % "first" + line % "first" + line % "second" + "\n")
    first, again, edited = (row for row in read_file(path, "jsonl") if isinstance(row, Raw))
    assert first.delivery_id == again.delivery_id != edited.delivery_id


def test_nul_is_replaced_and_its_written_form_is_left_alone() -> None:
    line = rb'{"id":"1","author":"7","at":"2026-03-04T10:00:00Z","text":"a\u0000b \\u0000 \\\u0000"}'
    assert _heard(line).text == "a\ufffdb \\u0000 \\\ufffd"
    assert _heard(line).extra["repaired"] == ["U+0000 replaced by U+FFFD"]


def test_half_an_emoji_is_replaced_and_noted() -> None:
    heard = _heard(rb'{"id":"1","author":"7","at":"2026-03-04T10:00:00Z","text":"why \ud83d"}')
    assert (heard.text, heard.extra["repaired"]) == ("why \ufffd", ["half a character replaced by U+FFFD"])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"id":"1"', "Not a message"),
        (b"[]", "Not a message"),
        (b'{"id":"1","author":"7","at":"2026-03-04T10:00:00Z"}', "text"),
        (b'{"author":"7","at":"2026-03-04T10:00:00Z","text":""}', "Neither id nor external_id"),
        (b'{"id":"1","author":"","at":"2026-03-04T10:00:00Z","text":""}', "author's id is empty"),
        (b'{"id":"1","author":"7","at":"2026-03-04T10:00:00","text":""}', "time zone"),
        (b'{"id":"1","author":"7","at":"yesterday","text":""}', "at"),
        (b'{"id":"1","author":"7","at":"2026-03-04T10:00:00Z","text":"","rating":9}', "rating"),
        (b'{"id":"1","author":"7","at":"2026-03-04T10:00:00Z","text":"","direction":"sideways"}', "direction"),
    ],
)
def test_a_malformed_line_says_why(line: bytes, reason: str) -> None:
    with pytest.raises(Malformed, match=reason):
        _heard(line)


def test_a_file_without_any_object_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text("id,text\n1,hello\n")
    with pytest.raises(Unreadable, match="JSON Lines"):
        read_file(path, "jsonl")


def test_one_broken_line_doesnt_condemn_the_file(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text('oops\n{"id":"1","author":"7","at":"2026-03-04T10:00:00Z","text":"x"}\n')
    broken, good = (row for row in read_file(path, "jsonl") if isinstance(row, Raw))
    assert broken.delivery_id.startswith("line-")
    assert _heard(good.body).text == "x"


def test_what_follows_in_a_line_that_is_too_long_is_no_message(tmp_path: Path) -> None:
    line = b'{"id":"%d","author":"7","at":"2026-03-04T10:00:00Z","text":"x"}'
    start = b'{"id":"1","text":"'
    long = start + b"y" * (2 * MAX_LINE - len(start)) + line % 2
    path = tmp_path / "lines.jsonl"
    path.write_bytes(line % 1 + b"\n" + long + b"\n" + line % 3)
    first, refused, last = read_file(path, "jsonl")
    assert isinstance(refused, Rejected)
    assert (refused.line, refused.reason) == (2, "The line is longer than 16 MB.")
    assert [_heard(row.body).native_id for row in (first, last) if isinstance(row, Raw)] == ["1", "3"]
