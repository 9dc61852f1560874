"""Bursts on the real volumes of five brands, scored as by NAB's standard profile, and the time of one tick.

`python -m bench.language.bursts [FOLDER]`: FOLDER (or GOODWORD_SHARED) holds data/bursts and tools/score_bursts.py.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from goodword.language.bursts import Detector, DetectorBank, Tuning

Score = Callable[[list[float], list[tuple[float, float]], set[float]], tuple[float, int, int]]

TUNING = Tuning.for_bins(300)
BINS_A_DAY = 288
BINS_A_WEEK = 7 * BINS_A_DAY
ALARMS = [round(1.2 + 0.1 * step, 1) for step in range(11)]
SERIES = 100_000


@dataclass(frozen=True)
class Outcome:
    """A brand at one alarm level."""

    points: float
    hit: int
    windows: int
    false: int
    weeks: float


def nab_score(outcomes: list[Outcome]) -> float:
    """0 is silence, 100 every window at its first row."""
    windows = sum(outcome.windows for outcome in outcomes)
    return 100 * (sum(outcome.points for outcome in outcomes) + windows) / (2 * windows)


def false_alarms(outcomes: list[Outcome]) -> float:
    """A week and brand."""
    return sum(outcome.false for outcome in outcomes) / sum(outcome.weeks for outcome in outcomes)


def load_scorer(shared: Path) -> Score:
    spec = importlib.util.spec_from_file_location("score_bursts", shared / "tools" / "score_bursts.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"No scorer in {shared}.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    scorer: Score = module.score
    return scorer


def try_alarms(path: Path, windows: list[tuple[float, float]], score: Score) -> list[Outcome]:
    """One brand at each of `ALARMS`."""
    with path.open(newline="") as file:
        rows = [
            (datetime.fromisoformat(row["timestamp"]).timestamp(), float(row["value"])) for row in csv.DictReader(file)
        ]
    first_bin = int(rows[0][0] // 300)
    outcomes = []
    for alarm in ALARMS:
        detector = Detector(TUNING._replace(alarm=alarm))
        alerts = {at for index, (at, value) in enumerate(rows) if detector.observe(value, first_bin + index)}
        points, hit, false = score([at for at, _ in rows], windows, alerts)
        outcomes.append(Outcome(points, hit, len(windows), false, len(rows) / BINS_A_WEEK))
    return outcomes


def show_brands(shared: Path) -> None:
    folder, score = shared / "data" / "bursts", load_scorer(shared)
    spans = json.loads((folder / "windows.json").read_text())
    moments = {
        brand: [(datetime.fromisoformat(a).timestamp(), datetime.fromisoformat(b).timestamp()) for a, b in windows]
        for brand, windows in spans.items()
    }
    tried = {brand: try_alarms(folder / f"{brand}.csv", moments[brand], score) for brand in spans}
    fixed = ALARMS.index(TUNING.alarm)
    held_out = []
    for brand, outcomes in tried.items():
        others = [tried[other] for other in tried if other != brand]
        chosen = max(range(len(ALARMS)), key=lambda level: nab_score([other[level] for other in others]))
        held_out.append(outcomes[chosen])
        outcome = outcomes[fixed]
        print(
            f"  {brand}: {nab_score([outcome]):.1f}, {outcome.hit} of {outcome.windows} windows, {outcome.false} false;"
            f" at the level that the others choose ({ALARMS[chosen]}): {nab_score([outcomes[chosen]]):.1f}"
        )
    seen = [outcomes[fixed] for outcomes in tried.values()]
    row("five brands, fixed parameters (NAB standard)", "60", "80", f"{nab_score(seen):.1f}")
    row("  false alarms a week and brand", "1", "0.3", f"{false_alarms(seen):.2f}")
    row("alarm level chosen without the brand (NAB standard)", "60", "80", f"{nab_score(held_out):.1f}")
    row("  false alarms a week and brand", "1", "0.3", f"{false_alarms(held_out):.2f}")


def show_synthetic() -> None:
    """Series of mean 5 that clump and have a day: how soon ×3 is seen, and how often nothing is called a burst."""
    rng = np.random.default_rng(11)
    daily = 1 + 0.5 * np.sin(2 * np.pi * np.arange(4 * BINS_A_WEEK) / BINS_A_DAY)
    bank, count = DetectorBank(2000, TUNING), 2000
    begun, calm = 0, 4 * BINS_A_WEEK
    for index in range(calm):
        begun += len(bank.observe(sample(rng, 5 * daily[index], count), index))
    row("calm series of mean 5, false alarms a week", "1", "0.3", f"{begun / count / 4:.3f}")
    delays: dict[int, int] = {}
    for delay in range(36):
        mean = 15 * daily[(calm + delay) % BINS_A_DAY]
        for series, _ in bank.observe(sample(rng, mean, count), calm + delay):
            delays.setdefault(series, delay + 1)
    found = sorted(delays.values())
    row(
        "  three times as many: bins until half were found",
        "–",
        "3",
        str(found[count // 2]) if len(found) > count / 2 else ">36",
    )
    row("  found within three hours", "–", "–", f"{100 * len(found) / count:.0f} %")


def sample(rng: np.random.Generator, mean: float, count: int) -> npt.NDArray[np.float64]:
    return rng.negative_binomial(5, 5 / (5 + mean), count).astype(np.float64)


def show_tick() -> None:
    rng = np.random.default_rng(3)
    means = rng.lognormal(0, 2, SERIES)
    values = [rng.poisson(means).astype(np.float64) for _ in range(8)]
    bank = DetectorBank(SERIES, TUNING)
    bank.observe(values[0], 0)
    ticks = [timed(partial(bank.observe, values[index % 8], index)) for index in range(1, 300)]
    copies = [timed(bank.rows.copy) for _ in range(50)]
    tick, copy = statistics.median(ticks), statistics.median(copies)
    row("a tick of 100,000 series", "–", "–", f"{1000 * tick:.1f} ms")
    row("  ÷ copying their state in memory", "–", "–", f"{tick / copy:.1f}")


def timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def row(what: str, must: str, aim: str, seen: str) -> None:
    print(f"{what:<58} must {must:>5}  aim {aim:>5}  seen {seen}", flush=True)


def main(arguments: list[str] | None = None) -> None:
    shared = next(iter(arguments or []), None) or os.environ.get("GOODWORD_SHARED")
    if shared:
        show_brands(Path(shared))
    else:
        print("Say where the brands' volumes are, as an argument or in GOODWORD_SHARED: left out.", file=sys.stderr)
    show_synthetic()
    show_tick()


if __name__ == "__main__":
    main(sys.argv[1:])
