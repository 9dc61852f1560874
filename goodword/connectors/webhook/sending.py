"""Posts an answer to the other system, signed. Its id is the answer's key: what comes twice under it is one answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote

import msgspec

from goodword.connectors.contract import Outgoing, Receipt, Refused, Retry, Settings, Uncertain
from goodword.connectors.over_http.calls import Absent, Answer, Api
from goodword.connectors.storable import bounded, storable_json, storable_text
from goodword.connectors.webhook.place import Outside, read_outside
from goodword.connectors.webhook.signature import sign

NETWORK = "The other system"


class _Taken(msgspec.Struct):
    id: str | int = ""
    url: str | None = None
    at: datetime | None = None


def send(settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
    """Raises `Refused`, `Retry`, `Uncertain`."""
    outside, at = read_outside(settings), now()
    body = msgspec.json.encode(_event(outgoing, at, str(settings.get("hook") or "")))
    key = outgoing.idempotency_key
    headers = {**sign(key, int(at.timestamp()), body, outside.secret), "Idempotency-Key": key}
    with Api(outside.origin, network=NETWORK) as api:
        answer = api.post_bytes(outside.path, content=body, kind="application/json", headers=headers, commits=True)
    return _receipt(_taken(answer), key, at)


def find_sent(settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt | None:
    """Ask for the answer by its id. Raises `Uncertain`, `Refused`."""
    outside, key = read_outside(settings), outgoing.idempotency_key
    try:
        taken = _taken(ask(outside, key, now()))
    except Absent:
        return None
    except Retry as error:
        raise Uncertain(f"{NETWORK} can't be asked whether the answer arrived. {error}") from error
    return _receipt(taken, key, now())


def ask(outside: Outside, key: str, at: datetime) -> Answer:
    """What the other system knows of an answer. Raises `Absent`, `Refused` and `Retry`."""
    if not outside.can_be_asked:
        raise Refused(f"{NETWORK} can't be asked whether the answer arrived.")
    path = f"{outside.path}{'&' if '?' in outside.path else '?'}id={quote(key, safe='')}"
    with Api(outside.origin, network=NETWORK, headers=sign(key, int(at.timestamp()), b"", outside.secret)) as api:
        return api.get(path)


def _event(outgoing: Outgoing, at: datetime, hook: str) -> dict[str, object]:
    to = outgoing.to
    return {
        "type": "reply",
        "timestamp": at,
        "data": {
            "id": outgoing.idempotency_key,
            "text": outgoing.text,
            "subject": outgoing.subject,
            "private": outgoing.private,
            "in_reply_to": outgoing.in_reply_to,
            "thread": outgoing.thread,
            "to": {"id": to.native_id, "name": to.name, "handle": to.handle},
            "agent": outgoing.agent_name,
            "purpose": outgoing.purpose,
            "automatic": outgoing.automatic,
            "reports_to": hook,  # where reply.delivered, reply.read and reply.failed are told
        },
    }


def _taken(answer: Answer) -> _Taken:
    """What the other system calls it; nothing, where it says nothing that can be read: it took it all the same."""
    try:
        return msgspec.json.decode(storable_json(answer.content)[0], type=_Taken)
    except (msgspec.DecodeError, RecursionError):
        return _Taken()


def _receipt(taken: _Taken, key: str, now: datetime) -> Receipt:
    at = taken.at if taken.at and taken.at.tzinfo else now.astimezone(UTC)
    url = storable_text(taken.url)[:2000] if taken.url and taken.url.startswith(("https://", "http://")) else None
    return Receipt(native_id=bounded(storable_text(str(taken.id)) or key), at=at, url=url)
