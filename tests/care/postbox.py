"""A real, small outside network to send to: one append-only file. It takes whatever it is given, a second time too."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from goodword.care.models import Case, Episode, Message
from goodword.connectors import registry
from goodword.connectors.contract import (
    Capabilities,
    Count,
    Field,
    Heard,
    Outgoing,
    Raw,
    Receipt,
    Refused,
    Retry,
    Settings,
    Uncertain,
)
from goodword.listen.models import Source
from tests.care.world import World


class Postbox:
    """Its moods are settings, so that a test says what goes wrong next.

    `sending`: "" (fine), "refused", "retry", "lost" (no answer, not taken), "taken" (no answer, taken), "broken".
    `asking`: "" (fine), "away", "refused", "broken". `pause`: seconds before and after a post is taken.
    """

    key = "postbox"
    label = "Postbox"
    fields: Sequence[Field] = ()

    def capabilities(self, settings: Settings) -> Capabilities:
        window = settings.get("window_minutes")
        private, first = settings.get("private_window_minutes"), settings.get("first_private_window_minutes")
        return Capabilities(
            can_reply=True,
            can_reply_privately=settings.get("can_reply_privately", True),
            public=settings.get("public", True),
            can_find_sent=settings.get("can_find_sent", True),
            max_length=settings.get("max_length"),
            count=Count(settings.get("count", "graphemes")),
            reply_window=timedelta(minutes=window) if window else None,
            private_window=timedelta(minutes=private) if private else None,
            first_private_window=timedelta(minutes=first) if first else None,
            supports_subject=settings.get("supports_subject", False),
            max_attachments=settings.get("max_attachments", 2),
            max_attachment_bytes=settings.get("max_attachment_bytes", 1_000_000),
            attachment_types=tuple(settings.get("attachment_types", ())),
        )

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        return ()

    def send(self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
        mood = settings.get("sending", "")
        if mood == "refused":
            raise Refused("The customer has closed the account.")
        if mood == "retry":
            raise Retry("Too many requests.", after=timedelta(seconds=settings.get("after", 1)))
        if mood == "lost":
            raise Uncertain("No answer.")
        if mood == "broken":
            raise KeyError("what the customer wrote")
        time.sleep(settings.get("pause", 0))
        at = now()
        number = _post(Path(settings["path"]), outgoing, at)
        time.sleep(settings.get("pause", 0))
        if mood == "taken":
            raise Uncertain("No answer.")
        return Receipt(native_id=f"post-{number}", at=at)

    def find_sent(self, *, settings: Settings, outgoing: Outgoing) -> Receipt | None:
        if settings.get("asking") == "away":
            raise Uncertain("No answer.")
        if settings.get("asking") == "broken":
            raise KeyError("what the customer wrote")
        if settings.get("asking") == "refused":
            raise Refused("The password is wrong.")
        found = None
        for number, post in enumerate(posts(settings["path"])):
            if post["key"] == outgoing.idempotency_key:
                found = Receipt(native_id=f"post-{number}", at=datetime.fromisoformat(str(post["at"])))
        with Path(f"{settings['path']}.asked").open("a") as asked:
            asked.write(f"{'found' if found else 'not found'}\n")
        return found


def _post(path: Path, outgoing: Outgoing, at: datetime) -> int:
    """Add one post, on disk, and return its number."""
    line = {
        "key": outgoing.idempotency_key,
        "text": outgoing.text,
        "at": at.isoformat(),
        "private": outgoing.private,
        "thread": outgoing.thread,
        "in_reply_to": outgoing.in_reply_to,
        "references": outgoing.references,
        "to": outgoing.to.native_id,
        "subject": outgoing.subject,
        "agent": outgoing.agent_name,
        "files": [media.filename for media in outgoing.media],
        "bytes": sum(len(media.content or b"") for media in outgoing.media),
    }
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        number = len(posts(path))
        os.write(file, json.dumps(line).encode() + b"\n")
        os.fsync(file)
    finally:
        os.close(file)
    return number


def posts(path: str | Path) -> list[dict[str, object]]:
    """What the network was given, in order."""
    path = Path(path)
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def answers(path: str | Path) -> list[str]:
    """What the network said when it was asked whether a reply had arrived."""
    asked = Path(f"{path}.asked")
    return asked.read_text().splitlines() if asked.exists() else []


def install() -> None:
    """Let the registry know the postbox, as an installed third-party connector would be known."""
    registry.IN_TREE["postbox"] = "tests.care.postbox:Postbox"
    registry._registered.cache_clear()


def open_postbox(world: World, path: Path, **settings: object) -> Source:
    """A source that is answered through a postbox at `path`."""
    install()
    source = world.new_source(f"postbox {path.name}", "postbox", connector="postbox")
    source.settings = {"path": str(path), **settings}
    source.save(update_fields=["settings"])
    return source


def set_mood(source: Source, **settings: object) -> None:
    """Change what the network does next."""
    source.refresh_from_db()
    source.settings |= settings
    source.save(update_fields=["settings"])


def again(message: Message) -> Message:
    """The message as it stands in the table."""
    return Message.objects.get(pk=message.pk)


def episode_of(case: Case) -> Episode:
    """The round that the case is in, as it stands in the table."""
    return case.episodes.latest("number")
