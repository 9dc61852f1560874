"""Identifiers that are given away."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """256 random bits for an address that only its receiver may know."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """What is stored of a token, so that a stolen table opens no door. Hex SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()
