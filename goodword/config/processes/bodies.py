"""How much each address takes: forms of anybody are small, files come from those who are signed in."""

from __future__ import annotations

import asyncio
import re
from http.cookies import CookieError, SimpleCookie
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import DatabaseError, connection

from goodword.connectors.receiving import MAX_BODY
from goodword.kernel.whole_body import Limit, Scope, announced_length

HOOK = Limit(most=MAX_BODY, together=16_000_000, seconds=10, is_told=True)  # a source's page says what was refused
FORM = Limit(most=3_000_000, together=128_000_000, seconds=30)
# Several attachments at once, over a slow line.
FILES = Limit(most=4 * settings.MAX_FILE_BYTES, together=40 * settings.MAX_FILE_BYTES, seconds=600)

_TAKES_FILES = re.compile(r"/w/[^/]+/cases/\d+/(enclosures|replies)/")


async def limit_of(scope: Scope) -> Limit:
    """The limit for a request's body."""
    if scope["path"].startswith("/hooks/"):
        return HOOK
    if announced_length(scope) <= FORM.most or not _TAKES_FILES.fullmatch(scope["path"]):
        return FORM
    return FILES if await asyncio.to_thread(_is_signed_in, scope) else FORM


def _is_signed_in(scope: Scope) -> bool:
    """Whether the session belongs to somebody. What they may do with the case, its page asks."""
    try:
        cookies = SimpleCookie(dict(scope["headers"]).get(b"cookie", b"").decode("latin-1"))
    except CookieError:
        return False
    if settings.SESSION_COOKIE_NAME not in cookies:
        return False
    session = import_module(settings.SESSION_ENGINE).SessionStore(cookies[settings.SESSION_COOKIE_NAME].value)
    try:
        return SESSION_KEY in session
    except DatabaseError:
        return False
    finally:
        connection.close()
