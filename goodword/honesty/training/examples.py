"""What the models of the honesty check learn from."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Final, NamedTuple

from goodword.honesty.rules.check import OF_SENTENCES, pieces, without_lead

FLAGS: Final = (*OF_SENTENCES, "cold")
_OTHERS: Final = ("private", "none")
"""Examples that break none of these: private data is found by rules."""
_REAL_WEIGHT: Final = 1.0
"""An answer of a real brand counts as an example does, though nobody has looked whether it is faultless."""
_PART_WEIGHT: Final = 0.05
"""A sentence counts so much against a brush-off: without its draft it may sound like one."""
_PLAIN_WEIGHT: Final = 0.2
"""An everyday answer counts so much against a brush-off: to somebody who is hurt it may be one."""
_MARKED: Final = re.compile(r"\{(\w+): ([^}]*)\}")


class Example(NamedTuple):
    """A text and the flag it breaks, or "none"; how much it counts for a sentence's flags, and for a brush-off.

    Examples of one `draft` are held back together, when it is measured how well others are known.
    """

    text: str
    flag: str
    as_sentence: float
    as_draft: float
    draft: int


def examples(data: Path) -> list[Example]:
    """All of them."""
    return [*_lines(), *_everyday(), *_drafts(), *_real(data)]


def _read(name: str) -> list[str]:
    text = (resources.files("goodword.honesty.training") / "exemplars" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _lines() -> Iterator[Example]:
    """The examples that are a line each. Those of a brush-off are whole drafts."""
    number = 0
    for flag in (*FLAGS, *_OTHERS):
        for line in _read(flag):
            number += 1
            yield Example(line, flag, 1.0, 1.0 if flag == "cold" else _PART_WEIGHT, number)


def _everyday() -> Iterator[Example]:
    """Short answers that break nothing, neither as a sentence nor as a whole draft."""
    yield from (
        Example(line, "none", 1.0, _PLAIN_WEIGHT, number)
        for number, line in enumerate(_read("everyday"), start=500_000)
    )


def _drafts() -> Iterator[Example]:
    """Drafts with their faults marked: by sentence, and whole."""
    for number, line in enumerate(_read("drafts"), start=1_000_000):
        yield Example(_MARKED.sub(r"\2", line), "none", 0.0, 1.0, number)
        parts = _MARKED.split(line)  # text, flag, words, text, flag, words, … text
        for flag, text in zip(["none", *parts[1::3]], [" ".join(parts[0::3]), *parts[2::3]], strict=True):
            yield from (Example(without_lead(piece), flag, 1.0, 0.0, number) for piece in pieces(text))


def _real(data: Path) -> Iterator[Example]:
    """What brands wrote, whole and by sentence, as faultless; not what was labelled, since that is measured on."""
    with (data / "care" / "replies.labelled.jsonl").open(encoding="utf-8") as file:
        labelled = {json.loads(line)["text"] for line in file}
    with gzip.open(data / "care" / "dialogues.dev.jsonl.gz", "rt", encoding="utf-8") as file:
        turns = [turn for line in file for turn in json.loads(line)["turns"]]
    texts = {turn["text"] for turn in turns if turn["from"] == "brand"} - labelled
    for number, text in enumerate(sorted(texts), start=2_000_000):
        yield Example(text, "none", 0.0, _REAL_WEIGHT, number)
        yield from (Example(without_lead(piece), "none", _REAL_WEIGHT, 0.0, number) for piece in pieces(text))
