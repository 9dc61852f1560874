"""Random and hostile searches and posts: the index against the reference, pair by pair.

python -m bench.language.agreement [PAIRS] [SEED]
"""

from __future__ import annotations

import random
import sys

from goodword.language.searches import SearchIndex, matches
from goodword.language.searches.document import Document
from tests.language.searches.hostile import random_post, random_searches

SEARCHES = 500
POSTS = 500


def compare(pairs: int, seed: int) -> tuple[int, int, int, int]:
    """Pairs compared, matches among them, missing and extra ones; new searches and posts every round."""
    rng = random.Random(seed)
    compared = matched = missing = extra = 0
    while compared < pairs:
        searches = list(enumerate(random_searches(rng, SEARCHES)))
        posts = [random_post(rng) for _ in range(POSTS)]
        for post, row in zip(posts, SearchIndex(searches).match(posts), strict=True):
            document = Document(post)
            wanted = {number for number, search in searches if matches(search, document)}
            matched += len(wanted)
            missing += len(wanted - set(row))
            extra += len(row) - len(wanted & set(row))
        compared += SEARCHES * POSTS
    return compared, matched, missing, extra


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    compared, matched, missing, extra = compare(*(arguments + [10_000_000, 1][len(arguments) :]))
    print(f"{compared:,} pairs, {matched:,} matches, {missing} missing, {extra} extra")
    sys.exit(bool(missing or extra))
