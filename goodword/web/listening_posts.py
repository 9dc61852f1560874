"""Posts that stand for many, as the listening pages show them: marked where they match, private data masked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goodword.care.models import Message
from goodword.language.excerpts import Piece, excerpt
from goodword.language.searches import Post, Search, why
from goodword.listen.explore import Voice
from goodword.listen.models import Mention
from goodword.listen.posts import posts_of
from goodword.staff.models import Workspace

Hits = Mapping[str, Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A post, in pieces, that stands for so many that say the same; `number` is that of its case."""

    mention: Mention
    title: Sequence[Piece]
    text: Sequence[Piece]
    posts: int
    reach: int
    at_least: bool
    number: int | None


def shown_posts(workspace: Workspace, found: Sequence[tuple[Search | None, Sequence[Voice]]]) -> list[list[Shown]]:
    """The posts of each finding, without those that were taken back since; marked where its search matches."""
    ids = [voice.mention_id for _search, voices in found for voice in voices]
    there = Mention.objects.of(workspace).filter(deleted_at=None).select_related("identity")
    mentions = there.defer("html", "references").in_bulk(ids)
    parts = Message.objects.of(workspace).filter(mention__in=ids)
    numbers = dict(parts.values_list("mention_id", "case__number"))
    posts = dict(zip(mentions, posts_of(mentions.values()), strict=True))
    return [
        [
            _shown(voice, mentions[pk], _hits(search, posts[pk]), numbers.get(pk))
            for voice in voices
            if (pk := voice.mention_id) in mentions
        ]
        for search, voices in found
    ]


def _hits(search: Search | None, post: Post) -> Hits:
    hits: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place in why(search, post) if search else ():
        if place.end > place.start:
            hits[place.field].append((place.start, place.end))
    return hits


def _shown(voice: Voice, mention: Mention, hits: Hits, number: int | None) -> Shown:
    title, text = excerpt(mention.title, hits.get("title", ())), excerpt(mention.text, hits.get("text", ()))
    return Shown(mention, title, text, voice.posts, voice.reach, voice.at_least, number)
