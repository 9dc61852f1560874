"""Watching over the processes of one installation. No Django here: this process stays small."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from goodword.config.embedded import Database
from goodword.config.processes.parent import PIPE_VARIABLE

_LOOK_EVERY = 0.25  # seconds
_LONGEST_PAUSE = 10.0
_STEADY_AFTER = 30.0  # A child that ran this long was well: its next start is made at once.
_GIVE_UP_AFTER = 6  # Early deaths in a row.
_PATIENCE = 30.0  # For children to finish what they are at when all is stopped.


class ChildKeepsDying(Exception):
    """A process dies as soon as it is started, again and again."""


@dataclass
class Child:
    """One process that is started again whenever it ends. `arguments` are those of the `goodword` command."""

    name: str
    arguments: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    descriptors: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = None
    early_deaths: int = 0
    started_at: float = 0.0
    start_again_at: float = 0.0


class Supervisor:
    """Starts children, starts them again, and ends them all. `say` tells the user."""

    def __init__(self, database: Database, say: Callable[[str], None]) -> None:
        self._database = database
        self._say = say
        self._children: list[Child] = []
        # A plain flag: a signal's handler runs within whatever it interrupts, and an event's lock could be held there.
        self._asked_to_stop = False
        # Nothing is ever written to it. Children notice by it when this process is gone.
        self._pipe, self._our_end = os.pipe()

    @property
    def stopping(self) -> bool:
        return self._asked_to_stop

    def stop_on_signals(self) -> None:
        """Stop on Ctrl-C and SIGTERM; a second one stops waiting for the children."""

        def ask(*_: object) -> None:
            if self._asked_to_stop:
                self._signal_all(signal.SIGKILL)
            self._asked_to_stop = True

        signal.signal(signal.SIGINT, ask)
        signal.signal(signal.SIGTERM, ask)

    def run_once(self, module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> str | None:
        """Run a module to its end and return what it printed; None if it failed or we were asked to stop."""
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            env=self._environment(environment or {}),
            pass_fds=(self._pipe,),
            start_new_session=True,
            text=True,
        )
        while True:
            try:
                printed, _ = process.communicate(timeout=_LOOK_EVERY)
            except subprocess.TimeoutExpired:
                if self.stopping:
                    process.terminate()
                continue
            return printed if process.returncode == 0 else None

    def start(self, child: Child) -> None:
        """Start a child and watch over it from now on."""
        self._children.append(child)
        self._launch(child)

    def watch(self, look: Callable[[], None]) -> None:
        """Watch until asked to stop; `look` is called at every round. Raises `ChildKeepsDying`."""
        while not self.stopping:
            if self._database.keep_alive():
                self._say("PostgreSQL had stopped; it runs again.")
            for child in self._children:
                self._look_after(child)
            look()
            time.sleep(_LOOK_EVERY)

    def end_all(self) -> None:
        """Ask every child to finish, and end those that do not."""
        self._signal_all(signal.SIGTERM)
        deadline = time.monotonic() + _PATIENCE
        for child in self._children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self._say(f"The {child.name} process did not finish within {_PATIENCE:.0f} s and is ended.")
                child.process.kill()
                child.process.wait()

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.start_again_at:
                self._launch(child)
            return
        code = child.process.poll()
        if code is None:
            return
        child.early_deaths = 0 if now - child.started_at > _STEADY_AFTER else child.early_deaths + 1
        if child.early_deaths >= _GIVE_UP_AFTER:
            raise ChildKeepsDying(f"The {child.name} process ends as soon as it starts. Its log: {child.log}")
        self._say(f"The {child.name} process ended ({_how(code)}); starting it again. Its log: {child.log}")
        child.process = None
        child.start_again_at = now + min(_LONGEST_PAUSE, 0.1 * 4**child.early_deaths if child.early_deaths > 1 else 0)

    def _launch(self, child: Child) -> None:
        child.started_at = time.monotonic()
        child.process = subprocess.Popen(
            [sys.executable, "-m", "goodword", *child.arguments],
            stdin=subprocess.DEVNULL,
            env=self._environment({"GOODWORD_LOG_FILE": str(child.log), **child.environment}),
            pass_fds=(self._pipe, *child.descriptors),
            start_new_session=True,  # Ctrl-C reaches us alone; we end the children in order.
        )

    def _environment(self, more: Mapping[str, str]) -> dict[str, str]:
        return {**os.environ, PIPE_VARIABLE: str(self._pipe), **more}

    def _signal_all(self, number: signal.Signals) -> None:
        for child in self._children:
            if child.process is not None and child.process.poll() is None:
                child.process.send_signal(number)


def _how(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
