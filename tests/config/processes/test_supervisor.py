from __future__ import annotations

import subprocess
import sys

# A signal may come at any point of the watching, also while it is about to sleep.
STORM = """
import signal
from goodword.config.processes import supervisor as under_test

class Database:
    def keep_alive(self):
        return False

under_test._LOOK_EVERY = 0.00001
for turn in range(2000):
    watching = under_test.Supervisor(Database(), print)
    watching.stop_on_signals()
    signal.signal(signal.SIGALRM, signal.getsignal(signal.SIGINT))  # a timer of the kernel's comes at any bytecode
    signal.setitimer(signal.ITIMER_REAL, 0.0003 + turn / 10_000_000)
    watching.watch(lambda: None)
    assert watching.stopping
print("all stopped")
"""


def test_whenever_it_is_asked_to_stop_it_does() -> None:
    done = subprocess.run([sys.executable, "-c", STORM], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "all stopped\n", done.stderr
