"""What a workspace would keep of a network that tells everything: what its searches match, and what it knows."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from goodword.connectors.contract import Overheard
from goodword.language.searches import Post
from goodword.listen.live_searches import Unknown, live_searches
from goodword.listen.models import Mention, Source

LATER: Unknown = frozenset({"sentiment", "emotion", "question", "followers"})
"""What is told of a post only once it is kept: how it reads, and who wrote it."""
_LANG = frozenset({"lang"})


class WorkspaceInterest:
    """Asks the saved searches and the mentions of one source. Raises what the database raises."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def wanted(self, posts: Sequence[Overheard]) -> Sequence[bool]:
        """For each post whether a saved search may match it, once what is told later is known. A search that asks for
        nothing else is not asked: it may match anything that is said anywhere.
        """
        wanted = [False] * len(posts)
        for unknown, has_lang in ((LATER, True), (LATER | _LANG, False)):
            places = [place for place, post in enumerate(posts) if bool(post.lang) is has_lang]
            if not places:
                continue
            passing = [self._as_searched(posts[place]) for place in places]
            found = live_searches.match(self._source.workspace_id, passing, unknown=unknown)
            for place, search_ids in zip(places, found, strict=True):
                wanted[place] = bool(search_ids)
        return wanted

    def known(self, native_ids: Collection[str]) -> set[str]:
        """Which of these are mentions of the source."""
        mentions = Mention.objects.of(self._source.workspace_id).filter(source=self._source)
        return set(mentions.filter(external_id__in=list(native_ids)).values_list("external_id", flat=True))

    def said_by(self, author: str) -> Sequence[str]:
        """Native ids of the mentions of the source by this author that weren't deleted."""
        mentions = Mention.objects.of(self._source.workspace_id).filter(source=self._source, deleted_at=None)
        return list(mentions.filter(identity__native_id=author).values_list("external_id", flat=True))

    def _as_searched(self, post: Overheard) -> Post:
        return Post(
            text=post.text,
            id=post.native_id,
            author=post.author or None,
            lang=post.lang,
            channel=self._source.channel,
            type=post.kind,
            url=post.url or None,
            hashtags=list(post.hashtags) or None,
        )
