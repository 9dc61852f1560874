"""The parts of a mail: its text, its HTML, and what is attached."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from goodword.connectors.contract import Media
from goodword.connectors.mime.charsets import Decoded, decode
from goodword.connectors.mime.headers import decode_words
from goodword.connectors.mime.html_text import read_html
from goodword.connectors.storable import storable_text

MAX_PARTS = 200  # a mail with more is built to hurt
MAX_DEPTH = 500  # of nested elements; sanitising takes time that grows with the square of it
MAX_HTML = 2_000_000  # characters
_MAX_FILENAME = 200


@dataclass(slots=True)
class Body:
    """What a mail says and carries."""

    text: str = ""
    html: str = ""
    media: list[Media] = field(default_factory=list)
    is_repaired: bool = False
    is_cut: bool = False  # more parts than are read
    is_text_only: bool = False  # its HTML is larger or deeper than anyone can show


def read_body(message: Message) -> Body:
    """Plain text where there is any, else what its HTML shows; everything that isn't text is attached."""
    body = Body()
    plain: list[str] = []
    html: list[str] = []
    for count, part in enumerate(_leaves(message)):
        if count >= MAX_PARTS:
            body.is_cut = True
            break
        kind = part.get_content_type()
        if _is_attached(part) or kind not in {"text/plain", "text/html"}:
            body.media.append(_media(part, len(body.media)))
            continue
        decoded = _text(part)
        body.is_repaired = body.is_repaired or decoded.is_repaired
        (plain if kind == "text/plain" else html).append(decoded.text)
    body.text = "\n".join(text.strip("\n") for text in plain if text.strip())
    body.html = "\n".join(html)
    if body.html:
        seen = read_html(body.html)
        body.text = body.text or storable_text(seen.text)
        if seen.depth > MAX_DEPTH or len(body.html) > MAX_HTML:
            body.html, body.is_text_only = "", True
    return body


def _leaves(part: Message) -> Iterator[Message]:
    """The parts that are not made of others. A mail attached to the mail is one part, and not opened."""
    if part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list):
        for inner in part.get_payload():
            if isinstance(inner, Message):
                yield from _leaves(inner)
    else:
        yield part


def _is_attached(part: Message) -> bool:
    disposition = (part.get_content_disposition() or "").lower()
    return disposition == "attachment" or (bool(_filename(part)) and disposition != "inline")


def _text(part: Message) -> Decoded:
    content = _content(part)
    decoded = decode(content, part.get_content_charset())
    return Decoded(decoded.text.replace("\r\n", "\n"), decoded.is_repaired)


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    if isinstance(payload, bytes):
        return payload
    inner = part.get_payload()
    if isinstance(inner, list):
        return b"\n".join(each.as_bytes() for each in inner if isinstance(each, Message))
    return str(inner).encode("utf-8", "surrogateescape")


def _media(part: Message, position: int) -> Media:
    kind = part.get_content_type()
    return Media(
        filename=_filename(part) or _made_up_name(kind, position),
        declared_type=storable_text(kind)[:_MAX_FILENAME],
        content=_content(part),
        inline_id=storable_text(str(part.get("content-id") or "")).strip().strip("<>")[:_MAX_FILENAME],
    )


def _filename(part: Message) -> str:
    """The last part of the declared name; a path is nobody's business."""
    name = decode_words(str(part.get_filename() or ""))
    return name.replace("\\", "/").rsplit("/", 1)[-1].strip(". ")[:_MAX_FILENAME]


def _made_up_name(kind: str, position: int) -> str:
    ending = ".eml" if kind == "message/rfc822" else mimetypes.guess_extension(kind) or ".bin"
    return f"part-{position + 1}{ending}"
