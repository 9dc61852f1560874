"""Mentions as searches look at them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import FloatField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from goodword.language.searches import Post
from goodword.listen.models import Mention, Sentiment
from goodword.listen.models.mention import MentionQuerySet

_SENTIMENTS = {one.value: one.name.lower() for one in Sentiment}
# In the order in which `_post` takes them.
_FIELDS = (
    *("pk", "title", "text", "lang", "read_lang", "channel", "thread_id", "kind", "url", "rating"),
    # As text and numbers: thousands of rows are not to be decoded as JSON each.
    *("sentiment", KT("reading__emotion"), Cast(KT("reading__question"), FloatField()), KT("extra__country")),
    *("addressed", "identity__handle", "identity__name", "identity__followers"),
)


def posts_of(mentions: Iterable[Mention]) -> list[Post]:
    """The posts of mentions whose identities are loaded, in order."""
    return [
        _post(
            mention.pk,
            mention.title,
            mention.text,
            mention.lang,
            mention.read_lang,
            mention.channel,
            mention.thread_id,
            mention.kind,
            mention.url,
            mention.rating,
            mention.sentiment,
            (mention.reading or {}).get("emotion"),
            (mention.reading or {}).get("question"),
            mention.extra.get("country"),
            mention.addressed,
            mention.identity.handle,
            mention.identity.name,
            mention.identity.followers,
        )
        for mention in mentions
    ]


def stored_posts(mentions: MentionQuerySet, *also: str) -> Iterator[tuple[Post, tuple[Any, ...]]]:
    """Posts straight from the table, several times cheaper than by way of mentions; each with the fields `also`."""
    for row in mentions.values_list(*_FIELDS, *also).iterator(chunk_size=5_000):
        yield _post(*row[: len(_FIELDS)]), row[len(_FIELDS) :]


def _post(  # noqa: PLR0917  # a row of the table
    pk: int,
    title: str,
    text: str,
    lang: str,
    read_lang: str | None,
    channel: str,
    thread_id: int,
    kind: str,
    url: str,
    rating: float | None,
    sentiment: int | None,
    emotion: str | None,
    question: float | None,
    country: Any,
    addressed: list[str],
    handle: str,
    name: str,
    followers: int | None,
) -> Post:
    return Post(
        text=text,
        id=pk,
        title=title or None,
        author=handle or name or None,
        lang=lang or read_lang or None,
        channel=channel,
        thread=str(thread_id),
        type=kind,
        url=url or None,
        rating=rating,
        followers=followers,
        sentiment=None if sentiment is None else _SENTIMENTS[sentiment],
        emotion=emotion or None,
        question=question,
        country=country if isinstance(country, str) else None,
        mentions=addressed or None,
    )
