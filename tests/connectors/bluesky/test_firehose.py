"""What the firehose says that a healthy server seldom does; the rest is heard from a real one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import libipld
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.bluesky.firehose import _Firehose
from goodword.connectors.contract import Retry
from goodword.kernel.websocket import WebSocket

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
BEFORE = NOW - timedelta(days=5)
DELETION = {"action": "delete", "path": "app.bsky.feed.post/3kabcdefghijk", "cid": None}


class Line:
    """Frames in the place of a websocket."""

    def __init__(self, *frames: bytes) -> None:
        self._frames = list(frames)

    def receive(self, seconds: float) -> list[bytes]:
        frames, self._frames = self._frames, []
        return frames


def frame(kind: str, /, **body: Any) -> bytes:
    return libipld.encode_dag_cbor({"op": 1, "t": kind}) + libipld.encode_dag_cbor(body)


def commit(seq: int, *operations: dict[str, Any], blocks: bytes = b"") -> bytes:
    told = {"seq": seq, "repo": "did:plc:mara", "rev": "3kabcdefghijk", "ops": list(operations), "blocks": blocks}
    return frame("#commit", **told, time="2026-03-04T12:00:00.000Z")


def firehose(*frames: bytes, cursor: dict[str, Any] | None = None) -> _Firehose:
    return _Firehose(cast(WebSocket, Line(*frames)), cursor or {}, BEFORE)


def test_what_it_no_longer_has_is_a_gap() -> None:
    heard = int(BEFORE.timestamp() * 1_000_000)
    batch = firehose(
        frame("#info", name="OutdatedCursor"), commit(9, DELETION), cursor={"seq": 3, "time_us": heard}
    ).receive(1)
    (gap,) = batch.gaps
    assert (gap.since, gap.until) == (BEFORE, NOW)
    assert batch.cursor == {"seq": 9, "time_us": int(NOW.timestamp() * 1_000_000)}
    assert [event.commit.operation for event in batch.events if event.commit] == ["delete"]


def test_an_error_ends_it_for_now() -> None:
    error = libipld.encode_dag_cbor({"op": -1}) + libipld.encode_dag_cbor({"error": "ConsumerTooSlow"})
    with pytest.raises(Retry, match="ConsumerTooSlow"):
        firehose(error).receive(1)


def test_other_changes_move_the_cursor_and_say_nothing() -> None:
    like = {"action": "create", "path": "app.bsky.feed.like/3k", "cid": b"\x01q\x12 "}
    batch = firehose(commit(4, like), frame("#identity", seq=5, did="d", time="2026-03-04T12:00:00Z")).receive(1)
    assert (list(batch.events), batch.cursor["seq"], batch.frames) == ([], 5, 2)


def test_who_leaves_is_told() -> None:
    left = {"seq": 5, "did": "did:plc:mara", "time": "2026-03-04T12:00:00Z"}
    stream = firehose(
        frame("#account", **left, active=False, status="deleted"),
        frame("#account", **left, active=False, status="takendown"),
        frame("#account", **left, active=True),
    )
    assert [event.has_left for event in stream.receive(1).events] == [True, False, False]


def test_what_lies_before_the_beginning_is_passed_over() -> None:
    stream = _Firehose(cast(WebSocket, Line(commit(4, DELETION))), {}, NOW + timedelta(seconds=1))
    assert list(stream.receive(1).events) == []


@given(
    damage=st.binary(max_size=40),
    at=st.integers(0, 200),
    change=st.fixed_dictionaries({"action": st.sampled_from(["create", "update", "x"]), "path": st.text(max_size=30)})
    | st.just({"action": "create", "path": "app.bsky.feed.post/3k", "cid": b"\x01q\x12 x"}),
)
def test_nothing_that_is_said_breaks_it(damage: bytes, at: int, change: dict[str, Any]) -> None:
    whole = commit(4, change, blocks=damage)
    for each in (damage, whole, whole[:at] + damage + whole[at:]):
        try:
            assert firehose(each).receive(1).frames == 1
        except Retry:
            continue  # damaged into an error
