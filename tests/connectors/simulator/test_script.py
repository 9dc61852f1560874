"""The script hangs together, and its time runs forward."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.contract import Purpose
from goodword.connectors.simulator.events import PICTURE_TEXTS
from goodword.connectors.simulator.script import load, moment, span
from goodword.connectors.simulator.timeline import Timeline
from goodword.connectors.simulator.tone import Tone, tone

SCRIPT = load()
PICTURES = files("goodword.connectors.simulator") / "pictures"


def test_the_week_is_rich_and_consistent() -> None:
    ids = [story.id for story in SCRIPT.stories]
    assert len(ids) == len(set(ids)) >= 40
    assert {story.channel for story in SCRIPT.stories} == {"post", "review", "message", "mail"}
    assert {SCRIPT.person(story.by).lang for story in SCRIPT.stories} <= set(SCRIPT.lines)
    assert max(Counter(story.incident for story in SCRIPT.stories if story.incident).values()) >= 8
    for story in SCRIPT.stories:
        moment(story.at)
        span(story.patience)
        assert story.beat[0].by == "customer"
        assert [span(beat.after) for beat in story.beat] == sorted(span(beat.after) for beat in story.beat), story.id
        for position, beat in enumerate(story.beat):
            assert all(earlier is None or earlier < position for earlier in (beat.edit, beat.delete)), story.id
            assert not beat.picture or (PICTURES / f"{beat.picture}.png").is_file()
            assert not beat.picture or PICTURE_TEXTS[beat.picture]
            assert beat.text or beat.delete is not None
    for lines in SCRIPT.lines.values():
        assert [text[0] for text in lines.rating] == ["5", "4", "3", "2", "1"]


@given(st.integers(0, 5000), st.integers(0, 100))
def test_ordinary_days_never_run_out(index: int, seed: int) -> None:
    story = SCRIPT.ordinary_story(index, seed)
    assert story == SCRIPT.ordinary_story(index, seed)
    assert "{" not in story.beat[0].text + story.subject
    assert SCRIPT.person(story.by).name in SCRIPT.chatter.names


starts = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
moments = st.timedeltas(timedelta(0), timedelta(days=9))


@given(starts, st.integers(0, 6), st.floats(0.1, 5000), moments, moments)
def test_time_runs_forward_and_back_again(
    start: datetime, days: int, speed: float, one: timedelta, other: timedelta
) -> None:
    timeline = Timeline.starting(start, backlog_days=days, speed=speed)
    real = timeline.to_real(one)
    assert abs((timeline.to_real(timeline.to_script(real)) - real).total_seconds()) < 0.01
    if one <= other:
        assert real <= timeline.to_real(other)
    noon = timedelta(days=days, hours=12)
    assert (real <= start) == (one <= noon) or abs(real - start) < timedelta(milliseconds=1)


def test_the_past_keeps_its_hours_of_the_day() -> None:
    timeline = Timeline.starting(datetime(2026, 3, 8, 15, 30, tzinfo=UTC), backlog_days=6, speed=60)
    assert timeline.to_real(moment("mon 10:41")) == datetime(2026, 3, 2, 10, 41, tzinfo=UTC)
    assert timeline.to_real(moment("sun 11:51")) == datetime(2026, 3, 8, 15, 21, tzinfo=UTC)
    assert timeline.to_real(moment("sun 13:00")) == datetime(2026, 3, 8, 15, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "purpose", "expected"),
    [
        ("I have refunded 14.90 € just now.", Purpose.REPLY, Tone.HELPFUL),
        ("Wir haben die Adresse geändert.", Purpose.REPLY, Tone.HELPFUL),
        ("We apologise for any inconvenience. Please check our website.", Purpose.REPLY, Tone.BRUSH_OFF),
        ("Have you tried reinstalling it?", Purpose.REPLY, Tone.BRUSH_OFF),
        ("Let me check with payments and come back to you.", Purpose.REPLY, Tone.HOLDING),
        ("Hi!", Purpose.REPLY, Tone.HOLDING),
        ("Is it solved?", Purpose.REPLY, Tone.ASKS_SOLVED),
        ("How well did we do, 1 to 5?", Purpose.REPLY, Tone.ASKS_RATING),
        ("Anything", Purpose.RESOLUTION, Tone.ASKS_SOLVED),
        ("Anything", Purpose.SURVEY, Tone.ASKS_RATING),
        ("The app works again.", Purpose.NOTICE, Tone.NOTICE),
    ],
)
def test_how_customers_take_it(text: str, purpose: Purpose, expected: Tone) -> None:
    assert tone(text, purpose) is expected
