"""Customer Support on Twitter: rows, their repairs, and files that aren't what they should be."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.contract import Direction, Heard, Kind, Malformed, Raw
from goodword.connectors.recorded.connector import RecordedFile, Rejected, Unreadable, read_file
from goodword.connectors.recorded.twcs import COLUMNS, read
from tests.connectors.recorded_payloads import HERE

HEADER = ",".join(COLUMNS).encode() + b"\n"
WHEN = b"Wed Mar 04 10:41:00 +0000 2026"


def _write(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "rows.csv"
    path.write_bytes(content)
    return path


def _raws(path: Path) -> list[Raw]:
    read = list(read_file(path, "twcs"))
    assert not [row for row in read if isinstance(row, Rejected)]
    return [row for row in read if isinstance(row, Raw)]


def _heard(raw: Raw) -> Heard:
    (heard,) = RecordedFile().parse(raw, {})
    return heard


def test_both_sides_with_their_times_and_threads() -> None:
    heard = [_heard(raw) for raw in _raws(HERE / "recorded" / "payloads" / "rows.csv")]
    assert [each.native_id for each in heard] == ["1001", "1002", "1003", "1004", "1005"]
    assert [each.direction for each in heard[:3]] == [Direction.OUT, Direction.IN, Direction.IN]
    assert [each.parent for each in heard] == ["1002", None, "1001", None, "9999999"]
    assert [each.kind for each in heard[:2]] == [Kind.REPLY, Kind.POST]
    assert heard[1].text == '@harbour my card was charged "twice" for order 40718\n89.90 € each 🙏'
    assert heard[0].at == datetime(2026, 3, 4, 10, 44, 12, tzinfo=UTC)
    assert heard[0].addressed == ("70001",)
    assert (heard[3].at.year, heard[4].at.year) == (1970, 2099)


def test_a_time_in_another_zone_is_the_same_moment(tmp_path: Path) -> None:
    path = _write(tmp_path, HEADER + b"1,2,True,Wed Mar 04 12:41:00 +0200 2026,x,,\n")
    assert _heard(_raws(path)[0]).at == datetime(2026, 3, 4, 10, 41, tzinfo=UTC)


def test_the_same_row_has_the_same_delivery_id_and_an_edited_row_another(tmp_path: Path) -> None:
    row, edited = b"1,2,True," + WHEN + b",first,,\n", b"1,2,True," + WHEN + b",second,,\n"
    first, again, changed = _raws(_write(tmp_path, HEADER + row + row + edited))
    assert first == again
    assert changed.delivery_id != first.delivery_id
    assert (_heard(first).native_id, _heard(first).text) == ("1", "first")
    assert (_heard(changed).native_id, _heard(changed).text) == ("1", "second")


def test_line_ends_and_a_byte_order_mark_make_no_difference(tmp_path: Path) -> None:
    row = b'1,2,True,%b,"two\nlines",,' % WHEN
    unix = _raws(_write(tmp_path, HEADER + row + b"\n"))
    windows = _raws(_write(tmp_path, b"\xef\xbb\xbf" + HEADER.replace(b"\n", b"\r\n") + row + b"\r\n\r\n"))
    assert unix == windows


def test_invalid_utf8_is_replaced_and_said(tmp_path: Path) -> None:
    raw = _raws(_write(tmp_path, HEADER + b"1,2,True,%b,caf\xe9,,\n" % WHEN))[0]
    assert b"caf\xe9" in raw.body
    assert _heard(raw).text == "caf\ufffd"
    assert _heard(raw).extra["repaired"] == ["invalid UTF-8 replaced by U+FFFD"]


def test_nul_is_replaced_and_said(tmp_path: Path) -> None:
    heard = _heard(_raws(_write(tmp_path, HEADER + b"1,2,True,%b,a\x00b,,\n" % WHEN))[0])
    assert heard.text == "a\ufffdb"
    assert heard.extra["repaired"] == ["U+0000 replaced by U+FFFD"]


def test_a_very_long_text_is_kept_whole(tmp_path: Path) -> None:
    text = "é" * 100_000
    heard = _heard(_raws(_write(tmp_path, HEADER + b'1,2,True,%b,"%b",,\n' % (WHEN, text.encode())))[0])
    assert heard.text == text


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"1,2,True," + WHEN + b",x,", "6 columns where 7"),
        (b"1,2,True," + WHEN + b",a, b,,", "8 columns where 7"),
        (b"1,2,perhaps," + WHEN + b",x,,", "inbound is 'perhaps'"),
        (b"1,2,True,Mittwoch,x,,", "created_at is 'Mittwoch'"),
        (b"1,2,True,Wed Foo 04 10:41:00 +0000 2026,x,,", "created_at is"),
        (b",2,True," + WHEN + b",x,,", "tweet_id is empty"),
        (b"1,,True," + WHEN + b",x,,", "author_id is empty"),
        (b'1,2,True,%b,"x"y,,' % WHEN, "comma-separated"),
    ],
)
def test_a_malformed_row_says_why_and_the_rest_goes_on(tmp_path: Path, row: bytes, reason: str) -> None:
    good = b"9,2,True," + WHEN + b",fine,,\n"
    bad, fine = _raws(_write(tmp_path, HEADER + row + b"\n" + good))
    with pytest.raises(Malformed, match=reason):
        _heard(bad)
    assert _heard(fine).text == "fine"


def test_an_open_quote_costs_one_line_and_not_the_rest(tmp_path: Path) -> None:
    good = [b'%d,2,True,%b,"more\nthan one line",,\n' % (number, WHEN) for number in range(10, 15)]
    rows = list(read_file(_write(tmp_path, HEADER + b'1,2,True,%b,"never closed,,\n' % WHEN + b"".join(good)), "twcs"))
    assert isinstance(rows[0], Rejected)
    assert (rows[0].line, rows[0].reason) == (2, "A quotation mark is opened and not closed.")
    assert [_heard(row).native_id for row in rows[1:] if isinstance(row, Raw)] == ["10", "11", "12", "13", "14"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "doesn't begin with a header"),
        (b"tweet_id;author_id;inbound\n1;2;True\n", "separated by commas"),
        (b"tweet_id,author_id,text\n1,2,x\n", "Missing: inbound, created_at"),
        (HEADER.replace(b"\n", b",likes\n"), "Not expected: 'likes'"),
        (b"author_id,tweet_id," + HEADER.split(b",", 2)[2], "another order"),
        (b"\xff\xfet\x00w\x00", "UTF-16"),
        (HEADER.rstrip() + b"\rfoo\r", "don't end with a newline"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "doesn't begin with a header"),
    ],
)
def test_a_file_of_another_kind_is_refused_before_anything_is_read(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_file(_write(tmp_path, content), "twcs")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="can't be opened"):
        read_file(tmp_path / "nowhere.csv", "twcs")
    with pytest.raises(Unreadable, match="can't be"):
        read_file(tmp_path, "twcs")
    with pytest.raises(Unreadable, match="no format"):
        read_file(_write(tmp_path, HEADER), "xlsx")


texts = st.text(st.characters(exclude_characters="\r\x00", exclude_categories=["Cs"]), max_size=80)


@given(st.lists(st.tuples(st.integers(1, 10**9), texts), max_size=20))
def test_any_text_comes_back_unchanged(rows: list[tuple[int, str]]) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([str(number), "7", "True", WHEN.decode(), text, "", ""] for number, text in rows)
    raws = [row for row in read(io.BytesIO(written.getvalue().encode())) if isinstance(row, Raw)]
    assert [(_heard(raw).native_id, _heard(raw).text) for raw in raws] == [(str(n), text) for n, text in rows]
