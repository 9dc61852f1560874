"""The shares of usual words are counted set by set."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

from goodword.language.topics.count_usual import count_usual, write


def made(data: Path, name: str, rows: list[dict[str, str]]) -> None:
    with gzip.open(data / "reading" / f"{name}.csv.gz", "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["text", "lang"])
        writer.writeheader()
        writer.writerows(rows)


def test_a_word_has_the_highest_share_of_all_sets(tmp_path: Path) -> None:
    (tmp_path / "reading").mkdir()
    (tmp_path / "care").mkdir()
    made(tmp_path, "sentiment.train", [{"text": "sunny day", "lang": ""}] * 10 + [{"text": "rain", "lang": ""}] * 10)
    made(tmp_path, "goemotions.train", [])
    made(tmp_path, "multilingual.train", [{"text": "Tag sunny", "lang": "de"}] * 10)
    made(tmp_path, "complaints.dev", [{"text": "seldom", "lang": ""}] * 7)
    turns = [{"from": "customer", "text": "refund"}, {"from": "brand", "text": "our word"}]
    with gzip.open(tmp_path / "care" / "dialogues.dev.jsonl.gz", "wt") as file:
        file.write(json.dumps({"turns": turns}) + "\n")
    shares = count_usual(tmp_path)
    assert shares["tag"] == shares["sunny"] == 1.0
    assert shares["rain"] == 0.5
    assert "seldom" not in shares, "said too seldom to be counted"
    assert "word" not in shares, "brands don't count"
    assert gzip.decompress(write({"day": 0.5, "a": 0.25})) == b"a\t250000\nday\t500000\n"
