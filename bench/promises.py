"""Promises and the honesty check against labelled replies and drafts, and what they cost.

    GOODWORD_SHARED=FOLDER python -m bench promises

FOLDER holds `data/care/` and `tools/score_care.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from goodword.honesty.rules import check
from goodword.promises.rules import find

_GOODWORD = str(Path(sys.executable).parent / "goodword")
_TIMED = 4000
_HARD = (
    "we will be more than very so only too ",
    "by Friday or tomorrow at 9, ",
    "our team at the of in on a-b c-d will ",
    "if you send us the and we'll as soon as ",
    "a" * 40 + " ",
    "1-2-3 days within ",
)
"""Pieces that many of the patterns begin to match and none ends."""


def _scores(shared: Path) -> None:
    care = shared / "data" / "care"
    for what, name, options in (
        ("promises", "replies.labelled", " --promises"),
        ("flags", "replies.labelled", ""),
        ("flags", "drafts.sample", ""),
    ):
        print(f"{what} on {name}")
        command = [sys.executable, str(shared / "tools" / "score_care.py"), what, str(care / f"{name}.jsonl")]
        done = subprocess.run([*command, f"{_GOODWORD} check{options}"], check=True, capture_output=True, text=True)
        print(done.stdout, end="")


def _rate(work: Callable[[list[str]], object], texts: list[str]) -> float:
    """Texts a second of processor time."""
    work(texts[:20])
    start = time.process_time()
    work(texts)
    return len(texts) / (time.process_time() - start)


def _speed(shared: Path) -> None:
    with (shared / "data" / "care" / "replies.labelled.jsonl").open(encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    many = (texts * (_TIMED // len(texts) + 1))[:_TIMED]
    print(f"promises {_rate(lambda some: [find(text) for text in some], many):,.0f} drafts/s of processor time")
    honesty = _rate(lambda some: check([(text, True) for text in some]), texts)
    print(f"honesty {honesty:,.0f} drafts/s of processor time")


def _growth() -> None:
    """How time grows with length: ten times the text should take about ten times as long."""
    for piece in _HARD:
        spent = []
        for length in (20_000, 200_000):
            text = (piece * (length // len(piece))) + "."
            start = time.process_time()
            find(text)
            find(text.replace(" 9", ". 9").replace(" and", ". And"))
            spent.append(time.process_time() - start)
        print(f"{piece[:24]!r:28} 20,000 characters {spent[0]:.3f} s, ten times as many × {spent[1] / spent[0]:.1f}")


def main() -> None:
    """Print the figures; without the labelled sets only how time grows."""
    shared = os.environ.get("GOODWORD_SHARED")
    if shared:
        _scores(Path(shared))
        _speed(Path(shared))
    else:
        print("Say where the labelled sets and scorers are: GOODWORD_SHARED=FOLDER")
    _growth()


if __name__ == "__main__":
    main()
