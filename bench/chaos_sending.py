"""kill -9 of senders and of PostgreSQL, 100 times, while replies go out: nothing lost, nothing twice.

The outside network is a file that takes whatever it is given (tests/care/postbox.py), so a second sending would show.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from goodword.config.embedded import Database, embedded_database
from goodword.config.embedded.server import postmaster_id

KILLS_OF_SENDERS = 80
KILLS_OF_POSTGRES = 20
REPLIES = 600
SEED = 5


def main() -> None:
    """Print one line of figures; raises `SystemExit` when a reply was lost or went out twice."""
    with tempfile.TemporaryDirectory(prefix="goodword-chaos-") as name:
        home = Path(name)
        home.chmod(0o711)
        with embedded_database(home) as database:
            outcome = _run(home, database)
    print(json.dumps(outcome))
    if outcome["lost"] or outcome["twice"] or outcome["not_marked_sent"]:
        raise SystemExit("a reply was lost, or went out twice")


def _run(home: Path, database: Database) -> dict[str, float]:
    environment = os.environ | {
        "GOODWORD_HOME": str(home),
        "GOODWORD_DATABASE_URL": database.url,
        "GOODWORD_SENDING_LEASE_SECONDS": "2",
        "DJANGO_SETTINGS_MODULE": "goodword.config.settings",
    }
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True)
    command = [sys.executable, "-m", "tests.care.chaos", str(KILLS_OF_SENDERS), str(SEED), str(REPLIES), str(home)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as senders:
        kills = _strike(home, database, senders)
        printed = senders.stdout.read() if senders.stdout else ""
    outcome: dict[str, float] = json.loads(printed.splitlines()[-1])
    return outcome | {"kills_of_postgres": kills}


def _strike(home: Path, database: Database, senders: subprocess.Popen[str]) -> int:
    """Kill the whole server again and again once the sending has begun, and let it be started anew."""
    chance = random.Random(SEED)
    while not (home / "posts").exists() and senders.poll() is None:
        time.sleep(0.05)
    kills = 0
    while kills < KILLS_OF_POSTGRES and senders.poll() is None:
        time.sleep(chance.uniform(0.1, 0.8))
        process = postmaster_id(database.cluster) if database.cluster else None
        if process is not None:
            os.killpg(process, signal.SIGKILL)
            kills += 1
            while not database.keep_alive():
                time.sleep(0.01)
    return kills


if __name__ == "__main__":
    main()
