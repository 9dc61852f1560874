"""Posts of a world as Mastodon's API gives them: the inverse of the parser."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from goodword.connectors.twins.world import Account, File, Post, Visible, World

_VISIBILITY = {
    Visible.PUBLIC: "public",
    Visible.UNLISTED: "unlisted",
    Visible.FOLLOWERS: "private",
    Visible.DIRECT: "direct",
}
VISIBLE = {name: visible for visible, name in _VISIBILITY.items()}
NAME = re.compile(r"(?<![\w/])@(\w+)(?:@[\w.-]+\w)?")
LINK = re.compile(r"https?://[^\s<>&]+")
_TAG = re.compile(r"#(\w+)")


class Entities:
    """Entities of an instance at one address."""

    def __init__(self, world: World) -> None:
        self.address = ""
        self._world = world
        self._likes: Iterator[int] = itertools.count()  # another number each time, as in life

    def notification(self, post: Post) -> dict[str, Any]:
        """That a post mentions the brand."""
        return {
            "id": str(post.number),
            "type": "mention",
            "created_at": time(post.at),
            "account": self.account(post.author),
            "status": self.status(post),
        }

    def account(self, account: Account) -> dict[str, Any]:
        """Somebody; all are at home here."""
        return {
            "id": str(account.number),
            "username": account.handle,
            "acct": account.handle,
            "uri": f"{self.address}/users/{account.handle}",
            "url": f"{self.address}/@{account.handle}",
            "display_name": account.name,
            "followers_count": account.followers,
            "statuses_count": next(self._likes),
            "bot": False,
        }

    def status(self, post: Post) -> dict[str, Any]:
        """A post."""
        parent = self._world.post(post.parent) if post.parent else None
        return {
            "id": status_id(post),
            "created_at": time(post.at),
            "edited_at": time(post.edited_at) if post.edited_at else None,
            "in_reply_to_id": status_id(parent) if parent else None,
            "in_reply_to_account_id": str(parent.author.number) if parent else None,
            "visibility": _VISIBILITY[post.visible],
            "language": post.lang,
            "uri": f"{self.address}/users/{post.author.handle}/statuses/{status_id(post)}",
            "url": f"{self.address}/@{post.author.handle}/{status_id(post)}",
            "content": _content(post),
            "spoiler_text": "",
            "sensitive": False,
            "reblog": None,
            "favourites_count": next(self._likes),
            "account": self.account(post.author),
            "media_attachments": [self.file(file) for file in post.files],
            "mentions": [
                {"id": str(each.number), "username": each.handle, "acct": each.handle} for each in post.mentions
            ],
            "tags": [{"name": tag} for tag in tags(post)],
        }

    def file(self, file: File) -> dict[str, Any]:
        """A picture or other file."""
        url = f"{self.address}/files/{file.number}/{file.name}"
        kind = file.kind.partition("/")[0]
        return {"id": str(file.number), "type": kind, "url": url, "description": file.alt or None}


def status_id(post: Post) -> str:
    """As Mastodon makes them: milliseconds since 1970, and a counter in the lowest 16 bits."""
    return str((int(post.at.timestamp() * 1000) << 16) + (post.number & 0xFFFF))


def number_of(status: object) -> int:
    """The number of the post with this id; 0 for what is none."""
    text = str(status)
    return int(text) & 0xFFFF if text.isascii() and text.isdigit() else 0


def tags(post: Post) -> list[str]:
    """Its hashtags, in lower case."""
    return [tag.lower() for tag in _TAG.findall(post.text)]


def time(at: datetime) -> str:
    """As the API writes times."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _content(post: Post) -> str:
    """HTML as Mastodon writes it: names and links as anchors."""
    escaped = html.escape(post.text, quote=False)
    linked = LINK.sub(r'<a href="\g<0>" rel="nofollow noopener" target="_blank">\g<0></a>', escaped)
    text = NAME.sub(
        r'<span class="h-card"><a href="https://twin.example/@\1" class="u-url mention">@<span>\1</span></a></span>',
        linked,
    )
    paragraphs = text.replace("\r\n", "\n").split("\n\n")
    return "".join(f"<p>{paragraph.replace(chr(10), '<br>')}</p>" for paragraph in paragraphs)
