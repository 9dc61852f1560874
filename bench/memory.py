"""How much memory the whole product takes while it idles, listening on: proportional set size, over its processes.

Run by root or by the user whose processes they are: `python -m bench memory`.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from bench._product import product, state_folder

BUDGET = 350.0  # MB
SETTLE = 45  # seconds until start-up is over


def proportional_set_size(process: int) -> float:
    """MB that a process takes; a page it shares with n others counts for a share of 1/(n+1)."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024


def descendants(process: int) -> list[tuple[int, str]]:
    """Every process below `process`, with its command line."""
    listing = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listing.splitlines()]
    found: list[tuple[int, str]] = []
    parents = {process}
    while parents:
        below = [(int(number), command) for number, parent, command in rows if int(parent) in parents]
        found += below
        parents = {number for number, _ in below}
    return found


def part_of(command: str) -> str:
    """Which part of the product a process belongs to."""
    for name in ("web", "worker"):
        if f"goodword {name}" in command:
            return name
    return "PostgreSQL" if "postgres" in command else command


def main() -> None:
    """Start the product on an empty folder, let it settle, and weigh it."""
    with state_folder() as home, product(home) as running:
        time.sleep(SETTLE)
        weights = {"supervisor": proportional_set_size(running.process.pid)}
        for process, command in descendants(running.process.pid):
            part = part_of(command)
            weights[part] = weights.get(part, 0.0) + proportional_set_size(process)
    if len(weights) < 4:
        sys.exit(f"Not all of the product ran: {', '.join(weights)}")
    for part, weight in sorted(weights.items(), key=lambda pair: -pair[1]):
        print(f"{part:12} {weight:7.1f} MB")
    total = sum(weights.values())
    print(f"{'together':12} {total:7.1f} MB of {BUDGET:.0f} MB ({'kept' if total <= BUDGET else 'BROKEN'})")
