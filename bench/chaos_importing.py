"""kill -9 of an import and of PostgreSQL under it, 100 times: every row once, every conversation one case."""

from __future__ import annotations

import os
from dataclasses import asdict

from bench._product import state_folder
from tests.config.chaos_importing import torment

KILLS = int(os.environ.get("BENCH_KILLS", "100"))
CONVERSATIONS = 1_000  # and as many again after each run that gets through


def main() -> None:
    """Print a line of figures; ends in `SystemExit` when something was lost, doubled or torn."""
    with state_folder() as home:
        outcome = torment(home, conversations=CONVERSATIONS, kills=KILLS, seed=20)
    print(f"rows {outcome.rows:,} in {outcome.conversations:,} conversations")
    print(f"kills: importer {outcome.kills_of_importer}, PostgreSQL {outcome.kills_of_postgres}")
    print(f"runs that ended by themselves: {len(outcome.runs)} well, {outcome.failed} for want of their database")
    print("nothing lost, nothing doubled, nothing torn" if not outcome.troubles else "BROKEN")
    if outcome.troubles:
        raise SystemExit(str(asdict(outcome)["troubles"]))


if __name__ == "__main__":
    main()
