"""A post as searches see it."""

from __future__ import annotations

import msgspec


class Post(msgspec.Struct, gc=False, omit_defaults=True):
    """What a search looks at. Everything but the text may be missing; unknown keys are ignored when decoding.

    `rating` is in the network's own points, `question` the probability that the post asks something (0 to 1),
    `hashtags` and `mentions` are names with or without their sign, beside those in the text.
    """

    text: str
    id: str | int = ""
    title: str | None = None
    author: str | None = None
    lang: str | None = None
    country: str | None = None
    channel: str | None = None
    thread: str | None = None
    type: str | None = None
    url: str | None = None
    rating: float | None = None
    followers: float | None = None
    sentiment: str | None = None
    emotion: str | None = None
    question: float | None = None
    hashtags: list[str] | None = None
    mentions: list[str] | None = None
