"""The honesty check against drafts of our own, near misses among them (`bench/drafts.txt`).

python -m bench honesty_drafts
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from goodword.honesty.rules import FAULTS, check


class _Draft(NamedTuple):
    flags: frozenset[str]
    public: bool
    text: str


def _drafts() -> list[_Draft]:
    lines = (Path(__file__).parent / "drafts.txt").read_text(encoding="utf-8").splitlines()
    split = [line.split("|", 2) for line in lines if line and not line.startswith("#")]
    return [_Draft(frozenset(flags.split(",")) - {"none"}, who == "p", text) for flags, who, text in split]


def main() -> None:
    """Print F1 and false findings of each flag, their mean, and the precision of all."""
    drafts = _drafts()
    found = [{each.flag for each in findings} for findings in check([(draft.text, draft.public) for draft in drafts])]
    scores, right_of_all, found_of_all = [], 0, 0
    for flag in FAULTS:
        broken = sum(flag in draft.flags for draft in drafts)
        named = sum(flag in flags for flags in found)
        right = sum(flag in flags and flag in draft.flags for draft, flags in zip(drafts, found, strict=True))
        scores.append(2 * right / max(1, broken + named))
        right_of_all, found_of_all = right_of_all + right, found_of_all + named
        print(f"{flag:>12} n {broken:3} found {right:3} false {named - right:3} F1 {scores[-1]:.2f}")
    print(f"{len(drafts)} drafts: mean F1 {sum(scores) / len(scores):.3f}, precision {right_of_all / found_of_all:.2f}")


if __name__ == "__main__":
    main()
