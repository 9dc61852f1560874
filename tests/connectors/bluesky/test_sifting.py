from __future__ import annotations

from collections.abc import Collection, Container, Sequence
from typing import Any

import msgspec

from goodword.connectors.bluesky.events import AccountStatus, Commit, Event
from goodword.connectors.bluesky.identifiers import POSTS, RecordAddress
from goodword.connectors.bluesky.sifting import NoInterest, Sieve
from goodword.connectors.contract import Overheard

BRAND, MARA, JOE = "did:plc:harbour", "did:plc:mara", "did:plc:joe"


class Words:
    """Wants posts with a word in them; knows some."""

    def __init__(self, word: str, *known: str) -> None:
        self._word, self._known = word, set(known)

    def wanted(self, posts: Sequence[Overheard]) -> Sequence[bool]:
        return [self._word in post.text for post in posts]

    def known(self, native_ids: Collection[str]) -> Container[str]:
        return self._known & set(native_ids)

    def said_by(self, author: str) -> Collection[str]:
        return [uri for uri in self._known if uri.startswith(f"at://{author}/")]


def uri(did: str, rkey: str) -> str:
    return str(RecordAddress(did, rkey))


def change(did: str, rkey: str, text: str | None = "Hello", operation: str = "create", **fields: Any) -> Event:
    record = msgspec.json.encode({"text": text, **fields})
    return Event(did, 1, commit=Commit(operation, POSTS, rkey, "rev", "cid", msgspec.Raw(record)))


def gone(did: str, rkey: str) -> Event:
    return Event(did, 1, commit=Commit("delete", POSTS, rkey, "rev"))


def answer(to: str, root: str | None = None) -> dict[str, Any]:
    return {"parent": {"uri": to, "cid": "c"}, "root": {"uri": root or to, "cid": "c"}}


def kept(sieve: Sieve, *events: Event) -> list[str]:
    return [event.commit.rkey for event in sieve.keep(events) if event.commit]


def test_what_concerns_the_account_is_kept_and_nothing_else() -> None:
    ours = uri(BRAND, "ours")
    mention = [{"index": {"byteStart": 0, "byteEnd": 1}, "features": [{"$type": "x#mention", "did": BRAND}]}]
    quote = {"$type": "app.bsky.embed.record", "record": {"uri": ours, "cid": "c"}}
    beside = {"$type": "app.bsky.embed.recordWithMedia", "record": {"record": {"uri": ours, "cid": "c"}}}
    assert kept(
        Sieve(BRAND, NoInterest()),
        change(MARA, "other"),
        change(BRAND, "own"),
        change(MARA, "reply", reply=answer(ours)),
        change(MARA, "deeper", reply=answer(uri(JOE, "x"), ours)),
        change(MARA, "mention", facets=mention),
        change(MARA, "quote", embed=quote),
        change(MARA, "quote-with-pictures", embed=beside),
        change(MARA, "reply-to-other", reply=answer(uri(JOE, "x"))),
        change(MARA, "broken", text=None),
        gone(MARA, "never-heard"),
    ) == ["own", "reply", "deeper", "mention", "quote", "quote-with-pictures"]


def test_what_a_search_matches_is_kept_with_what_becomes_of_it() -> None:
    sieve = Sieve(BRAND, Words("Harbour"))
    assert kept(sieve, change(MARA, "a", "Harbour jackets leak"), change(MARA, "b", "Other jackets leak")) == ["a"]
    assert kept(sieve, change(MARA, "c", "Mine too", reply=answer(uri(MARA, "a"))), gone(MARA, "b")) == ["c"]
    assert kept(sieve, change(MARA, "a", "Other jackets", "update"), change(MARA, "b", "Nothing", "update")) == ["a"]
    assert kept(sieve, gone(MARA, "a")) == ["a"]


def test_what_the_house_knows_is_followed_after_a_restart() -> None:
    sieve = Sieve(BRAND, Words("nothing", uri(MARA, "a")))
    assert kept(
        sieve,
        gone(JOE, "x"),
        change(JOE, "b", reply=answer(uri(MARA, "a"))),
        change(JOE, "c", reply=answer(uri(JOE, "b"), uri(JOE, "z"))),
        gone(MARA, "a"),
    ) == ["b", "c", "a"]


def test_an_edit_that_begins_to_match_is_heard() -> None:
    assert kept(Sieve(BRAND, Words("Harbour")), change(MARA, "a", "Harbour after all", "update")) == ["a"]


def test_who_deletes_their_account_takes_back_all_they_said() -> None:
    sieve = Sieve(BRAND, Words("Harbour", uri(MARA, "a"), uri(JOE, "x")))
    sieve.keep([change(MARA, "b", "Harbour jackets leak"), change(MARA, "c", "Other jackets")])
    for status in (AccountStatus(True), AccountStatus(False, "deactivated")):
        assert sieve.keep([Event(MARA, 2, kind="account", account=status)]) == []
    gone = sieve.keep([Event(MARA, 3, kind="account", account=AccountStatus(False, "deleted"))])
    assert [str(event.address) for event in gone] == [uri(MARA, "a"), uri(MARA, "b")]
    assert {event.commit.operation for event in gone if event.commit} == {"delete"}
