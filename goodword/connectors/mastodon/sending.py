"""Answers a post: once, to whom it answers, and never to more people than could read what it answers."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

from goodword.connectors.contract import Media, Outgoing, Receipt, Refused, Retry, Uncertain
from goodword.connectors.mastodon.entities import Status
from goodword.connectors.mastodon.instance import ask_who_we_are
from goodword.connectors.mastodon.parse import text_of
from goodword.connectors.mastodon.place import Place
from goodword.connectors.over_http.calls import Absent, Api

_PAGE = 40
_PAGES = 25  # of our own posts, since the one that was answered
_PROCESSING = 206
_READY_WITHIN = 60.0  # seconds, of a file
_DOMAIN = re.compile(r"(?<![\w/])(@\w+)@[\w.-]+\w")
_NO_LETTER = re.compile(r"[\W_]+")


class _File(msgspec.Struct):
    id: str
    url: str | None = None


def send(place: Place, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
    """Raises `Refused`, `Retry` (surely not posted), `Uncertain`."""
    with place.api() as api:
        answered = _answered(api, outgoing)
        post = {
            "status": _addressed(outgoing, answered),
            "visibility": _visibility(outgoing, answered),
            "in_reply_to_id": outgoing.in_reply_to,
            "media_ids": [_upload(api, media) for media in outgoing.media],
        }
        headers = {"Idempotency-Key": outgoing.idempotency_key}  # the instance remembers it for an hour
        try:
            answer = api.post("/api/v1/statuses", json=post, headers=headers, commits=True)
        except Absent as error:
            raise _deleted() from error
        return _receipt(answer.read(Status), now())


def find_sent(place: Place, outgoing: Outgoing) -> Receipt | None:
    """Among what our account wrote since the post that was answered. Raises `Uncertain`, `Refused`."""
    try:
        with place.api() as api:
            own = f"/api/v1/accounts/{ask_who_we_are(api).id}/statuses"
            after = outgoing.in_reply_to or "0"
            for _ in range(_PAGES):
                query = [("min_id", after), ("limit", str(_PAGE)), ("exclude_reblogs", "true")]
                page = sorted(api.get(own, query).read(list[Status]), key=lambda each: (len(each.id), each.id))
                if not page:
                    return None
                for status in page:
                    if _is_ours(status, outgoing):
                        return _receipt(status, status.created_at)
                after = page[-1].id
    except Retry as error:
        raise Uncertain(f"The instance can't be asked whether the reply was posted. {error}") from error
    raise Uncertain("Our account wrote so much since that the reply can't be looked for.")


def _answered(api: Api, outgoing: Outgoing) -> Status | None:
    if outgoing.in_reply_to is None:
        return None
    try:
        return api.get(f"/api/v1/statuses/{outgoing.in_reply_to}").read(Status)
    except Absent as error:
        raise _deleted() from error


def _deleted() -> Refused:
    return Refused("The customer has deleted the post that this answers, or doesn't show it to us any more.")


def _addressed(outgoing: Outgoing, answered: Status | None) -> str:
    """Who isn't named in a reply doesn't get to know of it."""
    name = answered.account.acct if answered else outgoing.to.handle
    if not name or re.search(rf"(?<![\w/])@{re.escape(name)}(?![\w@])", outgoing.text, re.IGNORECASE):
        return outgoing.text
    return f"@{name} {outgoing.text}"


def _visibility(outgoing: Outgoing, answered: Status | None) -> str:
    """As what is answered; but an answer to followers-only words would go to our followers: it is direct instead."""
    if outgoing.private or (answered and answered.visibility in {"private", "direct"}):
        return "direct"
    return answered.visibility if answered else "public"


def _upload(api: Api, media: Media) -> str:
    """The id of a file, once the instance has looked at it. Nothing is shown anywhere yet: it may be tried again."""
    form = {"description": media.alt} if media.alt else {}
    file = api.upload(
        "/api/v2/media", name=media.filename, content=media.content or b"", kind=media.declared_type, form=form
    ).read(_File)
    deadline = time.monotonic() + _READY_WITHIN
    while file.url is None:
        if time.monotonic() > deadline:
            raise Retry(f"The instance is still working on {media.filename}.")
        time.sleep(1)
        answer = api.get(f"/api/v1/media/{file.id}")
        if answer.status != _PROCESSING:
            file = answer.read(_File)
    return file.id


def _is_ours(status: Status, outgoing: Outgoing) -> bool:
    """Whether this is that reply: the API gives no key back, but what it answers and what it says."""
    if status.in_reply_to_id != outgoing.in_reply_to:
        return False
    meant = _letters(outgoing.text)
    return _letters(text_of(status.content)) in {
        meant,
        *(_letters(f"@{each.acct}") + meant for each in status.mentions),
    }


def _letters(text: str) -> str:
    """Without what an instance may write otherwise: blanks, domains of names, signs."""
    short = _DOMAIN.sub(r"\1", text)
    return _NO_LETTER.sub("", short).casefold() or "".join(short.split())


def _receipt(status: Status, at: datetime) -> Receipt:
    return Receipt(native_id=status.id, at=at if at.tzinfo else at.replace(tzinfo=UTC), url=status.url)
