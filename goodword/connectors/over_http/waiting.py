"""How long a network asks us to wait, and what it says is left of its limits, as its headers tell."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from goodword.connectors.contract import Quota

LONGEST = timedelta(hours=24)  # a network that asks for more has a clock that is wrong
_JITTER = 0.2  # so that many sources of one network don't come back in the same second


def wait_of(headers: Mapping[str, str], *, otherwise: timedelta) -> timedelta:
    """From `Retry-After` (RFC 9110), else from a rate limit's reset, else `otherwise`; a little more, by chance."""
    now = _moment(headers.get("date", "")) or datetime.now(UTC)
    asked = _retry_after(headers.get("retry-after", ""), now)
    if asked is None and (reset := _reset(headers)) is not None:
        asked = reset - now
    wait = otherwise if asked is None else min(max(asked, timedelta(seconds=1)), LONGEST)
    jittered: timedelta = wait * random.uniform(1, 1 + _JITTER)  # noqa: S311  # no secret
    return jittered


def quota_of(headers: Mapping[str, str], name: str = "requests") -> Quota | None:
    """What is left of a rate limit, from `X-RateLimit-*` or `RateLimit-*`; None where the network doesn't say."""
    for prefix in ("x-ratelimit-", "ratelimit-", "x-rate-limit-"):
        left, limit = headers.get(f"{prefix}remaining", ""), headers.get(f"{prefix}limit", "")
        if _is_count(left) and _is_count(limit):
            return Quota(name, left=int(left), limit=int(limit), resets_at=_reset(headers))
    return None


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


def _retry_after(text: str, now: datetime) -> timedelta | None:
    if _is_count(text):
        return timedelta(seconds=int(text))
    moment = _moment(text)
    return moment - now if moment else None


def _reset(headers: Mapping[str, str]) -> datetime | None:
    """As a time of ISO 8601 (Mastodon) or as seconds since 1970 (Bluesky, X)."""
    for prefix in ("x-ratelimit-", "ratelimit-", "x-rate-limit-"):
        told = headers.get(f"{prefix}reset", "")
        try:
            moment = datetime.fromtimestamp(int(told), UTC) if told.isdigit() else datetime.fromisoformat(told)
        except (ValueError, OverflowError, OSError):
            continue
        if moment.tzinfo is not None:
            return moment
    return None


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    return moment if moment.tzinfo is not None else None
