"""The product as it is started: real processes, killed at will."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from goodword.config.embedded import server
from goodword.config.embedded.cluster import cluster_in

PATIENCE = 180  # seconds; everything here takes few, but the machine may be busy
GOODWORD = [sys.executable, "-m", "goodword"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installation:
    """A `goodword up` of its own, and what it has said so far."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.said = home / "said.txt"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GOODWORD_")}
        self.environment = {**kept, "GOODWORD_HOME": str(home), "GOODWORD_PORT": str(self.port)}
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        with self.said.open("wb") as said:
            return subprocess.Popen([*GOODWORD, "up"], env=self.environment, stdout=said, stderr=said)

    def until(self, true: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < deadline, f"not within {PATIENCE} s; said so far: {self.said.read_text()}"
            assert self.process.poll() is None, self.said.read_text()
            time.sleep(0.05)

    def until_ready(self) -> None:
        self.until(lambda: "Ctrl-C stops everything." in self.said.read_text())

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def ask(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.address(path), timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def sign_in_path(self) -> str:
        """Of the one-time link that was printed."""
        found = re.search(rf"http://127\.0\.0\.1:{self.port}(/\S+)", self.said.read_text())
        assert found is not None, self.said.read_text()
        return found[1]

    def child(self, name: str) -> int:
        """The process id of the child that runs `goodword NAME`."""
        listing = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
        for line in listing.splitlines():
            number, parent, command = line.split(None, 2)
            if int(parent) == self.process.pid and f"goodword {name}" in command:
                return int(number)
        return 0

    def stop(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    home = Path(tempfile.mkdtemp(prefix="goodword-up-"))
    home.chmod(0o711)
    running = Installation(home)
    try:
        running.until_ready()
        yield running
    finally:
        running.process.kill()
        running.process.wait()
        server.stop(cluster_in(home))
        shutil.rmtree(home)


def test_the_front_page_answers_and_all_is_ready(installation: Installation) -> None:
    assert installation.ask("/")[0] == 200  # After going where it sends us: to sign in.
    assert installation.ask("/healthz") == (200, "alive\n")
    status, body = installation.ask("/readyz")
    assert (status, set(json.loads(body).values())) == (200, {"ok"})


def test_a_second_one_on_the_same_port_says_what_to_do(installation: Installation) -> None:
    second = subprocess.run(
        [*GOODWORD, "up"], env=installation.environment, capture_output=True, text=True, check=False
    )
    assert second.returncode == 1
    assert f"GOODWORD_PORT={installation.port + 1}" in second.stderr


@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_killed_child_is_started_again(installation: Installation, name: str) -> None:
    killed = installation.child(name)
    os.kill(killed, signal.SIGKILL)
    installation.until(lambda: installation.child(name) not in {0, killed})
    # The door stays open meanwhile: a visitor waits, and is not turned away.
    installation.until(lambda: installation.ask("/readyz")[0] == 200)


def test_a_killed_database_is_started_again(installation: Installation) -> None:
    cluster = cluster_in(installation.home)
    killed = server.postmaster_id(cluster)
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    installation.until(lambda: server.answers(cluster) and server.postmaster_id(cluster) != killed)
    installation.until(lambda: installation.ask("/readyz")[0] == 200)


def test_logs_are_lines_of_json_without_addresses(installation: Installation) -> None:
    installation.ask("/sign-in/secret-name/?q=secret-name")
    lines = (installation.home / "log" / "web.log").read_text().splitlines()
    assert {json.loads(line)["process"] for line in lines} == {"web"}
    assert "sign-in/<str:token>/" in {json.loads(line).get("route") for line in lines}
    assert not [line for line in lines if "secret-name" in line]


def test_a_page_counts_under_its_route(installation: Installation) -> None:
    installation.ask("/sign-in/secret-name/")
    figures = installation.ask("/metrics")[1]
    assert 'goodword_requests_total{method="GET",route="sign-in/<str:token>/",status="410"}' in figures
    assert "secret-name" not in figures


def wait_until_gone(process: int) -> None:
    """Whoever takes over an orphan may need a moment to bury it."""
    for _ in range(200):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError(f"process {process} is still there")


def test_ctrl_c_stops_everything_and_the_next_start_finds_all_in_place(installation: Installation) -> None:
    cluster = cluster_in(installation.home)
    children = [installation.child("web"), installation.child("worker")]
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    browser.open(installation.address(installation.sign_in_path()), timeout=PATIENCE).close()
    stream = browser.open(installation.address("/live/harbour/"), timeout=PATIENCE)
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert installation.stop(signal.SIGINT) == 0
    stream.read()  # Raises, if the stream was cut and not ended.
    assert installation.said.read_text().endswith("Stopped.\n")
    assert not server.answers(cluster)
    for child in children:
        wait_until_gone(child)
    installation.process = installation.start()
    installation.until_ready()
    assert "tables" not in installation.said.read_text()
    assert installation.ask(installation.sign_in_path())[0] == 200
    assert installation.ask(installation.sign_in_path())[0] == 410


def test_when_it_is_killed_itself_the_rest_leaves_in_order(installation: Installation) -> None:
    cluster = cluster_in(installation.home)
    installation.process.kill()
    installation.process.wait()
    deadline = time.monotonic() + PATIENCE
    while server.answers(cluster):
        assert time.monotonic() < deadline
        time.sleep(0.05)
