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
LEASE = 2.0  # seconds


def main() -> None:
    """Print a line of figures for each kind of victim; ends in `SystemExit` when a reply was lost or sent twice."""
    with tempfile.TemporaryDirectory(prefix="goodword-chaos-") as name:
        home = Path(name)
        home.chmod(0o711)  # as root, the server runs under another account
        with embedded_database(home) as database:
            environment = _environment(home, database)
            migrate = [sys.executable, "-m", "django", "migrate", "-v0", "--skip-checks"]
            subprocess.run(migrate, env=environment, check=True)
            outcomes = [
                _run(home / "killed", environment, database, kills=KILLS_OF_SENDERS, replies=300, strikes=0),
                _run(home / "struck", environment, database, kills=10, replies=300, strikes=KILLS_OF_POSTGRES),
            ]
    for outcome in outcomes:
        print(json.dumps(outcome))
    if any(outcome["lost"] or outcome["twice"] or outcome["not_marked_sent"] for outcome in outcomes):
        raise SystemExit("a reply was lost, or went out twice")


def _environment(home: Path, database: Database) -> dict[str, str]:
    return os.environ | {
        "GOODWORD_HOME": str(home),
        "GOODWORD_DATABASE_URL": database.url,
        "GOODWORD_SENDING_LEASE_SECONDS": str(LEASE),
        "DJANGO_SETTINGS_MODULE": "goodword.config.settings",
    }


def _run(
    folder: Path, environment: dict[str, str], database: Database, *, kills: int, replies: int, strikes: int
) -> dict[str, float]:
    folder.mkdir()
    command = [sys.executable, "-m", "tests.care.chaos", str(kills), str(strikes), str(replies), str(folder)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as senders:
        struck = _strike(folder, database, senders, strikes)
        printed = senders.stdout.read() if senders.stdout else ""
    outcome: dict[str, float] = json.loads(printed.splitlines()[-1])
    return outcome | {"kills_of_postgres": struck}


def _strike(folder: Path, database: Database, senders: subprocess.Popen[str], strikes: int) -> int:
    """Kill the whole server again and again once the sending has begun, and let it be started anew."""
    chance = random.Random(strikes)
    while not (folder / "posts").exists() and senders.poll() is None:
        time.sleep(0.05)
    struck = 0
    while struck < strikes and senders.poll() is None:
        time.sleep(chance.uniform(0.1, 0.8))
        process = postmaster_id(database.cluster) if database.cluster else None
        if process is not None:
            os.killpg(process, signal.SIGKILL)
            struck += 1
            while not database.keep_alive():
                time.sleep(0.01)
    return struck


if __name__ == "__main__":
    main()
