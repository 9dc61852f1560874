"""What a brand puts on its pages, so that visitors can write there."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from goodword.listen.models import Source
from goodword.listen.public_key import is_live, public_key


@dataclass(frozen=True, slots=True)
class Snippet:
    """Absolute addresses: of the script, and of the chat as a page of its own for those without one."""

    loader_url: str
    chat_url: str


def snippet_of(source: Source) -> Snippet | None:
    """None for a source that nobody can write to from a page."""
    if not is_live(source):
        return None
    key = public_key(source)
    loader, chat = reverse("chat:loader", args=[key]), reverse("chat:frame", args=[key])
    return Snippet(settings.PUBLIC_URL + loader, settings.PUBLIC_URL + chat)
