"""What happens on the network, as Jetstream tells it and as the firehose is brought to: changes of posts."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

import msgspec

from goodword.connectors.bluesky.identifiers import POSTS, RecordAddress, owner_of


class Operation(StrEnum):
    """What became of a record."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


class Ref(msgspec.Struct, gc=False):
    """A record, by address and content."""

    uri: str = ""
    cid: str = ""


class Thread(msgspec.Struct, gc=False):
    """What a post answers."""

    parent: Ref
    root: Ref


class Feature(msgspec.Struct, gc=False):
    """What a piece of text is: `did` for a mention, `uri` for a link, `tag` for a hashtag."""

    did: str = ""
    uri: str = ""
    tag: str = ""


class Slice(msgspec.Struct, gc=False, rename="camel"):
    """A piece of a text, in UTF-8 bytes."""

    byte_start: int
    byte_end: int


class Facet(msgspec.Struct, gc=False):
    """A piece of text that means something."""

    index: Slice
    features: list[Feature] = []


class Link(msgspec.Struct, gc=False, rename={"cid": "$link"}):
    """A content id, as JSON has it."""

    cid: str = ""


class Blob(msgspec.Struct, gc=False, rename="camel"):
    """An uploaded file."""

    ref: Link | None = None
    mime_type: str = ""


class Image(msgspec.Struct, gc=False):
    """A picture with its description."""

    image: Blob | None = None
    alt: str = ""


class Quoted(msgspec.Struct, gc=False):
    """What is quoted: the record itself, or wrapped once more where pictures come with it."""

    uri: str = ""
    record: Ref | None = None


class EmbeddedMedia(msgspec.Struct, gc=False):
    """Pictures beside a quotation."""

    images: list[Image] = []


class Embed(msgspec.Struct, gc=False):
    """What a post carries beside its text."""

    images: list[Image] = []
    record: Quoted | None = None
    media: EmbeddedMedia | None = None


class Post(msgspec.Struct, gc=False, rename="camel"):
    """`app.bsky.feed.post`, as far as we look at it."""

    text: str
    created_at: str = ""
    langs: list[str] = []
    reply: Thread | None = None
    facets: list[Facet] = []
    tags: list[str] = []
    embed: Embed | None = None

    @property
    def quotes(self) -> str:
        """The at-URI of what it quotes, "" for nothing."""
        record = self.embed.record if self.embed else None
        return "" if record is None else record.uri or (record.record.uri if record.record else "")

    @property
    def images(self) -> list[Image]:
        """Its pictures."""
        if self.embed is None:
            return []
        return self.embed.images or (self.embed.media.images if self.embed.media else [])

    @property
    def hashtags(self) -> list[str]:
        """Its hashtags, without their sign."""
        return [*self.tags, *(feature.tag for facet in self.facets for feature in facet.features if feature.tag)]

    def concerns(self, did: str) -> bool:
        """Whether it answers, mentions or quotes this account, or goes on in a conversation that this one began."""
        if self.reply and did in {owner_of(self.reply.parent.uri), owner_of(self.reply.root.uri)}:
            return True
        return owner_of(self.quotes) == did or any(
            feature.did == did for facet in self.facets for feature in facet.features
        )


class Commit(msgspec.Struct, gc=False, omit_defaults=True):
    """A change of one record. `record` is there unless it was deleted."""

    operation: str
    collection: str
    rkey: str
    rev: str = ""
    cid: str = ""
    record: msgspec.Raw = msgspec.Raw()


class AccountStatus(msgspec.Struct, gc=False):
    """What became of an account."""

    active: bool = True
    status: str = ""


class Profile(msgspec.Struct, gc=False, rename="camel", omit_defaults=True):
    """Who an account is, as far as its server tells."""

    handle: str = ""
    display_name: str = ""
    followers_count: int | None = None


class Event(msgspec.Struct, gc=False, omit_defaults=True):
    """One message of Jetstream. `heard_by`, the DID of our account, and `author`, who spoke, are added by us."""

    did: str
    time_us: int
    kind: str = "commit"
    commit: Commit | None = None
    account: AccountStatus | None = None
    heard_by: str = ""
    author: Profile | None = None

    @property
    def address(self) -> RecordAddress | None:
        """The post that changed; None where something else happened."""
        if self.commit is None or self.commit.collection != POSTS:
            return None
        return RecordAddress(self.did, self.commit.rkey)

    @property
    def has_left(self) -> bool:
        """Whether the account was deleted, and with it all that it said; others that are silent may come back."""
        return self.account is not None and not self.account.active and self.account.status == "deleted"

    @property
    def at(self) -> datetime:
        """When the network told of it."""
        return datetime.fromtimestamp(self.time_us / 1_000_000, UTC)
