"""Who is on a network and what they said, in the order of saying."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum


class Visible(StrEnum):
    """Who may read a post; each network has its own words for it."""

    PUBLIC = "public"
    UNLISTED = "unlisted"
    FOLLOWERS = "followers"
    DIRECT = "direct"


class Happened(StrEnum):
    """What became of a post."""

    SAID = "said"
    EDITED = "edited"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody on the network."""

    number: int
    handle: str
    name: str
    followers: int = 12


@dataclass(frozen=True, slots=True)
class File:
    """A picture or other file, and its description."""

    number: int
    name: str
    kind: str
    content: bytes = field(repr=False)
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One thing that was said. `number` counts from 1 in the order of saying."""

    number: int
    author: Account
    text: str
    at: datetime
    parent: int | None = None  # number of the post that it answers
    visible: Visible = Visible.PUBLIC
    mentions: tuple[Account, ...] = ()
    files: tuple[File, ...] = ()
    lang: str | None = "en"
    key: str | None = None  # idempotency key, of a post that came in by the API
    edited_at: datetime | None = None
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened, counted from 1; the post as it was then."""

    number: int
    what: Happened
    post: Post


_HANDLE = re.compile(r"(?<![\w@])@([\w.-]+)")  # a domain may follow it


def _utc_now() -> datetime:
    return datetime.now(UTC)


class World:
    """A network's contents. Safe to use from several threads; twins follow it from their event loop."""

    def __init__(self, brand: str = "harbour", *, now: Callable[[], datetime] = _utc_now) -> None:
        self._lock = threading.RLock()
        self._now = now
        self._accounts: dict[str, Account] = {}
        self._posts: list[Post] = []
        self._files: list[File] = []
        self._changes: list[Change] = []
        self._waiting: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []
        self.brand = self.account(brand, name=brand.title())

    def account(self, handle: str, *, name: str = "", followers: int = 12) -> Account:
        """The account of this handle (in lower case), made if there is none."""
        with self._lock:
            made = Account(len(self._accounts) + 1, handle, name or handle.title(), followers)
            return self._accounts.setdefault(handle, made)

    def accounts(self) -> Sequence[Account]:
        """Everybody."""
        with self._lock:
            return list(self._accounts.values())

    def say(
        self,
        author: Account,
        text: str,
        *,
        parent: int | None = None,
        visible: Visible = Visible.PUBLIC,
        files: Sequence[File] = (),
        key: str | None = None,
        lang: str | None = "en",
    ) -> Post:
        """Have somebody say something; whoever is named by @handle is mentioned. The same key is one post."""
        with self._lock:
            if key is not None and (known := self.by_key(key)):
                return known
            named = dict.fromkeys(_HANDLE.findall(text.lower()))
            mentions = tuple(each for name in named if (each := self._accounts.get(name.rstrip("."))))
            number = len(self._posts) + 1
            post = Post(number, author, text, self._now(), parent, visible, mentions, tuple(files), lang, key)
            self._posts.append(post)
            self._happened(Happened.SAID, post)
            return post

    def edit(self, number: int, text: str) -> Post:
        """Change what a post says."""
        with self._lock:
            post = replace(self._posts[number - 1], text=text, edited_at=self._now())
            self._posts[number - 1] = post
            self._happened(Happened.EDITED, post)
            return post

    def delete(self, number: int) -> None:
        """Take a post back."""
        with self._lock:
            post = replace(self._posts[number - 1], deleted_at=self._now())
            self._posts[number - 1] = post
            self._happened(Happened.DELETED, post)

    def keep_file(self, name: str, kind: str, content: bytes, alt: str = "") -> File:
        """Take a file that a post may show later."""
        with self._lock:
            file = File(len(self._files) + 1, name, kind, content, alt)
            self._files.append(file)
            return file

    def file(self, number: int) -> File | None:
        """A file by its number."""
        with self._lock:
            return self._files[number - 1] if 0 < number <= len(self._files) else None

    def post(self, number: int) -> Post | None:
        """A post by its number, unless it was deleted."""
        with self._lock:
            found = self._posts[number - 1] if 0 < number <= len(self._posts) else None
            return found if found and found.deleted_at is None else None

    def posts(self) -> Iterator[Post]:
        """Those that stand, oldest first."""
        with self._lock:
            return iter([post for post in self._posts if post.deleted_at is None])

    def by_key(self, key: str) -> Post | None:
        """The post that was sent with this idempotency key."""
        with self._lock:
            return next((post for post in self._posts if post.key == key), None)

    def root(self, post: Post) -> Post:
        """The post that began the conversation, as far as it stands."""
        while post.parent is not None and (above := self.post(post.parent)):
            post = above
        return post

    def changes(self, after: int) -> Sequence[Change]:
        """What happened after change number `after`."""
        with self._lock:
            return self._changes[after:]

    async def wait(self, after: int, *, seconds: float) -> Sequence[Change]:
        """What happened after change number `after`; waits for it, but no longer than so many seconds."""
        came = asyncio.Event()
        entry = (asyncio.get_running_loop(), came)
        with self._lock:
            if len(self._changes) > after:
                return self.changes(after)
            self._waiting.append(entry)
        try:
            await asyncio.wait_for(came.wait(), seconds)
        except TimeoutError:
            pass
        finally:
            with self._lock:
                self._waiting.remove(entry)
        return self.changes(after)

    def _happened(self, what: Happened, post: Post) -> None:
        self._changes.append(Change(len(self._changes) + 1, what, post))
        for loop, came in self._waiting:
            loop.call_soon_threadsafe(came.set)
