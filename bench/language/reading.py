"""Quality and speed of reading and teaching, each figure beside what it must be and what it aims at, in one run.

    python -m bench.language.reading SHARED

SHARED holds `data/` and `tools/` (or say it with GOODWORD_SHARED). Quality is measured by the scorers in `tools/` on
texts that the weights were not trained on; what is measured while training, one domain or all texts of a part
left out, is read from `weights/measured.json`. Speeds are per core and taken in one run: the ratio counts.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from importlib import resources
from pathlib import Path

import msgspec

from goodword.language import reading
from goodword.language.reading import Reader
from goodword.language.reading.training.corpora import multilingual, rows

_GOODWORD = str(Path(sys.executable).parent / "goodword")
_SPEED_TEXTS = 4000
_TAUGHT_SHARE = 0.8


class Row(msgspec.Struct, frozen=True):
    """A figure: what it must be, what it aims at, what was seen."""

    name: str
    must: float
    aim: float
    seen: float

    def __str__(self) -> str:
        mark = "aim" if self.seen >= self.aim else "must" if self.seen >= self.must else "MISS"
        return f"{self.name:58} must {self.must:7g}  aim {self.aim:7g}  seen {self.seen:8.3f}  {mark}"


class Scorers:
    """The shared scorers, run on files written for the occasion."""

    def __init__(self, shared: Path, folder: Path) -> None:
        self.tools, self.data, self.folder = shared / "tools", shared / "data", folder

    def written(self, name: str, found: Iterable[dict[str, str]]) -> Path:
        """A set in the scorers' format."""
        path, kept = self.folder / f"{name}.csv.gz", list(found)
        with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(kept[0]))
            writer.writeheader()
            writer.writerows(kept)
        return path

    def run(self, tool: str, *arguments: str | Path) -> str:
        command = [sys.executable, self.tools / tool, *arguments]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return done.stdout

    def reading(self, path: Path, field: str, measure: str) -> float:
        """100 x one measure of the default reading against a column."""
        return 100 * _last_number(measure, self.run("score_reading.py", path, field, f"{_GOODWORD} read"))

    def teaching(self, train: Path, test: Path, *count: str) -> tuple[float, float]:
        """Accuracy in scope x 100, and the area under the curve of scope (0 where all is in scope)."""
        said = self.run("score_teach.py", train, test, _GOODWORD, *count)
        area = _last_number("AUROC", said) if "AUROC" in said else 0.0
        return 100 * _last_number("accuracy", said), area


def _last_number(after: str, text: str) -> float:
    return float(re.findall(rf"{re.escape(after)} (-?[0-9.]+)", text)[-1])


def quality(scorers: Scorers) -> list[Row]:
    """What the default reading is worth, by the shared scorers, on texts it was not trained on."""
    data = scorers.data
    seen = {item.text for item in multilingual(data, "train")}
    fresh = [row for row in rows(data, "sentiment.val") if row["text"] not in seen]
    many = [{"text": item.text, "sentiment": _sentiment(item.targets.tolist()), "lang": item.lang}
            for item in multilingual(data, "val")]  # fmt: skip
    airline = list(rows(data, "airline.train"))[::4]
    folder = data / "reading"
    found = [
        Row("sentiment, TweetEval validation (macro recall)", 66, 71,
            scorers.reading(scorers.written("sentiment", fresh), "sentiment", "macro recall")),
        Row("emotion, TweetEval 4 validation (macro F1)", 69, 77,
            scorers.reading(folder / "emotion.val.csv.gz", "emotion=emotions", "macro F1")),
        Row("sentiment on airlines, never trained on (macro F1)", 62, 74,
            scorers.reading(scorers.written("airline", airline), "sentiment", "macro F1")),
        Row("eight languages, sentiment, held back (mean macro F1)", 58, 66,
            scorers.reading(scorers.written("languages", many), "sentiment", "mean F1")),
        Row("offensive, validation (macro F1)", 73, 80,
            scorers.reading(folder / "offensive.val.csv.gz", "offensive", "macro F1")),
        Row("irony, validation (macro F1)", 62, 72, scorers.reading(folder / "irony.val.csv.gz", "irony", "macro F1")),
    ]  # fmt: skip
    trained = measured("english")
    found.append(Row("complaint, each domain by the others (macro F1) *", 76, 84, 100 * trained["complaint macro F1"]))
    found.append(Row("severity, each domain by the others (Spearman) *", 0.42, 0.55, trained["severity Spearman"]))
    said = scorers.run("score_care.py", "urgency", data / "care" / "posts.labelled.jsonl", f"{_GOODWORD} read")
    found.append(Row("urgency, 200 posts (quadratic kappa)", 0.6, 0.75, _last_number("kappa", said)))
    return found


def _sentiment(targets: Sequence[float]) -> str:
    return ("negative", "neutral", "positive")[max(range(3), key=lambda place: targets[place])]


def measured(encoder: str) -> dict[str, float]:
    """What was measured of an encoder while it was trained."""
    path = resources.files("goodword.language.reading") / "weights" / "measured.json"
    found: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    return found[encoder]


def teaching(scorers: Scorers) -> list[Row]:
    """What is learned from a brand's own labels: a fifth of each set is held back, by chance."""
    found = []
    for name, must, aim, few in (("banking77", 91.5, 94.0, 84.0), ("clinc150", 93.0, 95.5, 0.0)):
        shuffled = list(rows(scorers.data, f"{name}.train"))
        random.Random(4).shuffle(shuffled)
        cut = int(_TAUGHT_SHARE * len(shuffled))
        train = scorers.written(f"{name}-taught", shuffled[:cut])
        test = scorers.written(f"{name}-asked", shuffled[cut:])
        accuracy, _ = scorers.teaching(train, test)
        found.append(Row(f"teach {name}, four fifths of its training part (accuracy)", must, aim, accuracy))
        if few:
            accuracy, _ = scorers.teaching(train, test, "10")
            found.append(Row(f"teach {name}, ten a label (accuracy)", few, 88, accuracy))
    folder = scorers.data / "reading"
    accuracy, area = scorers.teaching(folder / "hint3-curekart.train.csv.gz", folder / "hint3-curekart.test.csv.gz")
    found.append(Row("teach HINT3-curekart, in scope (accuracy)", 83, 87, accuracy))
    found.append(Row("teach HINT3-curekart, out of scope (AUROC)", 0.83, 0.90, area))
    return found


def _rate(work: Callable[[list[str]], object], texts: list[str], *, rounds: int = 3) -> float:
    """Texts a second, the best of some rounds, after one that warms up."""
    work(texts[:200])
    best = 0.0
    for _ in range(rounds):
        start = time.perf_counter()
        work(texts)
        best = max(best, len(texts) / (time.perf_counter() - start))
    return best


def speed(data: Path) -> list[Row]:
    """Readers and VADER on the same tweets, on one core."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    texts = [row["text"] for row in rows(data, "sentiment.val")] + [row["text"] for row in rows(data, "airline.train")]
    texts = texts[:_SPEED_TEXTS]
    analyser = SentimentIntensityAnalyzer()
    vader = _rate(lambda some: [analyser.polarity_scores(text) for text in some], texts)
    fast = _rate(_reads(reading.fast_reader()), texts)
    deep = _rate(_reads(reading.deep_reader()), texts[:1000], rounds=2)
    print(f"VADER {vader:,.0f} texts/s, fast reader {fast:,.0f}, deep reader {deep:,.0f}")
    return [Row("fast reader, all outputs, texts/s a core ÷ VADER", 1, 5, fast / vader),
            Row("deep reader, texts/s a core", 100, 400, deep)]  # fmt: skip


def _reads(reader: Reader) -> Callable[[list[str]], object]:
    return reader.read


def main(shared: str | None = None) -> None:
    """Print the table."""
    place = shared or os.environ.get("GOODWORD_SHARED") or (sys.argv[1] if len(sys.argv) > 1 else "")
    if not place:
        print("Say where the labelled sets and scorers are: GOODWORD_SHARED=FOLDER")
        return
    with tempfile.TemporaryDirectory() as folder:
        scorers = Scorers(Path(place), Path(folder))
        for rows_of in (quality, teaching, lambda each: speed(each.data)):
            for row in rows_of(scorers):
                print(row, flush=True)
    print("* measured while training; see goodword/language/reading/README.md")


if __name__ == "__main__":
    main()
