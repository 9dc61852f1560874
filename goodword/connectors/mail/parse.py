"""A mail from our mailbox to what was said: the customer's words, or our own coming back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from goodword.connectors.contract import UNPROVEN, Direction, Heard, Malformed, Raw, Settings
from goodword.connectors.mail.account import message_id_domain, own_addresses
from goodword.connectors.mail.message_id import key_of
from goodword.connectors.mime.message import parse_mail


def parse(raw: Raw, settings: Settings) -> Heard:
    """Ours is what lies in our folder of sent mail. What bears both our address and an id as we make them may be.

    Our address alone proves nothing, anyone can write it: such a mail is `in`, and nothing answers it automatically.
    An id proves nothing either until the house finds that it sent it, hence `UNPROVEN`. What `Authentication-Results`
    says is no proof: a server that writes none of its own may hand on those that the sender made up.
    Raises `Malformed`.
    """
    parameters = _parameters(raw.content_type)
    own = own_addresses(settings)
    heard = parse_mail(raw.body, received=_time(parameters.get("received")), own_addresses=own)
    extra: dict[str, Any] = dict(heard.extra)
    if "cut" in parameters:
        extra["repaired"] = [*extra.get("repaired", []), "only the beginning of a very large mail"]
    if heard.author.native_id not in own:
        return replace(heard, extra=extra)
    key = key_of(heard.native_id, message_id_domain(settings))
    if key is None and "sent" not in parameters:
        return replace(heard, automatic=True, extra=extra | {"automatic": "from our own address"})
    if "sent" not in parameters:
        extra[UNPROVEN] = True
    correspondent = next((address for address in heard.addressed if address not in own), "")
    return replace(
        heard, direction=Direction.OUT, thread_scope=correspondent, automatic=False, idempotency_key=key, extra=extra
    )


def _parameters(content_type: str) -> dict[str, str]:
    kind, *rest = content_type.split("; ")
    if kind != "message/rfc822":
        raise Malformed(f"Not a mail, but {kind[:80]!r}.")
    return dict(each.split("=", 1) for each in rest if "=" in each)


def _time(written: str | None) -> datetime | None:
    try:
        at = datetime.fromisoformat(written) if written else None
    except ValueError:
        return None
    return at if at and at.tzinfo else None
