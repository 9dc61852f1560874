"""The connector against its twin, over real HTTP and a real websocket."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import timedelta

import pytest

from goodword.connectors.contract import (
    Author,
    Cursor,
    Delivery,
    Direction,
    Heard,
    Media,
    Outgoing,
    Overheard,
    Refused,
    Retry,
    Uncertain,
)
from goodword.connectors.mastodon import asking, listening
from goodword.connectors.mastodon.connector import Mastodon
from goodword.connectors.mastodon.twin_entities import status_id
from goodword.connectors.twins.faults import FaultRates, Faults, RateLimit
from goodword.connectors.twins.server import Answer, Line, Served
from goodword.connectors.twins.world import Visible
from tests.connectors.mastodon.world import MastodonWorld

CONNECTOR = Mastodon()
PATIENCE = 20.0


@pytest.fixture
def place() -> Iterator[MastodonWorld]:
    with MastodonWorld() as world:
        yield world


class Listener:
    """Listens in a thread of its own, from one cursor to the next over every Retry, and keeps what was heard."""

    def __init__(self, place: MastodonWorld, *, looks_for: str = "", **settings: str) -> None:
        self._place, self._settings, self._looks_for = place, {**place.settings, **settings}, looks_for
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self.cursor: Cursor = {}
        self.heard: list[Heard] = []
        self.deliveries: list[Delivery] = []
        self.retries = 0
        self._known: set[str] = set()

    def __enter__(self) -> Listener:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join(PATIENCE)

    def _listen(self) -> None:
        while not self._stop.is_set():
            try:
                for delivery in CONNECTOR.overhear(
                    settings=self._settings,
                    cursor=self.cursor,
                    stop=self._stop.is_set,
                    now=self._place.now,
                    interest=self,
                ):
                    self._take(delivery)
            except Retry:
                self.retries += 1
                self._stop.wait(0.05)

    def _take(self, delivery: Delivery) -> None:
        self.cursor = delivery.cursor
        self.deliveries.append(delivery)
        for raw in delivery.raws:
            if raw.delivery_id not in self._known:
                self._known.add(raw.delivery_id)
                self.heard += CONNECTOR.parse(raw, self._settings)

    def wanted(self, posts: Sequence[Overheard]) -> Sequence[bool]:
        return [bool(self._looks_for) and self._looks_for in post.text for post in posts]

    def known(self, native_ids: Collection[str]) -> Collection[str]:
        return {each.native_id for each in self.heard} & set(native_ids)

    def said_by(self, author: str) -> Collection[str]:
        return ()

    def until(self, what: Callable[[Sequence[Heard]], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not what(self.heard):
            assert time.monotonic() < deadline, [each.text for each in self.heard]
            time.sleep(0.01)

    def until_live(self) -> None:
        """Until it has caught up, so that what comes now comes by the stream."""
        deadline = time.monotonic() + PATIENCE
        while len(self.deliveries) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        time.sleep(0.1)

    @property
    def texts(self) -> list[str]:
        return [each.text for each in self.heard]


MARA = Author(native_id="http://127.0.0.1/users/mara", handle="mara@127.0.0.1")


def answer(
    post_id: str, text: str = "We look into it.", *, private: bool = False, media: Sequence[Media] = ()
) -> Outgoing:
    return Outgoing(
        idempotency_key=f"key-{text}",
        text=text,
        private=private,
        thread=None,
        in_reply_to=post_id,
        references=(),
        to=MARA,
        media=tuple(media),
    )


def send(place: MastodonWorld, outgoing: Outgoing) -> str:
    return CONNECTOR.send(settings=place.settings, outgoing=outgoing, now=place.now).native_id


def test_what_is_said_now_comes_by_the_stream(place: MastodonWorld) -> None:
    with Listener(place) as listener:
        listener.until_live()
        post = place.says("the seam opened. #rain https://pics.example/seam")
        listener.until(lambda heard: len(heard) == 1)
    (heard,) = listener.heard
    assert heard.text == "@harbour the seam opened. #rain https://pics.example/seam"
    assert (heard.native_id, heard.author.name, heard.direction) == (status_id(post), "Mara Jovanović", Direction.IN)
    assert heard.addressed == ("harbour",)
    assert listener.retries == 0


def test_what_the_stream_lost_is_asked_for(place: MastodonWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "_ASK_EVERY", 0.3)
    monkeypatch.setattr(type(place.twin), "_events", lambda *_given: [])
    with Listener(place) as listener:
        listener.until_live()
        place.says("hello?")
        listener.until(lambda heard: [each.text for each in heard] == ["@harbour hello?"])


def test_without_a_stream_we_ask(place: MastodonWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "_ASK_WITHOUT_STREAM", 0.2)

    async def closed(_twin: object, _request: object, line: Line) -> None:
        await line.close()

    monkeypatch.setattr(type(place.twin), "stream", closed)
    with Listener(place) as listener:
        listener.until_live()
        place.says("hello?")
        listener.until(lambda heard: len(heard) == 1)


def test_edits_and_deletions_by_the_stream_and_by_asking(place: MastodonWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "_ASK_EVERY", 0.3)
    first, second, third = place.says("one"), place.says("two #sale"), place.says("three")
    with Listener(place, hashtags="sale") as listener:
        listener.until(lambda heard: len(heard) == 3)
        place.world.edit(first.number, "@harbour one, edited")  # no stream tells of it: we don't follow her
        place.world.edit(second.number, "@harbour two, edited #sale")
        place.world.delete(third.number)
        listener.until(lambda heard: len(heard) >= 6)
    changes = {each.native_id: each for each in listener.heard[3:]}
    assert changes[status_id(first)].text == "@harbour one, edited"
    assert changes[status_id(second)].text == "@harbour two, edited #sale"
    assert changes[status_id(third)].deleted


def test_hashtags_searches_and_all_that_is_public(place: MastodonWorld) -> None:
    say = place.world.say
    say(place.mara, "Nice day. #harbour")
    say(place.mara, "My rucksack broke")
    say(place.mara, "Something else")
    say(place.mara, "Only for friends #harbour", visible=Visible.FOLLOWERS)
    with Listener(place, hashtags="#Harbour", phrases="rucksack") as listener:
        listener.until(lambda heard: len(heard) == 2)
    assert sorted(listener.texts) == ["My rucksack broke", "Nice day. #harbour"]
    with Listener(place, public="all", looks_for="day") as listener:
        listener.until(lambda heard: len(heard) == 1)
        listener.until_live()
        unheard = say(place.mara, "And one more")
        said = say(place.mara, "Another day")
        listener.until(lambda heard: len(heard) == 2)
        place.world.delete(unheard.number)
        place.world.delete(said.number)
        listener.until(lambda heard: len(heard) == 3)
    assert listener.texts == ["Nice day. #harbour", "Another day", ""]
    assert listener.heard[-1].native_id == status_id(said)


def test_what_an_instance_keeps_to_itself_is_told_once_and_the_rest_is_heard(
    place: MastodonWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "_ASK_EVERY", 0.1)
    denied = Answer({"error": "This method requires an authenticated user"}, 401)
    monkeypatch.setattr(type(place.twin), "public", lambda *_given: denied)
    monkeypatch.setattr(type(place.twin), "search", lambda *_given: denied)
    place.served = Served(place.twin)
    with place.served as address, Listener(place, instance=address, public="all", phrases="jacket") as listener:
        place.says("hello?")
        listener.until(lambda heard: len(heard) == 1)
        time.sleep(0.3)
    gaps = [gap.reason for delivery in listener.deliveries for gap in delivery.gaps]
    assert [gap.partition(" here")[0] for gap in gaps] == ["public can't be heard", "search can't be heard"]


def test_more_of_the_past_than_is_fetched_is_told(place: MastodonWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_PAGES_BACK", 1)
    for number in range(100):
        place.says(f"{number}")
    with Listener(place) as listener:
        listener.until(lambda heard: len(heard) >= 80)
    gaps = [gap for delivery in listener.deliveries for gap in delivery.gaps]
    assert len(gaps) == 1
    assert gaps[0].until is not None
    assert timedelta(days=6) < gaps[0].until - gaps[0].since < timedelta(days=8)


@pytest.mark.parametrize(
    ("heard", "private", "sent"),
    [
        (Visible.PUBLIC, False, Visible.PUBLIC),
        (Visible.UNLISTED, False, Visible.UNLISTED),
        (Visible.FOLLOWERS, False, Visible.DIRECT),
        (Visible.DIRECT, False, Visible.DIRECT),
        (Visible.PUBLIC, True, Visible.DIRECT),
    ],
)
def test_a_reply_is_never_seen_by_more(place: MastodonWorld, heard: Visible, private: bool, sent: Visible) -> None:
    post = place.world.say(place.mara, "@harbour hello", visible=heard)
    send(place, answer(status_id(post), private=private))
    *_, reply = place.world.posts()
    assert (reply.visible, reply.parent, reply.text) == (sent, post.number, "@mara We look into it.")
    assert reply.mentions == (place.mara,)


def test_who_is_named_already_isnt_named_twice(place: MastodonWorld) -> None:
    send(place, answer(status_id(place.says("hello")), "Hello @Mara, we look into it."))
    assert [post.text for post in place.world.posts()][-1] == "Hello @Mara, we look into it."


def test_pictures_with_their_description(place: MastodonWorld) -> None:
    picture = Media("seam.png", "image/png", content=b"\x89PNG...", alt="The mended seam – “like new”")
    send(place, answer(status_id(place.says("hello")), media=[picture]))
    *_, reply = place.world.posts()
    (file,) = reply.files
    assert (file.content, file.alt, file.kind) == (picture.content, picture.alt, "image/png")
    with Listener(place) as listener:
        listener.until(lambda heard: len(heard) == 2)
    assert [media.alt for media in listener.heard[-1].media] == [picture.alt]


def test_a_post_that_is_gone_cant_be_answered(place: MastodonWorld) -> None:
    post = place.says("hello")
    place.world.delete(post.number)
    with pytest.raises(Refused, match="deleted"):
        send(place, answer(status_id(post)))


def test_too_long_is_the_networks_word(place: MastodonWorld) -> None:
    with pytest.raises(Refused, match="limit of 500"):
        send(place, answer(status_id(place.says("hello")), "x" * 600))


def test_the_same_words_to_somebody_else_are_another_reply(place: MastodonWorld) -> None:
    first, second = place.says("hello"), place.says("hello?")
    send(place, answer(status_id(first)))
    found = CONNECTOR.find_sent(settings=place.settings, outgoing=answer(status_id(first), "We look into it."))
    assert found is not None
    assert CONNECTOR.find_sent(settings=place.settings, outgoing=answer(status_id(second))) is None


def test_an_instance_that_cant_be_asked_leaves_it_open(place: MastodonWorld) -> None:
    post = place.says("hello")
    place.cut()
    with pytest.raises(Uncertain):
        CONNECTOR.find_sent(settings=place.settings, outgoing=answer(status_id(post)))
    with pytest.raises(Retry):
        send(place, answer(status_id(post)))


def test_limits_are_the_instances_own(place: MastodonWorld) -> None:
    with Listener(place) as listener:
        listener.until_live()
    told = [delivery.learned for delivery in listener.deliveries if delivery.learned is not None]
    capabilities = CONNECTOR.capabilities({**place.settings, "learned": told[0]})
    assert capabilities.max_length == 500 - 32
    assert capabilities.max_attachments == 4
    assert "image/png" in capabilities.attachment_types
    assert told[0]["account"] == "@harbour@twin.example"
    quotas = [quota for delivery in listener.deliveries for quota in delivery.quotas]
    assert quotas


def test_too_many_requests_wait_until_the_limit_begins_anew() -> None:
    with MastodonWorld() as place:
        place.twin._requests = RateLimit(1, 300)
        served = Served(type(place.twin)(place.world, requests=RateLimit(1, 300)))
        with served as address:
            settings = {**place.settings, "instance": address}
            with pytest.raises(Retry) as wait:
                list(CONNECTOR.listen(settings=settings, cursor={}, stop=lambda: False, now=place.now))
    assert timedelta(minutes=4) < wait.value.after < timedelta(minutes=6, seconds=30)


def test_nothing_lost_and_nothing_twice_on_a_bad_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "_ASK_EVERY", 0.3)
    rates = FaultRates(errors=0.2, lost_answers=0.05, duplicates=0.1, reordering=0.1, disconnects=0.05)
    with MastodonWorld(Faults(rates, seed=11)) as place, Listener(place) as listener:
        said = [place.says(f"number {number}") for number in range(200)]
        sent = [_persist(place, answer(status_id(post), f"Answer {post.number}")) for post in said[:20]]
        listener.until(lambda heard: len({each.native_id for each in heard}) == 220)
    ids = [each.native_id for each in listener.heard]
    assert len(ids) == len(set(ids))
    assert set(ids) == {status_id(post) for post in said} | set(sent)
    assert len([post for post in place.world.posts() if post.author == place.world.brand]) == 20


def _persist(place: MastodonWorld, outgoing: Outgoing) -> str:
    """Send as the house does: again after Retry, asking first after Uncertain."""
    perhaps_sent = False
    while True:
        try:
            if perhaps_sent:
                found = CONNECTOR.find_sent(settings=place.settings, outgoing=outgoing)
                if found is not None:
                    return found.native_id
                perhaps_sent = False
            return send(place, outgoing)
        except Uncertain:
            perhaps_sent = True
        except Retry:
            continue


def test_test_it_now_shows_the_last_three_and_posts_nothing(place: MastodonWorld) -> None:
    for number in range(5):
        place.says(f"number {number}")
    before = len(list(place.world.posts()))
    lines = CONNECTOR.check(settings={**place.settings, "hashtags": "rain", "phrases": "jacket", "public": "local"})
    assert all(line.passed for line in lines), lines
    shown = [heard.text for line in lines for heard in line.heard]
    assert shown == [f"@harbour number {number}" for number in (4, 3, 2)]
    assert len(list(place.world.posts())) == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"token": "wrong"}, "doesn't accept our token"),
        ({"instance": "http://127.0.0.1:9"}, "can't be reached"),
        ({"instance": "http://93.184.216.34"}, "https"),
        ({"instance": "https://"}, "address"),
        ({"hashtags": "a-b"}, "no hashtag"),
        ({"token": "ä\n"}, "letters that no token has"),
    ],
)
def test_test_it_now_says_what_is_wrong(place: MastodonWorld, change: dict[str, str], says: str) -> None:
    lines = CONNECTOR.check(settings={**place.settings, **change})
    assert [line.passed for line in lines][-1] is False
    assert says in lines[-1].detail
