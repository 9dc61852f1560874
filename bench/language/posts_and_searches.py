"""Searches and posts of the kind that figures are taken with: brand words drawn by Zipf's law.

Posts have 170 characters and lie in events like those of Bluesky's Jetstream, of about 900 bytes. Searches ask
for a brand and some of what customers say of it; three in ten ask for a brand that no post names.
"""

from __future__ import annotations

import random
from itertools import accumulate

import orjson

LETTERS = "etaoinshrdlucmfwypvbgk"
LANGS = ["en"] * 6 + ["de", "es", "fr", "pt"]
NEVER = 0.3
ISSUE_WORDS = 400
LOWEST_BRAND = 9.5
"""Brands begin at the rank of two to this power: it gives 10,000 searches about four matches a post."""
POST_LENGTH = 170
EVENT_BYTES = 906


class World:
    """A language of made-up words by rank, a share of which are brands."""

    def __init__(self, searches: int, *, seed: int = 7) -> None:
        self.rng = random.Random(seed)
        self.words = self._words(60_000)
        weights = [1 / (rank + 10) for rank in range(len(self.words))]
        self.cumulative = list(accumulate(weights))
        self.count = searches

    def _words(self, count: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < count:
            length = min(11, 2 + int(self.rng.expovariate(0.25)) + (len(found) > 200) * 2)
            found["".join(self.rng.choices(LETTERS, k=length))] = None
        return list(found)

    def text(self) -> str:
        """A post of 170 characters."""
        words = self.rng.choices(self.words, cum_weights=self.cumulative, k=40)
        if self.rng.random() < 0.1:
            words[self.rng.randrange(5)] = "https://example.com/" + words[0]
        if self.rng.random() < 0.15:
            words[self.rng.randrange(10)] = "#" + words[1]
        if self.rng.random() < 0.1:
            words[self.rng.randrange(10)] = self.rng.choice(["😀", "❤️", "👍", "café", "don’t"])
        return " ".join(words)[:POST_LENGTH]

    def brand(self) -> str:
        """A brand by Zipf rank beyond the commonest words, or one that never occurs."""
        if self.rng.random() < NEVER:
            return "never" + "".join(self.rng.choices(LETTERS, k=7))
        rank = int(2 ** self.rng.uniform(LOWEST_BRAND, 15.5))
        return self.words[min(rank, len(self.words) - 1)]

    def issue(self) -> str:
        """A word that customers use of their trouble: a common one."""
        return self.words[self.rng.randrange(20, 20 + ISSUE_WORDS)]

    def stem(self) -> str:
        """How a common word of four letters or more begins."""
        return next(word for word in iter(self.issue, "") if len(word) > 3)[:4]

    def search(self) -> str:
        """A search of one of the shapes that customers of listening tools save."""
        brand, roll = self.brand(), self.rng.random()
        if roll < 0.25:
            return brand
        if roll < 0.45:
            return f"{brand} AND ({self.issue()} OR {self.issue()} OR {self.issue()} OR {self.issue()})"
        if roll < 0.6:
            return f"({brand} OR #{brand} OR @{brand}) NOT ({self.issue()} OR {self.issue()})"
        if roll < 0.7:
            return f'"{brand} {self.issue()}" OR {self.brand()}'
        if roll < 0.8:
            return f"{brand} NEAR/8 ({self.issue()} OR {self.issue()} OR {self.stem()}*)"
        if roll < 0.9:
            return f"({brand} OR {self.brand()}) AND lang:en NOT {self.issue()}"
        return f"{brand} AND {self.issue()} NOT is:repost"

    def searches(self) -> list[str]:
        """As many searches as the world has."""
        return [self.search() for _ in range(self.count)]

    def event(self, number: int, text: str) -> bytes:
        """The text in an event such as Jetstream sends."""
        rng = self.rng
        event = {
            "did": "did:plc:" + "".join(rng.choices("abcdefghijklmnopqrstuvwxyz234567", k=24)),
            "time_us": 1_760_000_000_000_000 + number * 977,
            "kind": "commit",
            "cursor": "".join(rng.choices("0123456789abcdef", k=32)),
            "commit": {
                "rev": "3" + "".join(rng.choices("abcdefghijklmnopqrstuvwxyz234567", k=12)),
                "operation": "create",
                "collection": "app.bsky.feed.post",
                "rkey": "3" + "".join(rng.choices("abcdefghijklmnopqrstuvwxyz234567", k=12)),
                "record": {
                    "$type": "app.bsky.feed.post",
                    "createdAt": "2026-03-01T12:00:00.000Z",
                    "langs": [rng.choice(LANGS)],
                    "reply": {
                        side: {
                            "cid": "bafyrei" + "".join(rng.choices("abcdefghijklmnopqrstuvwxyz234567", k=52)),
                            "uri": "at://did:plc:"
                            + "".join(rng.choices("abcdefghijklmnopqrstuvwxyz234567", k=24))
                            + "/app.bsky.feed.post/3kabcdefghijk",
                        }
                        for side in ("parent", "root")
                    },
                    "text": text,
                },
                "cid": "bafyrei" + "".join(rng.choices("abcdefghijklmnopqrstuvwxyz234567", k=52)),
            },
        }
        return orjson.dumps(event)
