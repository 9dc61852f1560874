"""Kill an import, and the database under it, at random moments, until it gets through; then count.

Works on an empty state folder; what is killed is only what was started here.
"""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from goodword.config.embedded import embedded_database
from goodword.config.embedded.cluster import cluster_in
from goodword.config.embedded.server import is_gone, postmaster_id

COLUMNS = ["tweet_id", "author_id", "inbound", "created_at", "text", "response_tweet_id", "in_response_to_tweet_id"]
PATIENCE = 600.0  # seconds for one run


@dataclass
class Outcome:
    """What was killed, and what the database holds in the end. `troubles` is empty if all is well."""

    rows: int = 0
    conversations: int = 0
    kills_of_importer: int = 0
    kills_of_postgres: int = 0
    failed: int = 0  # runs that ended by themselves with an error, for want of their database
    runs: list[dict[str, int]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)


def add_conversations(path: Path, outcome: Outcome, count: int) -> None:
    """Add `count` conversations of two to five turns between a customer and the brand to a file, in mixed order."""
    first, chance = outcome.conversations, random.Random(outcome.conversations)
    rows = [row for number in range(first, first + count) for row in _conversation(number, chance.randint(2, 5))]
    chance.shuffle(rows)
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        if not first:
            writer.writeheader()
        writer.writerows(rows)
    outcome.conversations += count
    outcome.rows += len(rows)


def _conversation(number: int, turns: int) -> Iterator[dict[str, str]]:
    ids = [str(number * 10 + turn) for turn in range(turns)]
    for turn, own_id in enumerate(ids):
        is_customer = turn % 2 == 0
        yield {
            "tweet_id": own_id,
            "author_id": str(100_000 + number) if is_customer else "HarbourHelp",
            "inbound": str(is_customer),
            "created_at": f"Tue Oct 31 22:{number % 60:02}:{turn:02} +0000 2017",
            "text": f"My parcel {number} is lost, please help! {turn}" if is_customer else f"Sorry! {turn}",
            "response_tweet_id": ids[turn + 1] if turn + 1 < turns else "",
            "in_response_to_tweet_id": ids[turn - 1] if turn else "",
        }


def torment(home: Path, *, conversations: int, kills: int, seed: int, share_of_postgres: float = 0.3) -> Outcome:
    """Import a file with `kills` kills on the way, then undisturbed once more; and look at what is there.

    A run that gets through is followed by one over a longer file, so that there is always something to be torn.
    """
    file, chance, outcome = home / "rows.csv", random.Random(seed), Outcome()
    add_conversations(file, outcome, conversations)
    with embedded_database(home):  # the first start is long: what is killed shall be the import
        pass
    longest = 3.0  # seconds of a run
    while outcome.kills_of_importer + outcome.kills_of_postgres < kills:
        started = time.monotonic()
        importer = _importer(home, file)
        try:
            out, _ = importer.communicate(timeout=chance.uniform(0.0, longest))
        except subprocess.TimeoutExpired:
            if chance.random() < share_of_postgres and _kill_postgres(home):
                outcome.kills_of_postgres += 1
                out, _ = importer.communicate(timeout=PATIENCE)
            else:
                importer.send_signal(signal.SIGKILL)
                importer.communicate()
                outcome.kills_of_importer += 1
                continue
        _note(outcome, importer.returncode, out)
        if importer.returncode == 0:
            longest = time.monotonic() - started
            add_conversations(file, outcome, conversations)
    _finish(home, file, outcome)
    return outcome


def _importer(home: Path, file: Path) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GOODWORD_")}
    return subprocess.Popen(
        [sys.executable, "-m", "goodword", "import", str(file), "--as", "twcs"],
        env={**kept, "GOODWORD_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _kill_postgres(home: Path) -> bool:
    cluster = cluster_in(home)
    process = postmaster_id(cluster)
    if process is None or is_gone(cluster):
        return False
    with suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)  # it leads a group of its own
        return True
    return False


def _note(outcome: Outcome, code: int, out: str) -> None:
    if code == 0:
        outcome.runs.append(json.loads(out.splitlines()[-1]))
    else:
        outcome.failed += 1


def _finish(home: Path, file: Path, outcome: Outcome) -> None:
    """Two undisturbed runs: the first completes what is left, the second finds nothing to add."""
    for _ in range(2):
        importer = _importer(home, file)
        out, _ = importer.communicate(timeout=PATIENCE)
        if importer.returncode:
            outcome.troubles.append(f"an undisturbed import ended with code {importer.returncode}")
            return
        _note(outcome, importer.returncode, out)
    if not is_gone(cluster_in(home)):
        outcome.troubles.append("the embedded database still runs")
    last = outcome.runs[-1]
    if (last["read"], last["duplicates"], last["mentions"], last["cases"]) != (outcome.rows, outcome.rows, 0, 0):
        outcome.troubles.append(f"importing again added something: {last}")
    if sum(run["mentions"] for run in outcome.runs) > outcome.rows:
        outcome.troubles.append("the runs together claim more mentions than there are rows")
    with embedded_database(home) as held, psycopg.connect(held.url) as connection:
        outcome.troubles += _troubles(connection, outcome)


def _troubles(connection: psycopg.Connection, outcome: Outcome) -> list[str]:
    """What is lost, doubled or torn, if anything."""
    mentions = connection.execute("SELECT external_id, thread_id, disposition FROM listen_mention").fetchall()
    said = connection.execute(
        "SELECT m.external_id, s.case_id FROM care_message s JOIN listen_mention m ON m.id = s.mention_id"
    ).fetchall()
    counts = connection.execute(
        "SELECT c.id, c.message_count, (SELECT count(*) FROM care_message s WHERE s.case_id = c.id) FROM care_case c"
    ).fetchall()
    cases_of: dict[str, set[int]] = {}
    for external_id, case_id in said:
        cases_of.setdefault(external_id[:-1], set()).add(case_id)
    checks = {
        f"{len(mentions)} mentions of {outcome.rows} rows": len(mentions) != outcome.rows,
        "a row became two mentions": max(Counter(each[0] for each in mentions).values(), default=0) > 1,
        "a mention has no disposition": any(not each[2] for each in mentions),
        f"{len(said)} messages of {outcome.rows} rows": len(said) != outcome.rows,
        "a row became two messages": max(Counter(each[0] for each in said).values(), default=0) > 1,
        f"{len(counts)} cases of {outcome.conversations} conversations": len(counts) != outcome.conversations,
        "a conversation is torn": any(len(cases) != 1 for cases in cases_of.values()),
        "a case counts its messages wrongly": any(count != there for _, count, there in counts),
    }
    return [trouble for trouble, is_so in checks.items() if is_so]
