"""How long the product takes until every page answers: on an empty folder, and from then on."""

from __future__ import annotations

from bench._product import product, state_folder

BUDGET = 5.0  # seconds, for a second start


def main() -> None:
    """Start it three times on one folder."""
    with state_folder() as home:
        seconds = []
        for _ in range(3):
            with product(home) as running:
                seconds.append(running.seconds_to_ready)
    print(f"first start, with tables and demo brand {seconds[0]:6.1f} s")
    again = max(seconds[1:])
    print(f"every later start                       {again:6.1f} s of {BUDGET:.0f} s ({_verdict(again)})")


def _verdict(seconds: float) -> str:
    return "kept" if seconds <= BUDGET else "BROKEN"
