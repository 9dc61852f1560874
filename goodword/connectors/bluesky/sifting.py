"""Which of all the network's posts are for us: the few that are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Container, Sequence

import msgspec

from goodword.connectors.bluesky.events import Event, Operation, Post
from goodword.connectors.bluesky.identifiers import POSTS
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


class Sieve:
    """Keeps what the account says or is told, what a search matches, what answers either, and what becomes of these."""

    def __init__(self, did: str, interest: Interest) -> None:
        self._did = did
        self._interest = interest
        self._kept: OrderedDict[str, None] = OrderedDict()

    def keep(self, events: Sequence[Event]) -> list[Event]:
        """Those of the events that are for us, in order. A post that nobody could show is for nobody."""
        posts = [(event, str(event.address), _post_of(event)) for event in events if event.address is not None]
        asked = [number for number, (event, _, post) in enumerate(posts) if post and self._is_open(event, post)]
        answers = self._interest.wanted([_overheard(uri, post) for _, uri, post in (posts[i] for i in asked) if post])
        wanted = {number for number, answer in zip(asked, answers, strict=True) if answer}
        known = self._known(posts)
        kept = []
        for number, (event, uri, post) in enumerate(posts):
            if number in wanted or self._is_for_us(event, uri, post, known):
                self._remember(uri)
                kept.append(event)
        return kept

    def _is_open(self, event: Event, post: Post) -> bool:
        """Whether a search could make the difference."""
        return event.did != self._did and not post.concerns(self._did)

    def _known(self, posts: Sequence[tuple[Event, str, Post | None]]) -> Container[str]:
        ids = set()
        for event, uri, post in posts:
            if event.commit and event.commit.operation != Operation.CREATE:
                ids.add(uri)
            if post and post.reply:
                ids |= {post.reply.parent.uri, post.reply.root.uri}
        return self._interest.known(ids) if ids else ()

    def _is_for_us(self, event: Event, uri: str, post: Post | None, known: Container[str]) -> bool:
        is_deletion = event.commit is not None and event.commit.operation == Operation.DELETE
        if post is None and not is_deletion:
            return False
        related = [uri]
        if post is not None:
            if event.did == self._did or post.concerns(self._did):
                return True
            related += [post.reply.parent.uri, post.reply.root.uri] if post.reply else []
        return any(each in self._kept or each in known for each in related)

    def _remember(self, uri: str) -> None:
        self._kept[uri] = None
        self._kept.move_to_end(uri)
        if len(self._kept) > _REMEMBERED:
            self._kept.popitem(last=False)


def _post_of(event: Event) -> Post | None:
    if event.commit is None or event.commit.operation == Operation.DELETE:
        return None
    try:
        return _decode(event.commit.record)
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
