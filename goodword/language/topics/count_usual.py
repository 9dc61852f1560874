"""Count how often words are said anywhere, for `usual.py`: `python -m goodword.language.topics.count_usual DATA`."""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from goodword.language.reading.training.corpora import rows
from goodword.language.topics.phrases import words_of
from goodword.language.topics.usual import FILE, UNIT

_POSTS: Final = ("sentiment.train", "goemotions.train", "multilingual.train")
_LEAST: Final = 8  # texts of a set that hold a word; fewer say little
_LEAST_SHARE: Final = 1e-4


def count_usual(data: Path) -> dict[str, float]:
    """The highest share of each word among the sets in a folder of data."""
    texts: Counter[str] = Counter()
    holding: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, text in _texts(data):
        texts[name] += 1
        holding[name].update(set(words_of(text)))
    shares: dict[str, float] = {}
    for name, counts in holding.items():
        for word, count in counts.items():
            share = count / texts[name]
            if count >= _LEAST and share >= _LEAST_SHARE:
                shares[word] = max(share, shares.get(word, 0.0))
    return shares


def _texts(data: Path) -> Iterator[tuple[str, str]]:
    """Names of sets, and texts of them."""
    for name in _POSTS:
        for row in rows(data, name):
            yield row.get("lang") or "en", row["text"]
    for row in rows(data, "complaints.dev"):
        yield "care", row["text"]
    with gzip.open(data / "care" / "dialogues.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield from (("care", turn["text"]) for turn in json.loads(line)["turns"] if turn["from"] == "customer")


def write(shares: dict[str, float]) -> bytes:
    """As `usual.py` reads them. The same shares give the same bytes."""
    lines = (f"{word}\t{round(share * UNIT)}\n" for word, share in sorted(shares.items()))
    return gzip.compress("".join(lines).encode(), mtime=0)


if __name__ == "__main__":
    (Path(__file__).parent / FILE).write_bytes(write(count_usual(Path(sys.argv[1]))))
