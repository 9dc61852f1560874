"""Posts of a simulated network as records of the AT protocol: the inverse of what the connector parses."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC, datetime
from typing import Any

import libipld

from goodword.connectors.bluesky.identifiers import POSTS, RecordAddress, tid
from goodword.connectors.twins.world import Account, Change, File, Happened, Post, World

DOMAIN = "twin.test"  # everybody's handle ends so
_NAME = re.compile(r"(?<![\w@.])@([a-z0-9-]+)(?![\w.-]*\w)")
_FULL_NAME = re.compile(rf"@([a-z0-9-]+)\.{re.escape(DOMAIN)}(?![\w-])", re.IGNORECASE)
_CBOR, _RAW = 0x71, 0x55  # what a content id says of its content
_SHA256 = bytes((0x12, 0x20))


def did_of(account: Account) -> str:
    """The account's identifier, always the same for a handle."""
    digest = hashlib.sha256(account.handle.encode()).digest()
    return "did:plc:" + base64.b32encode(digest).decode().lower()[:24]


def handle_of(account: Account) -> str:
    """As the network writes it."""
    return f"{account.handle}.{DOMAIN}"


def without_domain(text: str) -> str:
    """Names as a simulated world knows them."""
    return _FULL_NAME.sub(r"@\1", text)


def microseconds(at: datetime) -> int:
    """Since 1970."""
    return int(at.timestamp() * 1_000_000)


def content_id(content: bytes, kind: int = _RAW) -> str:
    """The content id (CIDv1, SHA-256) of a file, or of a record in DAG-CBOR."""
    return libipld.encode_cid(bytes((1, kind)) + _SHA256 + hashlib.sha256(content).digest())


def address_of(post: Post) -> RecordAddress:
    """Where a post lies. One that came in by the API has the key that it was given."""
    rkey = post.key or tid(microseconds(post.at), post.number)
    return RecordAddress(did_of(post.author), rkey)


def record_cid(record: dict[str, Any]) -> str:
    """The content id of a record."""
    return content_id(libipld.encode_dag_cbor(record), _CBOR)


def record_of(world: World, post: Post) -> dict[str, Any]:
    """`app.bsky.feed.post`."""
    text, facets = _told(world, post.text)
    record: dict[str, Any] = {
        "$type": POSTS,
        "text": text,
        "createdAt": post.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    if post.lang:
        record["langs"] = [post.lang]
    if facets:
        record["facets"] = facets
    if post.parent is not None and (parent := world.post(post.parent)):
        record["reply"] = {"root": ref_of(world, world.root(parent)), "parent": ref_of(world, parent)}
    if post.files:
        images = [{"image": blob_of(file), "alt": file.alt} for file in post.files]
        record["embed"] = {"$type": "app.bsky.embed.images", "images": images}
    return record


def ref_of(world: World, post: Post) -> dict[str, str]:
    """A post by address and content."""
    return {"uri": str(address_of(post)), "cid": record_cid(record_of(world, post))}


def blob_of(file: File) -> dict[str, Any]:
    """A file as records name it."""
    link = {"$link": content_id(file.content)}
    return {"$type": "blob", "ref": link, "mimeType": file.kind, "size": len(file.content)}


def event_of(world: World, change: Change) -> dict[str, Any]:
    """What Jetstream says of a change."""
    post = change.post
    address = address_of(post)
    commit: dict[str, Any] = {"rev": tid(time_of(change), 0), "collection": POSTS, "rkey": address.rkey}
    if change.what is Happened.DELETED:
        commit["operation"] = "delete"
    else:
        record = record_of(world, post)
        operation = "update" if change.what is Happened.EDITED else "create"
        commit |= {"operation": operation, "record": record, "cid": record_cid(record)}
    return {"did": address.did, "time_us": time_of(change), "kind": "commit", "commit": commit}


def time_of(change: Change) -> int:
    """When it happened, in microseconds."""
    post = change.post
    at = {Happened.EDITED: post.edited_at, Happened.DELETED: post.deleted_at}.get(change.what)
    return microseconds(at or post.at)


def _told(world: World, text: str) -> tuple[str, list[dict[str, Any]]]:
    """The text with handles as the network writes them, and what is marked in it."""
    known = {account.handle: account for account in world.accounts()}
    told, facets, last = "", [], 0
    for match in _NAME.finditer(text):
        account = known.get(match[1])
        if account is None:
            continue
        told += text[last : match.start()]
        start, last = len(told.encode()), match.end()
        told += f"@{handle_of(account)}"
        feature = {"$type": "app.bsky.richtext.facet#mention", "did": did_of(account)}
        facets.append({"index": {"byteStart": start, "byteEnd": len(told.encode())}, "features": [feature]})
    return told + text[last:], facets
