"""What is kept of compiled functions, seen in a room of some files around a copy of `compiling.py`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from goodword.language import compiling

CALLED = """
from room.compiling import compiled
from room.deep.limits import MORE


@compiled
def bound(value):
    return value + MORE
"""
CALLER = """
from room.called import bound
from room.compiling import kept


@kept
def asked(value):
    return bound(value) * 10


print(asked(1), sum(asked.stats.cache_hits.values()))
"""


def answered(folder: Path) -> str:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(folder)}
    command = [sys.executable, "-m", "room.caller"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def test_a_change_in_whatever_goes_into_it_is_seen_by_what_was_kept(tmp_path: Path) -> None:
    room = tmp_path / "room"
    (room / "deep").mkdir(parents=True)
    shutil.copy(compiling.__file__, room / "compiling.py")
    (room / "caller.py").write_text(CALLER)
    (room / "called.py").write_text(CALLED)
    (room / "deep" / "limits.py").write_text("MORE = 1\n")
    assert answered(tmp_path) == "20 0"

    (room / "deep" / "others.py").write_text("MORE = 3\n")
    assert answered(tmp_path) == "20 1"  # loaded: nothing of it changed

    (room / "deep" / "limits.py").write_text("MORE = 2\n")  # two files away
    assert answered(tmp_path) == "30 0"

    (room / "called.py").write_text(CALLED.replace("value + MORE", "value - MORE"))
    assert answered(tmp_path) == "-10 0"
    assert answered(tmp_path) == "-10 1"
    assert len(list(room.glob("__pycache__/*.nbc"))) == 1  # older code is not left lying


def test_the_stamp_of_the_kernel_holds_its_rules_and_not_the_parser() -> None:
    reached = {compiling.ROOM / "searches" / "kernel" / "batch.py"}
    while new := {path for each in reached for path in compiling._imported(each)} - reached:
        reached |= new
    named = {str(path.relative_to(compiling.ROOM)) for path in reached}
    assert {"searches/programs.py", "searches/limits.py", "searches/kernel/deciding.py"} <= named
    assert "searches/parser.py" not in named
