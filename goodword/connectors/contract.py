"""What the house and an outside network say to each other.

Frozen shapes (`Raw`, `Delivery`, `Heard`, `Outgoing`, `Receipt`, `Capabilities`) and the protocols that a connector
fulfils. Everything a customer says, anywhere, enters the house through here; limits of a network are data in its
`Capabilities`, so that no code outside a connector ever asks for its name.

Longer than other files on purpose: who writes a connector reads this one from top to bottom.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

Settings = Mapping[str, Any]
Cursor = Mapping[str, Any]  # JSON; its meaning belongs to the connector alone

MAX_ID = 255  # characters of any id a connector hands over; `storable.bounded` shortens longer ones, stably
MAX_ADDRESS = 320  # characters of a handle, an address, or a scope: as long as an e-mail address may be
MAX_LANGUAGE = 16  # characters of a language tag
CLOCKS_DIFFER = timedelta(minutes=2)  # a network's and ours, at most


class Malformed(Exception):
    """A raw item that can't be understood. It is kept, with this reason, and the rest goes on."""


class Refused(Exception):
    """Final: trying again can't help. The message is for the agent who reads it.

    `perhaps_passing`: it may be another who says so for a while, e.g. a proxy with a page of its own, or a name that
    leads elsewhere. Who waits for one answer is refused; a source that was heard before is listened to again later.
    """

    def __init__(self, reason: str = "", *, perhaps_passing: bool = False) -> None:
        super().__init__(reason)
        self.perhaps_passing = perhaps_passing


class Retry(Exception):
    """For now: try again, not before `after`."""

    def __init__(self, reason: str, *, after: timedelta = timedelta(seconds=30)) -> None:
        super().__init__(reason)
        self.after = after


class Uncertain(Exception):
    """The request may or may not have reached the network: ask `find_sent` before anything is sent again."""


class Kind(StrEnum):
    """What sort of thing was said. Routing depends on capabilities, never on this."""

    POST = "post"
    REPLY = "reply"
    REPOST = "repost"
    REVIEW = "review"
    MAIL = "mail"
    CHAT = "chat"


class Purpose(StrEnum):
    """Why we write. Some networks want to know: a template, a message tag, a header."""

    REPLY = "reply"
    RESOLUTION = "resolution"  # asks whether it is solved
    SURVEY = "survey"  # asks how well it was solved
    NOTICE = "notice"  # tells something unasked: an outage is over, a promise was kept


class Direction(StrEnum):
    """Who spoke: the customer to the brand (`in`), or the brand (`out`)."""

    IN = "in"
    OUT = "out"


# In `Heard.extra`, on words of the direction `out`: they bear a key as we write it, and anybody could. The house looks
# whether it ever used that key; where it did not, the words count as somebody else's.
UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class Raw:
    """One item as the network gave it, before anyone has understood it.

    `delivery_id` is unique within its source; a second arrival under the same id and with the same body is dropped.
    """

    delivery_id: str
    body: bytes
    content_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which the network could not be heard."""

    since: datetime
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Quota:
    """What a network lets us do until its limit begins anew: shown where the source's health is."""

    name: str  # what is counted, in a word: requests, points
    left: int
    limit: int
    resets_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A batch of raw items and the cursor that stands after them; both are stored in one transaction.

    An empty delivery says "I am listening and there was nothing".
    """

    raws: tuple[Raw, ...]
    cursor: Cursor
    gaps: tuple[Gap, ...] = ()
    quotas: tuple[Quota, ...] = ()  # as far as the network tells; none: as told before
    # What the network says of itself and of our account there, e.g. its longest text: JSON without secrets, kept with
    # the source and handed to the connector as `settings["learned"]`. None: as told before.
    learned: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Author:
    """Who spoke, as the network knows them. `native_id` is stable; a handle may change hands."""

    native_id: str
    handle: str = ""
    name: str = ""
    followers: int | None = None
    verified: bool = False  # the channel itself vouches for this identity (a signed token, a login)
    email: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """An attachment: its bytes, or an address on the network to fetch it from."""

    filename: str
    declared_type: str
    content: bytes | None = None
    url: str | None = None
    alt: str = ""
    inline_id: str = ""  # Content-ID of an image shown inside a mail's text


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that was said. Text is as it was written; nothing is trimmed or masked here.

    Every string can be stored: what PostgreSQL's text can't hold (U+0000, lone surrogates) stands as U+FFFD, and
    `extra["repaired"]` then lists what was replaced. A second `Heard` of the same native id is the same thing again,
    or an edit where its text differs; see `Capabilities.hears_edits`. `extra["country"]`, where a network tells it, is
    the code (ISO 3166) of the country that the author writes from.
    """

    native_id: str
    author: Author  # of a deletion that the network tells by the post's id alone, one with an empty native id
    at: datetime  # aware
    text: str
    direction: Direction = Direction.IN
    kind: Kind = Kind.POST
    private: bool = False
    title: str = ""
    parent: str | None = None  # native id of what this answers
    references: tuple[str, ...] = ()  # further native ids of the same conversation, oldest first
    thread: str | None = None  # the network's own name for the conversation, where it has one
    thread_scope: str = ""  # joins by parent or references count only within the same scope (mail: the sender)
    addressed: tuple[str, ...] = ()  # handles or addresses it was directed at
    lang: str | None = None
    url: str | None = None
    rating: float | None = None  # stars of five
    media: tuple[Media, ...] = ()
    html: str = ""  # as received; shown only after sanitising
    deleted: bool = False  # the network says: gone; `text` is then empty
    automatic: bool = False  # an out-of-office note, a bounce, a mailing list: never answered automatically
    idempotency_key: str | None = None  # our own words coming back: their key; one we never used proves nothing
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reply on its way out. The same `idempotency_key` is never delivered twice."""

    idempotency_key: str
    text: str
    private: bool
    thread: str | None
    in_reply_to: str | None  # native id
    references: tuple[str, ...]
    to: Author
    subject: str = ""
    agent_name: str = ""
    media: tuple[Media, ...] = ()
    purpose: Purpose = Purpose.REPLY
    automatic: bool = False  # no person wrote it: marked as such where the network can, so that machines don't answer
    written_at: datetime | None = None  # by our clock

    def may_stand_since(self, at: datetime) -> bool:
        """Whether what the network has since then can be this reply: not what was there before it was written.

        For `find_sent` of a network that takes no key, where the same words may have been said before.
        """
        return self.written_at is None or at >= self.written_at - CLOCKS_DIFFER


class Sent(StrEnum):
    """How far a reply came. States only move forward."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The network's word that it took a reply."""

    native_id: str
    at: datetime
    state: Sent = Sent.SENT
    url: str | None = None


class Count(StrEnum):
    """How a network counts the length of a text."""

    CHARACTERS = "characters"
    GRAPHEMES = "graphemes"
    UTF16 = "utf16"  # code units: what lies beyond U+FFFF counts two
    BYTES = "bytes"
    WEIGHTED = "weighted"
    SHORTENED = "shortened"  # graphemes; a link counts 23, and of @name@domain only @name


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can do and what bounds it. Data, so that pages and rules ask this and not for a name."""

    can_listen: bool = True
    can_reply: bool = False
    can_reply_privately: bool = False
    public: bool = True  # what is said here can be read by anyone
    live: bool = False  # the customer waits in front of the screen (chat)
    can_find_sent: bool = False
    can_write_first: bool = False  # to an address that never wrote here (mail)
    max_length: int | None = None
    count: Count = Count.CHARACTERS
    reply_window: timedelta | None = None  # since the customer's last message
    private_window: timedelta | None = None  # the same, where that message is private; None: `reply_window`
    # Of a private reply to public words, since they were said; the network lets us write one until they answer it.
    first_private_window: timedelta | None = None
    # The platform proves who speaks: a login, a key. False where a sender can be forged, or is said by another system.
    authors_proven: bool = False
    hears_edits: bool = True  # False: the first text under a native id stays (mail: anyone can write any Message-ID)
    supports_subject: bool = False
    max_attachments: int = 0
    max_attachment_bytes: int = 0
    attachment_types: tuple[str, ...] = ()  # sniffed types; empty: any
    icon: str = "message-square"  # name in the icon sprite


def gettext_noop(text: str) -> str:
    """Mark a text for translators; whoever shows it translates it. Connectors know nothing of who reads."""
    return text


class FieldKind(StrEnum):
    """What a setting must be, beyond what is asked of a text (`settings_schema.check_setting`)."""

    TEXT = "text"
    NUMBER = "number"  # decimal; a share is one from 0 to 1
    INTEGER = "integer"
    ADDRESS = "address"  # of the web: https, or http in networks of our own
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Field:
    """One setting that a person fills in to connect a source. What people read of it is marked with `gettext_noop`."""

    name: str
    label: str
    help: str = ""
    secret: bool = False
    required: bool = True
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    multiline: bool = False
    kind: FieldKind = FieldKind.TEXT
    minimum: float | None = None  # of a number
    maximum: float | None = None
    obtained: bool = False  # nobody types it: signing in at the network brings it (`authorizing.Authorizes`)
    guards_secrets: bool = False  # says where secrets are sent, or how safely: who changes it types them again
    tries_again: bool = False  # what a change of it makes is shown at once, by "test it now"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of "test it now": what was tried, and what to do if it failed."""

    label: str
    passed: bool
    detail: str = ""
    heard: tuple[Heard, ...] = ()  # the last things said there, newest first: what would come in
    read: tuple[tuple[str, str], ...] = ()  # what stands in a payload: where, and what


@dataclass(frozen=True, slots=True)
class Step:
    """One step of connecting, on the checklist above the form; marked with `gettext_noop`.

    In an address, braces name a setting that it depends on: "{instance}/settings/applications".
    """

    what: str
    address: str = ""  # where to do it
    copies: str = ""  # what to type or paste there, as it is


@runtime_checkable
class Guides(Protocol):
    """A connector whose network wants something created first: what, in order."""

    steps: Sequence[Step]


@runtime_checkable
class Connector(Protocol):
    """What every connector has. The optional abilities are the protocols below."""

    key: str
    label: str
    fields: Sequence[Field]

    def capabilities(self, settings: Settings) -> Capabilities:
        """What this source can do; an instance may tell its own limits through its settings."""
        ...

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        """Pure: the same bytes always give the same result. Raises `Malformed` with a reason."""
        ...


@runtime_checkable
class NamesChannel(Protocol):
    """A connector of a medium that others connect to as well: what is said there has one channel, whoever heard it."""

    channel: str


@runtime_checkable
class Listens(Protocol):
    """A connector that goes and gets (polling, a socket, IMAP IDLE)."""

    def listen(
        self, *, settings: Settings, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
    ) -> Iterator[Delivery]:
        """Yield deliveries until `stop()`; at least every 30 s, be it an empty one.

        Each delivery is stored before the next is asked for. `Retry` and `Refused` end the generator; the house
        records the gap and starts again from the stored cursor, so a few items may come twice.
        """
        ...


@dataclass(slots=True)
class Overheard:
    """A public post in passing, as far as a search can look at it. Of a whole network most are never stored.

    The author is missing where the network names nobody: a search for authors then finds nothing in passing.
    """

    native_id: str
    text: str
    author: str = ""  # handle
    lang: str | None = None
    url: str = ""
    kind: Kind = Kind.POST
    hashtags: Sequence[str] = ()


class Interest(Protocol):
    """What the house would keep of a network that tells everything to everybody; asked of a whole batch at once."""

    def wanted(self, posts: Sequence[Overheard]) -> Sequence[bool]:
        """For each post whether a saved search matches it."""
        ...

    def known(self, native_ids: Collection[str]) -> Container[str]:
        """Which of these were heard before: to honour edits and deletions, and to hear what answers them."""
        ...

    def said_by(self, author: str) -> Collection[str]:
        """Native ids of what this author said that still stands here: it goes when the network says that they left."""
        ...


@runtime_checkable
class Overhears(Listens, Protocol):
    """A connector of a network whose stream tells all that anybody says, too much to be stored.

    The house calls `overhear` in the place of `listen`, which hears what concerns the account alone.
    """

    def overhear(
        self,
        *,
        settings: Settings,
        cursor: Cursor,
        stop: Callable[[], bool],
        now: Callable[[], datetime],
        interest: Interest,
    ) -> Iterator[Delivery]:
        """As `listen`, and also what is wanted or belongs to what is known. Only that may be yielded."""
        ...


@runtime_checkable
class Sends(Protocol):
    """A connector that can answer."""

    def send(self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
        """Deliver once. Raises `Refused` (final), `Retry` (surely not sent), `Uncertain` (perhaps sent)."""
        ...

    def find_sent(self, *, settings: Settings, outgoing: Outgoing) -> Receipt | None:
        """Whether a reply arrived: its receipt, or None when the network says it did not.

        Raises `Uncertain` where the network can't be asked.
        """
        ...


@dataclass(frozen=True, slots=True)
class Attention:
    """What somebody who waits on a live channel may expect at a moment."""

    is_open: bool
    next_opening: datetime | None  # the moment itself while open; None: never
    answer_within: timedelta  # then the team is alarmed, and the customer asked for another way to be reached
    give_up_after: timedelta  # then the customer is told what happens next


@runtime_checkable
class Attends(Protocol):
    """A live channel, which knows when somebody is there and how long a customer may wait."""

    def attention(self, *, settings: Settings, at: datetime) -> Attention:
        """Pure; never raises: settings that can't be read count as not given."""
        ...


@runtime_checkable
class Fetches(Protocol):
    """A connector whose files can't be had by their address alone: they need its secrets, or a question before.

    All its `Media.url` are asked of it, and only by it: they may be names of its own, which nobody else could fetch.
    """

    def fetch(self, *, settings: Settings, url: str, max_bytes: int) -> bytes:
        """The file. Raises `Refused` (gone, larger than `max_bytes`) and `Retry`."""
        ...


@runtime_checkable
class Checks(Protocol):
    """A connector that can say whether its settings work, without posting anything."""

    def check(self, *, settings: Settings) -> Sequence[Check]:
        """Try each step of connecting; never raises for a wrong setting.

        Of a source that is connected, `settings["last_raw"]` is the newest `Raw` that came in, or None.
        """
        ...
