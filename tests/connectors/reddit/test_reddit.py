"""Reddit over real HTTP: what is heard, what becomes of it, how it is answered, and its limits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from goodword.connectors.contract import (
    Author,
    Cursor,
    Delivery,
    Direction,
    Heard,
    Kind,
    Outgoing,
    Refused,
    Retry,
    Uncertain,
)
from goodword.connectors.reddit import listening
from goodword.connectors.reddit.connector import Reddit
from goodword.connectors.reddit.parse import parse
from goodword.connectors.reddit.twin import RedditTwin, name_of
from goodword.connectors.twins.faults import FaultRates, Faults, RateLimit
from goodword.connectors.twins.server import Answer, Request
from tests.connectors.recorded_payloads import raws
from tests.connectors.reddit.world import RedditWorld

CONNECTOR = Reddit()


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "_EVERY", timedelta(milliseconds=10))
    monkeypatch.setattr(listening, "_PER_TIMELINE", timedelta())


@pytest.fixture
def site() -> Iterator[RedditWorld]:
    with RedditWorld() as world:
        yield world


def one_round(site: RedditWorld, cursor: Cursor, **settings: str) -> Iterator[Delivery]:
    asked = iter(range(10**6))
    return CONNECTOR.listen(
        settings={**site.settings, **settings}, cursor=cursor, stop=lambda: next(asked) > 0, now=site.now
    )


def round_of(site: RedditWorld, cursor: Cursor, **settings: str) -> tuple[list[Delivery], Cursor]:
    deliveries = list(one_round(site, cursor, **settings))
    return deliveries, deliveries[-1].cursor


def heard(deliveries: list[Delivery]) -> list[Heard]:
    return [parse(raw) for delivery in deliveries for raw in delivery.raws]


def answer(in_reply_to: str | None, text: str = "We look into it.") -> Outgoing:
    return Outgoing("key-1", text, False, None, in_reply_to, (), Author("t2_2", handle="mara"))


def test_posts_links_and_comments_are_told_apart() -> None:
    said = {raw.delivery_id: parse(raw) for raw in raws("reddit", "*.json", "") if ".bad." not in raw.delivery_id}
    post, link, own, deleted = (said[f"{name}.json"] for name in ("post", "link", "our-own", "deleted"))
    assert (post.kind, post.title, post.text) == (Kind.POST, "Third zip in a year", "Is there a *recall*?")
    assert post.url == "https://www.reddit.com/r/harbour/comments/1abcd/third_zip/"
    assert (link.title, link.text) == ("A test of jackets", "https://test.example/jackets")
    assert (own.direction, own.parent, own.kind) == (Direction.OUT, "t3_1abcd", Kind.REPLY)
    assert (deleted.deleted, deleted.text) == (True, "")


def test_edits_and_deletions_are_noticed_and_nothing_is_kept(site: RedditWorld) -> None:
    first, second = site.says("one"), site.says("two")
    _deliveries, cursor = round_of(site, {})
    site.world.edit(first.number, "@harbour one, edited")
    site.world.delete(second.number)
    deliveries, cursor = round_of(site, cursor)
    changed = {each.native_id: each for each in heard(deliveries)}
    assert changed[name_of(first)].text == "@harbour one, edited"
    assert changed[name_of(second)].deleted
    assert not any(b"two" in raw.body for delivery in deliveries for raw in delivery.raws)
    again, _cursor = round_of(site, cursor)
    assert heard(again) == []


def test_what_was_deleted_before_we_came_is_not_heard(site: RedditWorld) -> None:
    site.world.delete(site.says("one").number)
    deliveries, _cursor = round_of(site, {})
    assert heard(deliveries) == []


def test_what_is_not_told_when_looked_at_again_is_not_taken_for_deleted(
    site: RedditWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.says("one")
    _deliveries, cursor = round_of(site, {})
    told = Answer({"kind": "Listing", "data": {"after": None, "children": []}})
    monkeypatch.setattr(site.twin, "before", lambda request: told if request.path == "/api/info" else None)
    deliveries, _cursor = round_of(site, cursor)
    assert heard(deliveries) == []


def test_an_answer_stands_below_and_what_answers_it_is_heard(site: RedditWorld) -> None:
    post = site.says("hello?")
    _deliveries, cursor = round_of(site, {}, subreddits="", phrases="hello")
    receipt = CONNECTOR.send(settings=site.settings, outgoing=answer(name_of(post)), now=site.now)
    ours = site.world.post(2)
    assert ours is not None
    assert (receipt.native_id, ours.parent) == (name_of(ours), post.number)
    site.world.say(site.mara, "Thank you!", parent=ours.number)
    deliveries, _cursor = round_of(site, cursor, subreddits="", phrases="hello")
    own, thanks = heard(deliveries)
    assert (own.native_id, own.direction) == (receipt.native_id, Direction.OUT)
    assert (thanks.text, thanks.parent) == ("Thank you!", receipt.native_id)


@pytest.mark.parametrize("code", ["DELETED_COMMENT", "TOO_OLD", "THREAD_LOCKED", "SOMETHING_NEW"])
def test_what_reddit_refuses_is_final(site: RedditWorld, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    told = Answer({"json": {"errors": [[code, "that can't be done", None]]}})
    monkeypatch.setattr(RedditTwin, "comment", lambda *_given: told)
    with RedditWorld() as other, pytest.raises(Refused):
        CONNECTOR.send(settings=other.settings, outgoing=answer("t3_x"), now=other.now)


def test_a_new_account_waits_as_long_as_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Answer({"json": {"errors": [["RATELIMIT", "try again in 5 minutes", "ratelimit"]], "ratelimit": 312.5}})
    monkeypatch.setattr(RedditTwin, "comment", lambda *_given: told)
    with RedditWorld() as site, pytest.raises(Retry) as caught:
        CONNECTOR.send(settings=site.settings, outgoing=answer("t3_x"), now=site.now)
    assert caught.value.after == timedelta(seconds=312.5)


def test_a_lost_answer_is_looked_for_by_what_it_says(site: RedditWorld) -> None:
    post = site.says("hello?")
    site.lose_next_receipt()
    with pytest.raises(Uncertain):
        CONNECTOR.send(settings=site.settings, outgoing=answer(name_of(post), "We look\n\ninto  it."), now=site.now)
    found = CONNECTOR.find_sent(settings=site.settings, outgoing=answer(name_of(post), "We look\ninto it."))
    assert found is not None
    assert CONNECTOR.find_sent(settings=site.settings, outgoing=answer(name_of(post), "Else.")) is None
    assert CONNECTOR.find_sent(settings=site.settings, outgoing=answer("t3_other")) is None


def test_the_limit_is_waited_for_and_shown() -> None:
    with RedditWorld(requests=RateLimit(3, 60)) as site:
        stream = one_round(site, {})
        with pytest.raises(Retry, match="limit") as caught:
            list(stream)
        assert timedelta(seconds=30) < caught.value.after <= timedelta(seconds=42)
    with RedditWorld(requests=RateLimit(50, 60)) as site:
        deliveries, _cursor = round_of(site, {})
        (quota,) = deliveries[-1].quotas
        assert (quota.left, quota.limit) == (46, 50)


def test_too_many_requests_wait_until_the_reset_which_is_told_in_seconds(
    site: RedditWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(request: Request) -> Answer | None:
        return None if request.path.endswith("token") else Answer({}, 429, {"x-ratelimit-reset": "300"})

    monkeypatch.setattr(site.twin, "before", busy)
    with pytest.raises(Retry) as caught:
        round_of(site, {})
    assert timedelta(seconds=300) <= caught.value.after <= timedelta(seconds=360)


def test_wrong_keys_say_so_and_do_not_show(site: RedditWorld) -> None:
    for wrong in ({"client_secret": "wrong-secret"}, {"password": "wrong-secret"}):
        with pytest.raises(Refused, match="doesn't know this application") as caught:
            round_of(site, {}, **wrong)
        assert "wrong-secret" not in str(caught.value)


def test_a_subreddit_that_is_closed_is_told_once_and_the_others_are_heard(site: RedditWorld) -> None:
    site.says("one")
    deliveries, cursor = round_of(site, {}, subreddits="secrets harbour")
    gaps = [gap.reason for delivery in deliveries for gap in delivery.gaps]
    assert [each.split(" can't")[0] for each in gaps] == ["r/secrets", "r/secrets, comments"]
    assert [each.text for each in heard(deliveries)] == ["@harbour one"]
    again, _cursor = round_of(site, cursor, subreddits="secrets harbour")
    assert not any(delivery.gaps for delivery in again)


def test_where_nothing_is_open_to_us_nobody_is_said_to_listen(site: RedditWorld) -> None:
    with pytest.raises(Retry, match="none of what"):
        round_of(site, {}, subreddits="secrets", username="", password="")


def test_more_than_a_listing_holds_is_a_gap(site: RedditWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    site.says("before")
    _deliveries, cursor = round_of(site, {})
    monkeypatch.setattr(listening, "_OVERLAP", {False: -10.0, True: -10.0})  # nothing that was known is near
    monkeypatch.setattr(listening, "_PAGE", 2)
    monkeypatch.setattr(listening, "_MOST_PAGES", 2)
    site.speak(6)
    since = cursor["until"]["r/harbour"] - 60
    deliveries, _cursor = round_of(site, {**cursor, "until": {**cursor["until"], "r/harbour": since}})
    (gap,) = [gap for delivery in deliveries for gap in delivery.gaps]
    assert gap.reason.startswith("r/harbour: more was said")
    assert [each.text[-3:] for each in heard(deliveries)] == [" 2.", " 3.", " 4.", " 5."]


def test_on_a_bad_day_everything_is_heard_once() -> None:
    with RedditWorld(Faults(FaultRates(errors=0.1, lost_answers=0.1))) as site:
        site.speak(30)
        cursor: Cursor = {}
        found: dict[str, str] = {}
        for _ in range(60):
            try:
                for delivery in one_round(site, cursor):
                    cursor = delivery.cursor
                    for each in heard([delivery]):
                        assert found.setdefault(each.native_id, each.text) == each.text
            except (Retry, Refused):
                continue
            if len(found) == 30:
                break
    assert len(found) == 30


@pytest.mark.parametrize(
    "told", [Answer(b"<html>", kind="text/html"), Answer(b'{"data": {"chil'), Answer(b""), Answer([]), Answer({}, 503)]
)
def test_what_is_no_answer_is_tried_again(site: RedditWorld, monkeypatch: pytest.MonkeyPatch, told: Answer) -> None:
    monkeypatch.setattr(site.twin, "before", lambda request: None if request.path.endswith("token") else told)
    with pytest.raises(Retry):
        round_of(site, {})


def test_check_signs_in_and_looks(site: RedditWorld) -> None:
    said = site.speak(4)
    lines = CONNECTOR.check(settings={**site.settings, "subreddits": "harbour secrets"})
    assert [line.passed for line in lines] == [True, True, True, False, False, True, True]
    assert [each.native_id for each in lines[1].heard] == said[:0:-1]
    assert "as u/harbour" in lines[0].detail
