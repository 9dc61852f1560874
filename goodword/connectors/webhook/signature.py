"""Whether a request was signed by who shares the secret, and signing our own (Standard Webhooks). Pure."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from goodword.connectors.receiving import NotTaken, Refusal, WebhookRequest, check_age, is_same
from goodword.kernel.webhook_signature import signed_headers

WINDOW = timedelta(minutes=5)
_PREFIX = "whsec_"
_LONGEST_ID = 200
_MOST_SIGNATURES = 10


def proven_id(request: WebhookRequest, secret: str) -> str:
    """The id of a request that was signed lately with the secret. Raises `NotTaken`."""
    said_id, said_at = request.headers.get("webhook-id", ""), request.headers.get("webhook-timestamp", "")
    if not secret:
        raise NotTaken(Refusal.UNPROVEN, "No secret is kept here.")
    if not (said_id.isascii() and said_id.isprintable() and 0 < len(said_id) <= _LONGEST_ID):
        raise NotTaken(Refusal.UNPROVEN, "The header webhook-id is missing, or no id.")
    if not (said_at.isascii() and said_at.isdigit() and len(said_at) <= 11):
        raise NotTaken(Refusal.UNPROVEN, "The header webhook-timestamp is missing, or no time in seconds.")
    made = sign(said_id, int(said_at), request.body, secret)["webhook-signature"]
    given = request.headers.get("webhook-signature", "").split()[:_MOST_SIGNATURES]
    if not any(is_same(each, made) for each in given):
        raise NotTaken(Refusal.UNPROVEN, "The header webhook-signature is missing, or made with another secret.")
    check_age(datetime.fromtimestamp(int(said_at), UTC), now=request.at, window=WINDOW)
    return said_id


def sign(key: str, at: int, body: bytes, secret: str) -> Mapping[str, str]:
    """The headers of what we send; `at` in Unix seconds."""
    return signed_headers(key=key, at=at, body=body, secrets=[_written(secret)])


def _written(secret: str) -> str:
    """As the standard writes secrets; one of another form counts as the bytes that it is typed in."""
    if secret.startswith(_PREFIX):
        try:
            base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
        except binascii.Error:
            pass
        else:
            return secret
    return _PREFIX + base64.b64encode(secret.encode("utf-8", "surrogatepass")).decode()
