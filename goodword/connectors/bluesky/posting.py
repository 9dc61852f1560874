"""Answers a post: once, in its thread, with root and parent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from goodword.connectors.bluesky.events import Post, Ref
from goodword.connectors.bluesky.facets import facets_of
from goodword.connectors.bluesky.identifiers import POSTS, RecordAddress, reply_key
from goodword.connectors.bluesky.points import TO_CREATE, writes
from goodword.connectors.bluesky.session import Session
from goodword.connectors.contract import Count, Media, Outgoing, Receipt, Refused, Retry, Uncertain
from goodword.connectors.length import length
from goodword.connectors.over_http.calls import Absent, Declined

MOST_GRAPHEMES = 300
MOST_BYTES = 3_000
MOST_IMAGES = 4
IMAGE_BYTES = 1_000_000
IMAGE_TYPES = ("image/jpeg", "image/png", "image/webp", "image/gif")
_ABSENT = {"RecordNotFound", "InvalidRequest"}  # how servers of different ages say that there is no such record


class _Record(msgspec.Struct):
    uri: str
    cid: str
    value: Post


class _Own(msgspec.Struct):
    uri: str
    value: dict[str, Any]


class _Uploaded(msgspec.Struct):
    blob: dict[str, Any]


class _Resolved(msgspec.Struct):
    did: str


def post_reply(session: Session, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
    """Post it, unless the record that it always becomes is there already. Raises `Refused`, `Retry`, `Uncertain`."""
    parent = _target(outgoing)
    _check_length(outgoing)
    own = _own_address(session, outgoing, parent)
    if known := _find(session, own):
        return known
    thread = _thread(session, parent)
    record = _record(session, outgoing, thread, now())
    writes.spend(session.did, TO_CREATE, now())
    try:
        answer = session.post(
            "com.atproto.repo.createRecord",
            {"repo": session.did, "collection": POSTS, "rkey": own.rkey, "record": record},
            commits=True,
        )
    except Declined:
        if known := _find(session, own):  # somebody else who had this reply to send was faster
            return known
        raise
    writes.heed(session.did, answer.quota)
    return _receipt(own, _time(str(record["createdAt"])) or now())


def find_reply(session: Session, outgoing: Outgoing) -> Receipt | None:
    """Whether the record is there. Raises `Uncertain` where the network doesn't say, `Refused`."""
    try:
        return _find(session, _own_address(session, outgoing, _target(outgoing)))
    except Retry as error:
        raise Uncertain(f"Bluesky can't be asked whether the reply arrived. {error}") from error


def _target(outgoing: Outgoing) -> RecordAddress:
    if outgoing.private:
        raise Refused("On Bluesky we answer in public only.")
    target = RecordAddress.read(outgoing.in_reply_to or "")
    if target is None or target.collection != POSTS:
        raise Refused("There is no post to answer.")
    return target


def _check_length(outgoing: Outgoing) -> None:
    graphemes = length(outgoing.text, Count.GRAPHEMES)
    if graphemes > MOST_GRAPHEMES:
        raise Refused(f"The reply has {graphemes} characters; Bluesky takes {MOST_GRAPHEMES}.")
    if length(outgoing.text, Count.BYTES) > MOST_BYTES:
        raise Refused("The reply is too long for Bluesky in bytes: emoji and accents count several times. Shorten it.")
    if len(outgoing.media) > MOST_IMAGES:
        raise Refused(f"Bluesky takes {MOST_IMAGES} pictures at most.")


def _own_address(session: Session, outgoing: Outgoing, parent: RecordAddress) -> RecordAddress:
    return RecordAddress(session.did, reply_key(outgoing.idempotency_key, parent.rkey))


def _address_query(address: RecordAddress) -> Sequence[tuple[str, str]]:
    return [("repo", address.did), ("collection", address.collection), ("rkey", address.rkey)]


def _find(session: Session, own: RecordAddress) -> Receipt | None:
    try:
        found = session.get("com.atproto.repo.getRecord", _address_query(own)).read(_Own)
    except Declined as no:
        if isinstance(no, Absent) or no.code in _ABSENT:
            return None
        raise
    return _receipt(own, _time(str(found.value.get("createdAt", ""))) or datetime.now(UTC))


def _thread(session: Session, parent: RecordAddress) -> dict[str, dict[str, str]]:
    """What the reply must name: the post as it stands now, since what we heard was unsigned, and where it began."""
    try:
        found = session.get("com.atproto.repo.getRecord", _address_query(parent)).read(_Record)
    except Declined as no:
        if isinstance(no, Absent) or no.code in _ABSENT:
            raise Refused("The post is gone: its author deleted it, so that nothing is left to answer.") from no
        raise
    answered = Ref(found.uri, found.cid)
    root = found.value.reply.root if found.value.reply else answered
    return {"root": {"uri": root.uri, "cid": root.cid}, "parent": {"uri": answered.uri, "cid": answered.cid}}


def _record(session: Session, outgoing: Outgoing, thread: dict[str, dict[str, str]], now: datetime) -> dict[str, Any]:
    record: dict[str, Any] = {
        "$type": POSTS,
        "text": outgoing.text,
        "createdAt": now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "reply": thread,
    }
    if facets := facets_of(outgoing.text, lambda handle: _did_of(session, handle)):
        record["facets"] = facets
    if outgoing.media:
        images = [_image(session, media) for media in outgoing.media]
        record["embed"] = {"$type": "app.bsky.embed.images", "images": images}
    return record


def _did_of(session: Session, handle: str) -> str | None:
    try:
        return session.get("com.atproto.identity.resolveHandle", [("handle", handle)]).read(_Resolved).did
    except Declined:
        return None  # nobody is called so: it stays plain text


def _image(session: Session, media: Media) -> dict[str, Any]:
    if media.content is None or media.declared_type not in IMAGE_TYPES or len(media.content) > IMAGE_BYTES:
        raise Refused(f"{media.filename}: Bluesky takes pictures (JPEG, PNG, WebP, GIF) of up to 1 MB.")
    uploaded = session.upload(media.content, media.declared_type).read(_Uploaded)
    return {"image": uploaded.blob, "alt": media.alt}


def _receipt(own: RecordAddress, at: datetime) -> Receipt:
    return Receipt(native_id=str(own), at=at, url=f"https://bsky.app/profile/{own.did}/post/{own.rkey}")


def _time(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None
