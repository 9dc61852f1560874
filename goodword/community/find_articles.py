"""Find articles by what somebody asks or what a customer wrote."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from django.db import connection

from goodword.community.models import Article
from goodword.community.models.article import ArticleQuerySet
from goodword.community.words import stems

MOST_WORDS = 80  # of what was written

# Each word weighs as much as it is rare among the workspace's articles (inverse document frequency, Spärck Jones 1972),
# and twice in a title.
_RANKED = """
WITH asked AS (
    SELECT DISTINCT word FROM unnest(%(words)s::text[]) AS word
), hits AS (
    SELECT a.id, t.lexeme, CASE WHEN 'A' = ANY(t.weights) THEN 2 ELSE 1 END AS times
    FROM community_article a CROSS JOIN LATERAL unnest(a.words) t JOIN asked ON asked.word = t.lexeme
    WHERE a.workspace_id = %(workspace)s AND a.archived_at IS NULL
), total AS (
    SELECT count(*)::float AS articles FROM community_article
    WHERE workspace_id = %(workspace)s AND archived_at IS NULL
), rarity AS (
    SELECT lexeme, ln(1 + total.articles / count(*)) AS weight
    FROM hits CROSS JOIN total GROUP BY lexeme, total.articles
)
SELECT hits.id, sum(hits.times * rarity.weight) AS score
FROM hits JOIN rarity USING (lexeme)
GROUP BY hits.id HAVING count(*) >= %(shared)s OR max(hits.times) = 2
ORDER BY score DESC, hits.id LIMIT %(limit)s
"""


def find_articles(
    articles: ArticleQuerySet, *, workspace_id: int, text: str, limit: int = 20, shared: int = 1
) -> Sequence[Article]:
    """Of `articles` of the workspace, those that `text` is about, the likeliest first.

    Those share `shared` words with it at least, or one of their title: where nobody asked, one word is no reason.
    """
    words = list(islice(dict.fromkeys(stems(text)), MOST_WORDS))
    if not words:
        return []
    with connection.cursor() as cursor:
        # Some more than asked for: `articles` may leave some out.
        cursor.execute(_RANKED, {"workspace": workspace_id, "words": words, "limit": limit * 5, "shared": shared})
        ranked = [pk for pk, _score in cursor.fetchall()]
    found = articles.of(workspace_id).in_bulk(ranked)
    return [found[pk] for pk in ranked if pk in found][:limit]
