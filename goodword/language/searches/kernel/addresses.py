"""Web addresses in a text: they are no words."""

from __future__ import annotations

from goodword.language.searches.kernel.characters import (
    ADDRESS_END,
    DROPPED,
    FOLD_MASK,
    POST_END,
    SLOW,
    SPACE,
    UNSPACED,
    ZONE_END,
)
from goodword.language.searches.kernel.compiled import inlined, part
from goodword.language.searches.kernel.state import Bytes, Counts, Index, Words32
from goodword.language.searches.kernel.utf8 import check_fold, is_in_word, look


@part
def is_address(text: Bytes, characters: Words32, place: Index) -> bool:
    """Whether a web address starts here: `http://`, `https://` or `www.`, and a letter or digit."""
    first = text[place] | 32
    if first == ord("w"):
        if text[place + 1] | 32 != ord("w") or text[place + 2] | 32 != ord("w") or text[place + 3] != ord("."):
            return False
        place += 4
    elif first == ord("h"):
        if text[place + 1] | 32 != ord("t") or text[place + 2] | 32 != ord("t") or text[place + 3] | 32 != ord("p"):
            return False
        place += 5 if text[place + 4] | 32 == ord("s") else 4
        if text[place] != ord(":") or text[place + 1] != ord("/") or text[place + 2] != ord("/"):
            return False
        place += 3
    else:
        return False
    _, kind, _ = look(text, characters, place)
    return is_in_word(kind) or kind in (UNSPACED, SLOW, DROPPED)


@part
def skip_address(text: Bytes, characters: Words32, counts: Counts, place: Index) -> Index:
    """The place after an address: its last letter, digit or character that an address may end in."""
    end = place
    while True:
        entry, kind, after = look(text, characters, place)
        if kind in (SPACE, ADDRESS_END, POST_END, ZONE_END):
            return end
        check_fold(counts, kind)
        code = entry & FOLD_MASK
        if is_in_word(kind) or kind == UNSPACED or is_tail(code):
            end = after
        place = after


@inlined
def is_tail(code: Index) -> bool:
    """Whether an address may end in this character, though it is neither letter nor digit."""
    return (
        code == ord("/") or code == ord("=") or code == ord("&") or code == ord("-") or code == ord("+")
        or code == ord("%") or code == ord("#") or code == ord("~") or code == ord("@") or code == ord("$")
        or code == ord("*")
    )  # fmt: skip
