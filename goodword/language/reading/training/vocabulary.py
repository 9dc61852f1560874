"""Keep of a large multilingual vocabulary only the pieces that the languages read here use."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer

_SPECIALS = 4
"""`<s>`, `<pad>`, `</s>` and `<unk>` come first, and stay first."""
_SCRIPTS = ("LATIN", "ARABIC", "DEVANAGARI", "CYRILLIC", "GREEK", "HEBREW", "DIGIT")
_FILL_SCRIPTS = ("LATIN", "ARABIC", "DEVANAGARI")


def _written_in(piece: str, scripts: tuple[str, ...]) -> bool:
    letters = [character for character in piece.lstrip("▁") if character.isalnum()]
    return bool(letters) and all(unicodedata.name(character, "").startswith(scripts) for character in letters)


def chosen_pieces(tokenizer: Path, texts: Sequence[str], size: int) -> list[int]:
    """Ids of the pieces to keep, ascending: single characters, what the texts use, then the most frequent."""
    vocabulary = [piece for piece, _score in json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]]
    used = Counter(i for row in Tokenizer.from_file(str(tokenizer)).encode_batch(list(texts)) for i in row.ids)
    kept = set(range(_SPECIALS))
    for i, piece in enumerate(vocabulary):
        bare = piece.lstrip("▁")
        symbol = len(bare) == 1 and unicodedata.category(bare)[0] in "PS"
        if len(bare) <= 1 and (symbol or not bare or _written_in(bare, _SCRIPTS)):
            kept.add(i)
    for i, _count in used.most_common():
        if len(kept) >= size:
            break
        kept.add(i)
    for i, piece in enumerate(vocabulary):
        if len(kept) >= size:
            break
        if _written_in(piece, _FILL_SCRIPTS):
            kept.add(i)
    return sorted(kept)


def trimmed(tokenizer: Path, kept: Sequence[int]) -> str:
    """The tokenizer with only those pieces, renumbered in the order given, as JSON."""
    written = json.loads(tokenizer.read_text(encoding="utf-8"))
    vocabulary = written["model"]["vocab"]
    written["model"]["vocab"] = [vocabulary[i] for i in kept]
    written["added_tokens"] = [token for token in written["added_tokens"] if token["id"] < _SPECIALS]
    written["padding"] = written["truncation"] = None
    return json.dumps(written, ensure_ascii=False, separators=(",", ":"))
