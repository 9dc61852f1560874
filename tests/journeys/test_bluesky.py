"""Heard to answered on Bluesky: a real PDS, the real listener, a real database, and the verbs of the product."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest

from goodword.care.attend import attend
from goodword.care.models import Case, Message, MessageKind
from goodword.care.new_reply import NewReply, Seen
from goodword.care.reply import queue_reply
from goodword.care.send import send_due
from goodword.connectors.reach import set_web_networks, web_networks
from goodword.kernel.clock import current_time
from goodword.listen import listening
from goodword.listen.models import Disposition, Mention, RawItem, SearchMatch, Source
from goodword.listen.saved_searches import save_search
from goodword.listen.sources import open_source
from goodword.listen.understand import understand
from tests.care.world import World
from tests.realatproto import RealNetwork

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 60.0  # seconds; nothing is measured, a machine may be slow
T = TypeVar("T")


def eventually(look: Callable[[], T | None]) -> T:
    """What `look` finds, as soon as it finds something."""
    deadline = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.05)
    return found


class Brand:
    """A brand whose account is listened to, an agent, and people on the network."""

    def __init__(self, network: RealNetwork) -> None:
        self.network = network
        self.account, self.mara, self.joe = network.join("harbour"), network.join("mara"), network.join("joe")
        self.world = World()
        self.ana = self.world.agent("Ana Silva")
        self.source: Source = open_source(
            workspace=self.world.workspace,
            connector_key="bluesky",
            name="Bluesky",
            settings=dict(network.settings(self.account)),
            now=current_time(),
        )

    def heard(self, uri: str) -> Mention:
        """What was heard under an address, understood and attended to."""

        def found() -> Mention | None:
            self.attend()
            return Mention.objects.filter(external_id=uri).exclude(disposition="").first()

        return eventually(found)

    def attend(self) -> None:
        """What the jobs do that the listener wakes."""
        while understand(source_id=self.source.pk, limit=100, now=current_time()).raws:
            pass
        while attend(source_id=self.source.pk, limit=100, now=current_time()):
            pass

    def is_gone(self, mention: Mention) -> bool:
        """Whether the words were forgotten by now."""
        self.attend()
        mention.refresh_from_db()
        return mention.deleted_at is not None

    def reply(self, case: Case, text: str, key: str) -> dict[str, Any]:
        """Ana answers, having seen everything; the record that everybody can read then."""
        case.refresh_from_db()
        queue_reply(
            case=case,
            by=self.ana,
            reply=NewReply(text=text, idempotency_key=key),
            seen=Seen(case.last_inbound_id),
            now=current_time() - timedelta(minutes=1),
        )
        assert send_due(now=current_time(), limit=10) == 1
        (record,) = [each for each in self.account.records() if each["value"]["text"] == text]
        return record


@pytest.fixture
def brand(real_network: RealNetwork, monkeypatch: pytest.MonkeyPatch) -> Iterator[Brand]:
    """Listened to from beginning to end."""
    monkeypatch.setattr(listening, "LONGEST_PAUSE", timedelta(seconds=0.5))
    monkeypatch.setattr(listening, "LOOK_FOR_SOURCES_EVERY", 0.2)
    before = [str(network) for network in web_networks()]
    set_web_networks(["127.0.0.0/8"])
    brand, stop = Brand(real_network), threading.Event()
    listener = threading.Thread(target=listening.run, args=(stop,))
    listener.start()
    yield brand
    stop.set()
    listener.join(timeout=PATIENCE)
    set_web_networks(before)
    assert not listener.is_alive()


def ref(record: dict[str, Any]) -> dict[str, str]:
    return {"uri": record["uri"], "cid": record["cid"]}


def test_from_a_post_to_an_answer_in_its_thread_that_is_known_as_our_own(brand: Brand) -> None:
    first = brand.mara.mention(brand.account, "my jacket leaks, I want my money back 😞", langs=["en"])
    case = Case.objects.get(opening_mention=brand.heard(first))
    assert (case.identity.native_id, case.identity.handle) == (brand.mara.did, brand.mara.handle)

    text = f"We are sorry, @{brand.mara.handle} – 👩‍👩‍👧 see https://harbour.example/refunds"
    answer = brand.reply(case, text, "reply-1-key")
    (opening,) = brand.mara.records()
    assert answer["value"]["reply"] == {"root": ref(opening), "parent": ref(opening)}
    facets = answer["value"]["facets"]
    pieces = [text.encode()[f["index"]["byteStart"] : f["index"]["byteEnd"]].decode() for f in facets]
    assert pieces == [f"@{brand.mara.handle}", "https://harbour.example/refunds"]
    assert facets[0]["features"][0]["did"] == brand.mara.did

    own = brand.heard(answer["uri"])
    assert (own.direction, own.disposition, own.thread_id) == ("out", Disposition.OWN, case.thread_id)
    eventually(lambda: RawItem.objects.filter(delivery_id__contains=answer["uri"].rpartition("/")[2]).exists())
    brand.attend()  # the echo has come by now, and changes nothing
    assert Mention.objects.filter(external_id=answer["uri"]).count() == 1
    assert Message.objects.filter(case=case, kind=MessageKind.REPLY).count() == 1

    thanks = brand.mara.post("Thank you!", reply={"root": ref(opening), "parent": ref(answer)})
    assert brand.heard(thanks).thread_id == case.thread_id
    second = brand.reply(case, "You are welcome.", "reply-2-key")
    assert second["value"]["reply"]["root"] == ref(opening)
    assert second["value"]["reply"]["parent"]["uri"] == thanks


def test_a_saved_search_hears_who_names_us_without_telling_us_and_nobody_else(brand: Brand) -> None:
    save_search(
        workspace=brand.world.workspace,
        by=None,
        name="Leaks",
        text="harbourjackets AND leak*",
        opens_cases=True,
        now=current_time(),
    )
    brand.joe.post("Lovely weather at the harbour")
    said = brand.mara.post("These harbourjackets are leaking")
    case = Case.objects.get(opening_mention=brand.heard(said))
    assert SearchMatch.objects.get().mention_id == case.opening_mention_id

    more = brand.joe.post("Mine too", reply=dict.fromkeys(("root", "parent"), ref(brand.mara.records()[0])))
    assert brand.heard(more).thread_id == case.thread_id
    assert set(Mention.objects.values_list("external_id", flat=True)) == {said, more}


def test_what_is_edited_or_deleted_there_is_so_here(brand: Brand) -> None:
    uri = brand.mara.mention(brand.account, "my jacket leaks")
    mention = brand.heard(uri)
    brand.mara.edit(uri, "My jacket leaks at the seams")

    def edited() -> datetime | None:
        brand.attend()
        mention.refresh_from_db()
        return mention.edited_at

    eventually(edited)
    assert mention.text == "My jacket leaks at the seams"
    brand.mara.delete(uri)

    eventually(lambda: brand.is_gone(mention))
    assert mention.text == ""
    case = Case.objects.get()
    case.refresh_from_db()
    queue_reply(
        case=case,
        by=brand.ana,
        reply=NewReply(text="We are sorry.", idempotency_key="reply-to-nothing"),
        seen=Seen(case.last_inbound_id),
        now=current_time() - timedelta(minutes=1),
    )
    assert send_due(now=current_time(), limit=10) == 1
    assert brand.account.records() == []
    failed = Message.objects.get(idempotency_key="reply-to-nothing")
    assert "deleted" in failed.failure


def test_of_who_leaves_the_network_nothing_stays(brand: Brand) -> None:
    said = [brand.heard(brand.joe.mention(brand.account, f"my jacket leaks, part {part}")) for part in (1, 2)]
    other = brand.heard(brand.mara.mention(brand.account, "mine too"))
    brand.network.leave(brand.joe)
    for mention in said:
        eventually(lambda mention=mention: brand.is_gone(mention))
        assert mention.text == ""
    assert not brand.is_gone(other)
