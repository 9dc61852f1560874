"""A feed that is looked at over real HTTP: politely, in order, and honest about what was missed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest

from goodword.connectors.contract import Cursor, Delivery, Heard, Refused, Retry
from goodword.connectors.feed.connector import FeedConnector
from goodword.connectors.feed.listening import pause
from goodword.connectors.feed.place import read_place
from goodword.connectors.feed.reading import read_feed
from goodword.connectors.feed.twin import FeedTwin
from goodword.connectors.over_http.documents import look
from goodword.connectors.twins.server import Answer, Request
from tests.connectors.feed.world import FeedWorld

CONNECTOR = FeedConnector()


@pytest.fixture
def site() -> Iterator[FeedWorld]:
    with FeedWorld() as world:
        yield world


def visit(site: FeedWorld, cursor: Cursor, **settings: str) -> Delivery:
    """One look."""
    return next(
        CONNECTOR.listen(settings={**site.settings, **settings}, cursor=cursor, stop=lambda: False, now=site.now)
    )


def heard(delivery: Delivery) -> list[Heard]:
    return [each for raw in delivery.raws for each in CONNECTOR.parse(raw, {})]


def answers(site: FeedWorld, monkeypatch: pytest.MonkeyPatch, status: int, body: bytes = b"", **headers: str) -> None:
    told = Answer(body, status, {name.replace("_", "-"): value for name, value in headers.items()}, "text/html")
    monkeypatch.setattr(site.twin, "before", lambda _request: told)


def test_what_has_not_changed_is_not_fetched_again(site: FeedWorld) -> None:
    site.says("one")
    first = visit(site, {})
    again = visit(site, first.cursor)
    assert [each.text for each in heard(first)] == ["@harbour one"]
    assert not again.raws
    twin = site.twin
    assert isinstance(twin, FeedTwin)
    assert (twin.asked, twin.unchanged) == (2, 1)


def test_edits_come_as_the_same_thing_again(site: FeedWorld) -> None:
    post = site.says("one")
    first = visit(site, {})
    site.world.edit(post.number, "@harbour one, edited")
    (edited,) = heard(visit(site, first.cursor))
    assert (edited.native_id, edited.text) == (heard(first)[0].native_id, "@harbour one, edited")


def test_what_the_feed_says_is_gone_is_gone(site: FeedWorld) -> None:
    post = site.says("one")
    first = visit(site, {})
    site.world.delete(post.number)
    (gone,) = heard(visit(site, first.cursor))
    assert (gone.native_id, gone.deleted) == (heard(first)[0].native_id, True)


def test_more_than_a_page_is_read_from_the_next_ones(site: FeedWorld) -> None:
    site.says("before")
    first = visit(site, {})
    site.speak(45)
    then = visit(site, first.cursor)
    assert [each.text[-3:] for each in heard(then)] == [f"{number:2}." for number in range(45)]
    assert not then.gaps


def test_what_no_page_holds_any_more_is_a_gap(site: FeedWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    site.says("before")
    first = visit(site, {})
    site.speak(45)
    monkeypatch.setattr("goodword.connectors.feed.twin._next", lambda *_given: "")
    then = visit(site, first.cursor)
    assert len(then.raws) == 20
    (gap,) = then.gaps
    assert gap.until is not None
    assert gap.since <= gap.until <= heard(then)[0].at


def test_at_first_only_the_last_days_are_heard(site: FeedWorld) -> None:
    site.says("old")
    first = visit(site, {}, history_days="0")
    assert not first.raws
    site.says("new")
    assert [each.text for each in heard(visit(site, first.cursor))] == ["@harbour new"]


def test_a_feed_that_moved_is_followed(site: FeedWorld) -> None:
    site.says("one")
    assert len(visit(site, {}, address=f"{site.served.address}/old").raws) == 1


@pytest.mark.parametrize(("headers", "least"), [({"retry_after": "120"}, 120), ({}, 600)])
def test_limits_are_waited_for(
    site: FeedWorld, monkeypatch: pytest.MonkeyPatch, headers: Mapping[str, str], least: int
) -> None:
    answers(site, monkeypatch, 429, **headers)
    with pytest.raises(Retry) as caught:
        visit(site, {})
    assert timedelta(seconds=least) <= caught.value.after <= timedelta(seconds=1.2 * least)


@pytest.mark.parametrize("status", [500, 503, 404, 403])
def test_trouble_is_tried_again(site: FeedWorld, monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    answers(site, monkeypatch, status)
    with pytest.raises(Retry, match=str(status)):
        visit(site, {})


@pytest.mark.parametrize("body", [b"", b"<html><body>Sorry</body></html>", b"<rss><channel><item>", b'{"version": '])
def test_what_is_no_feed_is_tried_again(site: FeedWorld, monkeypatch: pytest.MonkeyPatch, body: bytes) -> None:
    answers(site, monkeypatch, 200, body)
    with pytest.raises(Retry):
        visit(site, {})


def test_gone_stops(site: FeedWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(site, monkeypatch, 410)
    with pytest.raises(Refused, match="for good"):
        visit(site, {})


def test_going_round_in_circles_ends(site: FeedWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(site, monkeypatch, 302, location="/feed.atom")
    with pytest.raises(Retry, match="without end"):
        visit(site, {})


@pytest.mark.parametrize("place", ["http://192.168.7.7/feed", "https://10.0.0.1/feed", "http://169.254.169.254/"])
def test_a_private_address_is_not_reached_by_a_redirect(
    site: FeedWorld, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    answers(site, monkeypatch, 302, location=place)
    with pytest.raises(Refused, match="is not an address"):
        visit(site, {})


def test_secrets_stay_with_their_origin(site: FeedWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, str]] = []

    def note(request: Request) -> Answer:
        seen.append((request.headers["host"], request.headers.get("authorization", "")))
        if request.path == "/a":
            return Answer(b"", 302, {"location": "/b"})
        elsewhere = f"http://localhost:{site.served.address.rpartition(':')[2]}/c"
        return Answer(b"", 302, {"location": elsewhere}) if request.path == "/b" else Answer(b"here")

    monkeypatch.setattr(site.twin, "before", note)
    look(f"{site.served.address}/a", name="X", seen={}, accept="*/*", secrets={"Authorization": "Bearer s"})
    assert [token for _host, token in seen] == ["Bearer s", "Bearer s", ""]


def test_a_feed_says_how_often_it_wants_to_be_looked_at(site: FeedWorld) -> None:
    place = read_place({"address": "https://x.example", "every_minutes": "15"})
    found = look(f"{site.served.address}/feed.rss", name="X", seen={}, accept="*/*")

    def wait(document: bytes, **headers: str) -> timedelta:
        found.headers.update(headers)
        return pause(place, read_feed(document, kind="", address="https://x.example"), found)

    rss = b"<rss><channel><ttl>%d</ttl></channel></rss>"
    assert wait(rss % 5) == timedelta(minutes=15)
    assert wait(rss % 60) == timedelta(hours=1)
    assert wait(rss % 60, **{"cache-control": "public, max-age=7200"}) == timedelta(hours=2)
    assert wait(rss % 99_999) == timedelta(hours=24)


def test_check_shows_the_newest_and_says_where_the_feed_is(site: FeedWorld) -> None:
    said = site.speak(4)
    lines = CONNECTOR.check(settings=site.settings)
    assert [line.passed for line in lines] == [True, True]
    assert [each.native_id for each in lines[0].heard] == said[:0:-1]
    (line,) = CONNECTOR.check(settings={**site.settings, "address": site.served.address})
    assert not line.passed
    assert f"{site.served.address}/feed.atom" in line.detail
    reviews = CONNECTOR.check(settings={**site.settings, "address": f"{site.served.address}/reviews.xml"})
    assert reviews[-1].detail == "4 entries give stars."
