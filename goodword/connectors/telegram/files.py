"""Fetches a file that a customer sent: its address is asked for, holds the token, and is good for an hour."""

from __future__ import annotations

from urllib.parse import quote

import msgspec

from goodword.connectors.contract import Refused
from goodword.connectors.telegram.account import Account, result_of
from goodword.connectors.telegram.parse import FILE

_ROOM_FOR_WORDS = 100_000  # bytes of an answer that is no file


class _File(msgspec.Struct):
    file_path: str
    file_size: int = 0


def fetch(account: Account, url: str, max_bytes: int) -> bytes:
    """Raises `Refused` (also above 20 MB, which a bot can't fetch) and `Retry`."""
    if not url.startswith(FILE):
        raise Refused("That is no file of Telegram.")
    with account.api(max_bytes=max(max_bytes, _ROOM_FOR_WORDS)) as api:
        file = result_of(api.post(account.path("getFile"), json={"file_id": url.removeprefix(FILE)}), _File)
        if file.file_size > max_bytes:
            raise Refused(f"It is larger than {max_bytes:,} bytes.")
        return api.get(f"/file/bot{account.token}/{quote(file.file_path)}").content
