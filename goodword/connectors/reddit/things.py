"""Posts and comments as the API gives them, and the raw items that they become: without votes and other counters."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from goodword.connectors.contract import Raw
from goodword.connectors.over_http.calls import Answer
from goodword.connectors.storable import Short, fingerprint, storable_json

_NOTHING = {"[deleted]", "[removed]", "[ Removed by Reddit ]"}
_POST, _COMMENT = "t3", "t1"


class Thing(msgspec.Struct, omit_defaults=True):
    """A post (its name begins with t3_) or a comment (t1_)."""

    name: str
    author: Short = ""
    author_fullname: Short = ""
    created_utc: float = 0
    title: str = ""
    selftext: str = ""  # of a post, Markdown
    body: str = ""  # of a comment, Markdown
    url: str = ""  # where a post leads to
    permalink: str = ""
    parent_id: str = ""
    subreddit: str = ""
    removed_by_category: str | None = None
    ours: bool = False  # the account's that answers
    gone: bool = False

    @property
    def is_gone(self) -> bool:
        """Deleted by its author, taken down, or by an account that is gone: none of it may be kept."""
        words = {self.author, self.selftext, self.body}
        return self.gone or bool(words & _NOTHING) or self.removed_by_category is not None


class _Child(msgspec.Struct):
    kind: str
    data: msgspec.Raw


class _Data(msgspec.Struct):
    children: list[_Child] = []
    after: str | None = None


class Listing(msgspec.Struct):
    """One page of things."""

    data: _Data

    def things(self) -> Iterator[Thing]:
        """Posts and comments among them; what can't be read is left out, for it has no name to know it by."""
        for child in self.data.children:
            if child.kind in {_POST, _COMMENT}:
                try:
                    yield _things.decode(child.data)
                except msgspec.ValidationError:
                    continue


_encoder = msgspec.json.Encoder()
_things = msgspec.json.Decoder(Thing)


def read_listing(answer: Answer) -> Listing:
    """Raises `Retry`."""
    return answer.read(Listing)


def raw_of(thing: Thing, *, username: str) -> Raw:
    """As it is kept. Of what is gone nothing but that it is."""
    if thing.is_gone:
        kept = Thing(name=thing.name, created_utc=thing.created_utc, gone=True)
    else:
        ours = bool(username) and thing.author.lower() == username.lower()
        kept = msgspec.structs.replace(thing, ours=ours)
    body = _encoder.encode(kept)
    return Raw(f"{thing.name[:60]}/{fingerprint(body)}", body)


def read_raw(body: bytes) -> tuple[Thing, list[str]]:
    """And what had to be repaired. Raises `msgspec.DecodeError`."""
    storable, repaired = storable_json(body)
    return _things.decode(storable), repaired
