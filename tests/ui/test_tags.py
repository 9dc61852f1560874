"""What the tags make of what people wrote, and of times."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta

from django.template import Context, Template
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from goodword.ui.templatetags.ui import ago, capped, initials, seconds_until, until, words

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TAG = re.compile(r"</?(?:a|details|summary)\b[^>]*>")


@given(st.text(max_size=5_000))
def test_words_show_every_character_and_no_tag_of_theirs(text: str) -> None:
    shown = TAG.sub("", words(text)).replace("Show all", "", 1) if len(text) > 2_000 else TAG.sub("", words(text))
    assert "<" not in shown
    assert html.unescape(shown) == text or "Show all" in text


@given(st.text(alphabet="<>\"'&=:/javascriptonload ", max_size=200))
def test_words_never_make_an_attribute(text: str) -> None:
    assert not re.search(r"<[^>]*\son\w+=", words(text))
    assert 'href="javascript' not in words(text)


def test_links_open_elsewhere_and_tell_nothing() -> None:
    assert words("see https://example.org/a?b=1&c=2.") == (
        'see <a href="https://example.org/a?b=1&amp;c=2" rel="nofollow noopener noreferrer" target="_blank">'
        "https://example.org/a?b=1&amp;c=2</a>."
    )


def test_a_hundred_thousand_characters_are_folded() -> None:
    shown = words("word " * 20_000)
    assert shown.index("<details>") < 1_700
    assert shown.count("word") == 20_000


def test_times_are_as_short_as_a_list_needs() -> None:
    spans = [
        (5, "now"),
        (120, "2m"),
        (7_200, "2h"),
        (3 * 86_400, "3d"),
        (20 * 86_400, "10 Feb"),
        (90 * 86_400, "2 Dec 2025"),
    ]
    assert [ago(NOW - timedelta(seconds=seconds), NOW) for seconds, _shown in spans] == [shown for _s, shown in spans]
    assert [until(NOW + timedelta(minutes=m), NOW) for m in (12, 180, 2 * 1_440)] == ["12 min", "3 h", "2 d"]
    assert seconds_until(NOW + timedelta(seconds=8), NOW) == 8
    assert seconds_until(NOW - timedelta(seconds=8), NOW) == 0


def test_initials_and_counts() -> None:
    assert [initials(name) for name in ("Mara Jovanović", "@runwithrae", "@115712", "Ann Mary Li", "🙂", "")] == [
        "MJ",
        "@r",
        "@",
        "AL",
        "?",
        "?",
    ]
    assert [capped(count) for count in (0, 99, 100)] == ["0", "99", "99+"]


def test_query_changes_one_key_and_keeps_the_others() -> None:
    request = RequestFactory().get("/?view=mine&label=3&label=4&after=1-2")
    shown = Template("{% load ui %}{% query view='open' after=None %}").render(Context({"request": request}))
    assert html.unescape(shown) == "?view=open&label=3&label=4"
