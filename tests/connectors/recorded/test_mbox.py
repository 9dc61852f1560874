"""Mailboxes as recorded files."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodword.connectors.contract import Direction, Raw
from goodword.connectors.recorded import mbox
from goodword.connectors.recorded.connector import RecordedFile, Rejected, Unreadable, read_file
from tests.connectors.recorded_payloads import HERE


def test_both_sides_and_quoted_from_lines() -> None:
    rows = list(read_file(HERE / "recorded" / "payloads" / "box.mbox", "mbox"))
    settings = {"own_addresses": "Care@harbour.example"}
    ours = [RecordedFile().parse(row, settings)[0] for row in rows if isinstance(row, Raw)]
    assert [each.native_id for each in ours] == ["m1@example.org", "r1@harbour.example"]
    assert [each.direction for each in ours] == [Direction.IN, Direction.OUT]
    assert {each.thread_scope for each in ours} == {"mara@example.org"}
    assert "\nFrom the bank I hear" in ours[0].text
    assert ours[1].references == ("m1@example.org",)


def test_another_file_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "box"
    path.write_text("Subject: hello\n\n")
    with pytest.raises(Unreadable, match="mbox"):
        read_file(path, "mbox")


def test_a_mail_beyond_all_measure_is_rejected_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mbox, "MAX_MESSAGE", 500)
    start = "From a@example.org Wed Mar  4 10:41:00 2026\n"
    path = tmp_path / "box"
    path.write_text(start + "Subject: big\n\n" + "x\n" * 400 + "\n" + start + "From: a@example.org\n\nsmall\n")
    big, small = read_file(path, "mbox")
    assert isinstance(big, Rejected)
    assert big.line == 2
    assert isinstance(small, Raw)
    assert b"small" in small.body
