"""How often posts that mean the contrary of what they say are read as they are meant, beside such as mean it.

    python -m bench.language.turned

The posts stand in `turned.toml`. Of `unseen` the rules know nothing; `seen` is what they were made with.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from goodword.language.reading import best_reader, fast_reader

_MEANT: Final = {"snark": "negative", "sincere": "positive", "denied": "negative", "fine": "positive"}
_COMPLAINT_FROM: Final = 0.5


def main() -> None:
    """Print for both readers how many of each kind are read as meant, and how many as a complaint."""
    written = tomllib.loads((Path(__file__).parent / "turned.toml").read_text(encoding="utf-8"))
    for name, reader in (("best", best_reader()), ("fast", fast_reader())):
        for part, groups in written.items():
            for kind, texts in groups.items():
                found = reader.read(texts)
                meant = sum(max(one.sentiment, key=one.sentiment.__getitem__) == _MEANT[kind] for one in found)
                complaints = sum(one.complaint >= _COMPLAINT_FROM for one in found)
                print(f"{name} {part:7}{kind:8}{meant:3} of {len(texts)} {_MEANT[kind]}, {complaints} complaints")


if __name__ == "__main__":
    main()
