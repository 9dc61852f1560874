"""The second process of a worker, forked by a process of its own: pytest has threads."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from goodword.config.processes.follow_up import CAN_FORK

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="only Linux forks here")

_FORK = """
import os, signal, sys
from goodword.config.processes.follow_up import follow_up

def run():
    print(os.getpid(), flush=True)
    {follows}

with follow_up(run) as process:
    sys.stdin.readline()
    print("asked", flush=True)
"""
_WORK = """
import asyncio, django

django.setup()
from goodword.config.processes.follow_up import follow_up
from goodword.config.processes.worker import FollowUpEnded, _ended

with follow_up(lambda: None) as following:
    try:
        asyncio.run(_ended(following))
    except FollowUpEnded:
        print("noticed")
"""


@contextmanager
def worker(follows: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process, and the number of the one that it forked; both are gone afterwards."""
    started = subprocess.Popen(
        [sys.executable, "-c", _FORK.format(follows=follows)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    following = int(started.stdout.readline())
    try:
        yield started, following
    finally:
        for process in (started.pid, following):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        started.communicate()


def test_it_ends_with_the_block() -> None:
    with worker("signal.pause()") as (first, following):
        first.communicate("end\n", timeout=20)
        assert first.returncode == 0
        with pytest.raises(ProcessLookupError):
            os.kill(following, 0)


def test_it_does_not_outlive_a_first_process_that_was_killed() -> None:
    with worker("signal.pause()") as (first, _following):
        first.kill()
        # The forked process shares the pipe: its end is the end of both.
        assert first.communicate(timeout=20) == ("", None)


def test_the_first_process_goes_first() -> None:
    with worker("print(os.nice(0), flush=True); signal.pause()") as (first, _following):
        assert first.stdout is not None
        assert int(first.stdout.readline()) == min(os.nice(0) + 5, 19)


def test_the_first_process_notices_when_it_ends() -> None:
    noticed = subprocess.run([sys.executable, "-c", _WORK], capture_output=True, text=True, timeout=60, check=True)
    assert noticed.stdout == "noticed\n"


def test_what_ends_it_stands_in_its_log_alone(tmp_path: Path) -> None:
    environment = os.environ | {"GOODWORD_LOG_FILE": str(tmp_path / "worker.log")}
    fails = _WORK.replace("lambda: None", "lambda: int('a customer said')")
    noticed = subprocess.run(
        [sys.executable, "-c", fails], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    assert noticed.stdout == "noticed\n"
    log = (tmp_path / "follow-up.log").read_text()
    assert "ValueError" in log
    assert "a customer said" not in log + noticed.stderr
