from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo


def database_url() -> str:
    """The address of the test's own database."""
    given = connection.settings_dict
    return make_conninfo(
        dbname=given["NAME"], user=given["USER"], password=given["PASSWORD"], host=given["HOST"], port=given["PORT"]
    )


SEEDS = ("11", "12", "13")  # of kills that all miss the moment between sending and noting nothing is learned


@pytest.mark.django_db(transaction=True)
def test_killed_senders_lose_nothing_and_send_nothing_twice(tmp_path: Path) -> None:
    found = 0
    for seed in SEEDS:
        outcome = killed(seed, tmp_path / seed)
        assert (outcome["lost"], outcome["twice"], outcome["not_marked_sent"]) == (0, 0, 0)
        assert outcome["facts_of_sending"] == outcome["replies"] == 90
        found += outcome["asked_and_found"]
        if found:
            return
    pytest.fail("no kill came between the sending and the noting: nothing was tried")


def killed(seed: str, folder: Path) -> dict[str, int]:
    """What became of 90 replies, 30 kills of their senders later."""
    folder.mkdir()
    command = [sys.executable, "-m", "tests.care.chaos", "30", seed, "90", str(folder)]
    more = {
        "GOODWORD_DATABASE_URL": database_url(),
        "GOODWORD_SENDING_LEASE_SECONDS": "0.5",
        "DJANGO_SETTINGS_MODULE": "goodword.config.settings",
    }
    run = subprocess.run(command, env=os.environ | more, capture_output=True, text=True, timeout=240, check=True)
    outcome: dict[str, int] = json.loads(run.stdout.splitlines()[-1])
    return outcome
