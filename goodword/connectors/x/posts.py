"""Posts as v2 gives them (https://docs.x.com/x-api/fundamentals/data-dictionary), and the raw items made of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from goodword.connectors.contract import Raw
from goodword.connectors.storable import Language, Short, fingerprint

Id = Annotated[str, Meta(pattern=r"^[0-9]{1,19}$")]

# Nothing that changes by itself, such as counters; no media, which would be charged as well.
FIELDS = (
    (
        "tweet.fields",
        "author_id,conversation_id,created_at,edit_history_tweet_ids,entities,in_reply_to_user_id,lang,note_tweet,"
        "referenced_tweets",
    ),
    ("expansions", "author_id"),
    ("user.fields", "name,username,verified"),
)
_EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)  # of the ids: milliseconds since then, times 2**22


class Reference(msgspec.Struct):
    """Another post, and what this one does with it."""

    type: str
    id: Id


class Link(msgspec.Struct):
    """A short address in the text, and what it stands for."""

    url: str
    expanded_url: str = ""


class Named(msgspec.Struct):
    """Somebody who is mentioned."""

    username: Short


class Entities(msgspec.Struct):
    """What X found in a text."""

    urls: list[Link] = []
    mentions: list[Named] = []


class Note(msgspec.Struct):
    """A text of more than 280, whole."""

    text: str
    entities: Entities = msgspec.field(default_factory=Entities)


class Post(msgspec.Struct):
    """A post."""

    id: Id
    text: str
    author_id: Id
    created_at: datetime
    conversation_id: Id | None = None
    edit_history_tweet_ids: list[Id] = []
    lang: Language | None = None
    referenced_tweets: list[Reference] = []
    entities: Entities = msgspec.field(default_factory=Entities)
    note_tweet: Note | None = None

    def refers(self, how: str) -> str | None:
        """The post that this one has replied to, quoted, retweeted."""
        return next((each.id for each in self.referenced_tweets if each.type == how), None)


class User(msgspec.Struct):
    """Who wrote it."""

    id: Id
    username: Short
    name: str = ""
    verified: bool = False


class Gone(msgspec.Struct):
    """What a compliance job says of a post."""

    id: Id
    at: datetime


class Envelope(msgspec.Struct):
    """A raw item: a post with its author, or the word that it is gone."""

    post: Post | None = None
    author: User | None = None
    ours: bool = False
    gone: Gone | None = None


class PageMeta(msgspec.Struct):
    """Of a page."""

    next_token: str | None = None


class Includes(msgspec.Struct):
    """What stands beside the posts of a page."""

    users: list[dict[str, Any]] = []


class Page(msgspec.Struct):
    """Posts, newest first."""

    data: list[dict[str, Any]] = []
    includes: Includes = msgspec.field(default_factory=Includes)
    meta: PageMeta = msgspec.field(default_factory=PageMeta)


def raw_of(post: dict[str, Any], author: dict[str, Any] | None, *, own_id: str) -> Raw:
    """The same post is the same item, by whichever question it came."""
    envelope = {"author": author, "ours": post.get("author_id") == own_id, "post": post}
    body = msgspec.json.encode(envelope, order="deterministic")
    return Raw(f"post/{post.get('id')}/{fingerprint(body)}", body)


def raw_of_gone(post_id: str, at: datetime) -> Raw:
    """What is gone is said once."""
    return Raw(f"gone/{post_id}", msgspec.json.encode({"gone": {"id": post_id, "at": at}}))


def time_of(post_id: str) -> datetime:
    """An id tells when it was given."""
    return _EPOCH + timedelta(milliseconds=min(int(post_id), 2**63 - 1) >> 22)
