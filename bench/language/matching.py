"""The figures of matching, side by side in one run.

    python -m bench.language.matching [--quick]

Ratios count, not rates: both sides of a ratio are timed in turns, batch by batch, in processor time.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from pathlib import Path
from statistics import median
from typing import NamedTuple

import orjson

from bench.language.agreement import compare
from bench.language.percolator import BATCH as PERCOLATOR_BATCH
from bench.language.percolator import Percolator
from bench.language.posts_and_searches import World
from goodword.config.cli.match import command
from goodword.language.searches import Post, Search, SearchIndex, parse

BATCH = 2048
SAMPLE = 2000
QUICK = "--quick" in sys.argv
POSTS = 8 * BATCH
LINES = 100_000
PAIRS = 500_000 if QUICK else 10_000_000
clock = time.thread_time


class Scene:
    """A world of searches, and an index of them."""

    def __init__(self, count: int, texts: list[str]) -> None:
        world = World(count)
        self.queries = world.searches()
        self.searches: list[tuple[str | int, Search]] = [
            (number, parse(query)) for number, query in enumerate(self.queries)
        ]
        SearchIndex(self.searches[:10]).match([Post(text="warm")])
        start = clock()
        self.index = SearchIndex(self.searches, sample=texts[:SAMPLE])
        self.build_seconds = clock() - start


def batches(events: list[bytes], size: int = BATCH) -> Iterator[tuple[list[bytes], list[Post]]]:
    """Events, and the posts that lie in them."""
    for start in range(0, len(events) - size + 1, size):
        batch = events[start : start + size]
        yield batch, [post_of(event) for event in batch]


class Timing(NamedTuple):
    """Of a post, in microseconds: `orjson.loads` of its event, and matching it; and the matches it has."""

    loading: float
    matching: float
    matched: float


def timings(scenes: dict[int, Scene], events: list[bytes]) -> dict[int, Timing]:
    """The medians of all batches; each batch is loaded and matched in turn in all scenes."""
    loading: dict[int, list[float]] = {count: [] for count in scenes}
    matching: dict[int, list[float]] = {count: [] for count in scenes}
    matched = dict.fromkeys(scenes, 0)
    for batch, posts in (pair for _ in range(3) for pair in batches(events)):
        for count, scene in scenes.items():
            start = clock()
            for event in batch:
                orjson.loads(event)
            middle = clock()
            rows = scene.index.match(posts)
            matching[count].append(clock() - middle)
            loading[count].append(middle - start)
            matched[count] += sum(map(len, rows))
    return {
        count: Timing(
            median(loading[count]) / BATCH * 1e6,
            median(matching[count]) / BATCH * 1e6,
            matched[count] / len(matching[count]) / BATCH,
        )
        for count in scenes
    }


def post_of(event: bytes) -> Post:
    """The post in an event."""
    record = orjson.loads(event)["commit"]["record"]
    return Post(text=record["text"], lang=record["langs"][0])


def seconds(action: Callable[[], object]) -> float:
    """Processor seconds of this thread that an action takes."""
    start = clock()
    action()
    return clock() - start


def percolator_ratio(scene: Scene, events: list[bytes]) -> tuple[float, int, int]:
    """How many times faster than tantivy, and what each of the two found."""
    percolator = Percolator([search for _, search in scene.searches])
    _, posts = next(batches(events, PERCOLATOR_BATCH))
    start = time.process_time()
    theirs = percolator.match(posts)
    middle = time.process_time()
    ours = sum(map(len, scene.index.match(posts)))
    return (middle - start) / (time.process_time() - middle), ours, theirs


def command_seconds(scene: Scene, texts: list[str]) -> float:
    """Processor seconds a line of `goodword match`, its start left out: many lines less a few."""
    with tempfile.TemporaryDirectory() as folder:
        searches, posts = Path(folder) / "searches.jsonl", Path(folder) / "posts.jsonl"
        searches.write_text(
            "".join(json.dumps({"id": number, "query": query}) + "\n" for number, query in enumerate(scene.queries))
        )
        first = [json.dumps({"id": number, "text": text, "lang": "en"}) + "\n" for number, text in enumerate(texts)]
        lines = (first * (LINES // len(first) + 1))[:LINES]

        def run(count: int) -> float:
            posts.write_text("".join(lines[:count]))
            arguments = ["--searches", str(searches), str(posts)]
            with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
                return seconds(lambda: command.main(arguments, standalone_mode=False))

        return (min(run(LINES) for _ in range(3)) - min(run(SAMPLE) for _ in range(3))) / (LINES - SAMPLE)


def row(name: str, must: str, aim: str, seen: str) -> None:
    """A line of the table."""
    print(f"| {name} | {must} | {aim} | {seen} |", flush=True)


def main() -> None:
    """Print the table."""
    world = World(0)
    texts = [world.text() for _ in range(POSTS)]
    events = [world.event(number, text) for number, text in enumerate(texts)]
    row("matching", "must", "aim", "seen")
    row("---", "---", "---", "---")
    scenes = {count: Scene(count, texts) for count in (1_000, 10_000, 100_000)}
    gc.freeze()  # as a worker does once its searches are loaded
    timed = timings(scenes, events)
    usual = timed[10_000]
    seen = f"{usual.loading / usual.matching:.2f} ({1e6 / usual.matching:,.0f}/s, {usual.matched:.1f} matches a post)"
    row("10,000 searches ÷ orjson.loads", "0.6", "1.0", seen)
    ratio, ours, theirs = percolator_ratio(scenes[10_000], events)
    row("÷ tantivy as a percolator", "10 ×", "20 ×", f"{ratio:.1f} × (found {ours:,}; tantivy {theirs:,})")
    per_line = command_seconds(scenes[10_000], texts)
    wall = min(seconds(lambda: [None for event in events if not orjson.loads(event)]) for _ in range(3)) / POSTS
    row("goodword match ÷ orjson.loads", "0.2", "0.4", f"{wall / per_line:.2f} ({1 / per_line:,.0f} lines/s)")
    steps = [timed[more].matching / timed[less].matching for less, more in ((1_000, 10_000), (10_000, 100_000))]
    found = ", ".join(f"{timing.matched:.1f}" for timing in timed.values())
    row("cost 1k → 10k → 100k", "≤ 2 ×, ≤ 4 ×", "≤ 1.8 ×, ≤ 2.5 ×", f"{steps[0]:.1f} ×, {steps[1]:.1f} × ({found})")
    large = scenes[100_000]
    size = large.index.nbytes / len(large.index)
    row("index of 100,000", "≤ 3 s, ≤ 400 B", "≤ 2 s, ≤ 250 B", f"{large.build_seconds:.1f} s, {size:.0f} B")
    activation = seconds(lambda: large.index.add("new", parse("brand AND new")))
    row("a search active after", "50 ms", "", f"{activation * 1e3:.1f} ms (first change)")
    one = [post_of(events[0])]

    def edit() -> None:
        large.index.add(large.searches[0][0], parse("brand AND new"))
        large.index.match(one)

    row("an edited search matches after", "50 ms", "", f"{seconds(edit) * 1e3:.1f} ms (with the next match)")
    pairs, _, missing, extra = compare(PAIRS, 1)
    row(f"against the reference, {pairs:,} pairs", "0 missing, 0 extra", "", f"{missing} missing, {extra} extra")


if __name__ == "__main__":
    main()
