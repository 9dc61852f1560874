"""Identifiers that are given away, and those that come back in addresses and forms."""

from __future__ import annotations

import hashlib
import secrets

_MOST_DIGITS = 18  # of a number that every `bigint` can hold


def new_token() -> str:
    """256 random bits for an address that only its receiver may know."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """What is stored of a token, so that a stolen table opens no door. Hex SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def read_id(given: str) -> int | None:
    """The id or number that a query or a form names; None for what can be none, however long or odd it is."""
    is_plain = given.isascii() and given.isdigit() and len(given) <= _MOST_DIGITS
    return int(given) if is_plain else None
