"""Which of all the network's posts are for us: the few that are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass
from typing import Self

import msgspec

from goodword.connectors.bluesky.events import Commit, Event, Operation, Post
from goodword.connectors.bluesky.identifiers import POSTS, RecordAddress
from goodword.connectors.contract import Interest, Kind, Overheard

_REMEMBERED = 20_000  # posts that were kept lately: the house may not have understood them yet
_decode = msgspec.json.Decoder(Post).decode


class NoInterest:
    """Nothing but what concerns the account itself."""

    def wanted(self, posts: Sequence[Overheard]) -> Sequence[bool]:
        """None of them."""
        return [False] * len(posts)

    def known(self, native_ids: Collection[str]) -> Container[str]:
        """None of them."""
        return ()

    def said_by(self, author: str) -> Collection[str]:
        """Nothing."""
        return ()


class Sieve:
    """Keeps what the account says or is told, what a search matches, what answers either, and what becomes of these."""

    def __init__(self, did: str, interest: Interest) -> None:
        self._did = did
        self._interest = interest
        self._kept: OrderedDict[str, None] = OrderedDict()

    def keep(self, events: Sequence[Event]) -> list[Event]:
        """Those of the events that are for us, in order. A post that nobody could show is for nobody."""
        passing = [
            _Passing.of(change, self._did)
            for event in events
            for change in ([event] if event.commit else self._farewell(event) if event.has_left else ())
        ]
        open_questions = [each for each in passing if each.post and not each.concerns_us]
        answers = self._interest.wanted([_overheard(each.uri, each.post) for each in open_questions if each.post])
        for each, answer in zip(open_questions, answers, strict=True):
            each.concerns_us = answer
        known = self._known(passing)
        kept = []
        for each in passing:
            if each.concerns_us or self._belongs(each, known):
                self._remember(each.uri)
                kept.append(each.event)
        return kept

    def _farewell(self, event: Event) -> Sequence[Event]:
        """Who deleted their account took back all that they said."""
        own = f"at://{event.did}/"
        said = {*self._interest.said_by(event.did), *(uri for uri in self._kept if uri.startswith(own))}
        addresses = [address for uri in sorted(said) if (address := RecordAddress.read(uri))]
        return [
            Event(event.did, event.time_us, commit=Commit(Operation.DELETE, address.collection, address.rkey))
            for address in addresses
        ]

    def _known(self, passing: Sequence[_Passing]) -> Container[str]:
        ids = set()
        for each in passing:
            if each.event.commit and each.event.commit.operation != Operation.CREATE:
                ids.add(each.uri)
            if each.post and each.post.reply:
                ids |= {each.post.reply.parent.uri, each.post.reply.root.uri}
        return self._interest.known(ids) if ids else ()

    def _belongs(self, passing: _Passing, known: Container[str]) -> bool:
        """Whether it changes what was kept, or answers it."""
        if passing.post is None and not passing.is_deletion:
            return False
        thread = passing.post.reply if passing.post else None
        related = (passing.uri, thread.parent.uri, thread.root.uri) if thread else (passing.uri,)
        return any(each in self._kept or each in known for each in related)

    def _remember(self, uri: str) -> None:
        self._kept[uri] = None
        self._kept.move_to_end(uri)
        if len(self._kept) > _REMEMBERED:
            self._kept.popitem(last=False)


@dataclass(slots=True)
class _Passing:
    """A change of a record, as it goes by."""

    event: Event
    uri: str
    post: Post | None  # as it stands after the change
    is_deletion: bool
    concerns_us: bool

    @classmethod
    def of(cls, event: Event, did: str) -> Self:
        commit = event.commit
        assert commit is not None
        is_deletion = commit.operation == Operation.DELETE
        post = None if is_deletion or commit.collection != POSTS else _post_of(commit.record)
        uri = f"at://{event.did}/{commit.collection}/{commit.rkey}"
        return cls(event, uri, post, is_deletion, post is not None and (event.did == did or post.concerns(did)))


def _post_of(record: msgspec.Raw) -> Post | None:
    try:
        return _decode(record)
    except (msgspec.DecodeError, RecursionError):
        return None


def _overheard(uri: str, post: Post) -> Overheard:
    return Overheard(
        native_id=uri,
        text=post.text,
        url=f"https://bsky.app/profile/{uri[5:].replace(f'/{POSTS}/', '/post/')}",
        lang=post.langs[0] if post.langs else None,
        kind=Kind.REPLY if post.reply else Kind.POST,
        hashtags=post.hashtags,
    )
