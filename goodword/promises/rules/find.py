"""Find what a draft promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from goodword.language.sentences import sentences
from goodword.promises.rules import conditions, grammar
from goodword.promises.rules.clause import end_of_clause, time_before
from goodword.promises.rules.due_words import find_due

LONGEST_SENTENCE: Final = 600
"""A sentence is looked at so far: no draft makes the search slower than its length."""


class Promise(msgspec.Struct, frozen=True):
    """Something we commit to do: the characters [start, end) of the draft that say so, those of its due words, and
    whether it waits for the customer to do something first."""

    start: int
    end: int
    due: tuple[int, int] | None
    conditional: bool


_SPEAKER = re.compile(
    r"\b(?:we|i|i['’]m|we['’]re|we['’]ve|i['’]ve)\b|^(?:@\w+ )*(?:sorry|thanks|thank|appreciate|apologies)",
    re.IGNORECASE,
)
_WILL = re.compile(r"\b(?:will|shall)\b", re.IGNORECASE)
_HANDLES = re.compile(r"(?:@\w{1,40}\s+)*")
_WHEN_KNOWN: Final = (
    grammar.YOU_SHOULD,
    grammar.IT_WILL_COME,
    grammar.ARRANGED,
    grammar.WE_AIM,
    grammar.SCHEDULED,
    grammar.WE_ARE_DOING,
)
_YOU_HAVE_OF_US = re.compile(
    r"\b(?:refund|reply|answer|update|e-?mail|call|message|text|letter|money|credit|replacement|confirmation|voucher|"
    r"notification|compensation|response|back|from (?:us|me|our|them))\b",
    re.IGNORECASE,
)
"""What a customer hears or gets of us alone."""
_ACT = re.compile(r"(?!be$)[a-z#]", re.IGNORECASE)
_PRODUCT = re.compile(
    r"\b(?:button|option|screen|menu|page|link|icon|tab|list|access|prompt|choose|select)\b", re.IGNORECASE
)


def find(text: str) -> list[Promise]:
    """The promises of a draft, in order; no two overlap."""
    found: list[Promise] = []
    asked = False
    for start, stop in sentences(text):
        end = min(stop, start + LONGEST_SENTENCE)
        found += _of_sentence(text, start, end, asked=asked)
        asked = conditions.asks(text[start:end])
    return found


class _Head(msgspec.Struct, frozen=True):
    """Where a commitment begins, where its act begins, and by which pattern it was seen."""

    start: int
    act: int
    form: re.Pattern[str]


_FORMS: Final = (
    grammar.WE_WILL,
    grammar.WE_WILL_NOT,
    grammar.WE_WILL_GLADLY,
    grammar.WE_ARE_GLAD,
    grammar.PLEDGE,
    grammar.LETTING,
    grammar.TEAM_WILL,
    grammar.YOU_WILL,
    grammar.YOU_WILL_BE,
    grammar.YOU_SHOULD,
    grammar.OTHER_WILL,
    grammar.IT_WILL_BE_DONE,
    grammar.IT_WILL_COME,
    grammar.ARRANGED,
    grammar.ALL_OURS,
    grammar.WE_AIM,
    grammar.SCHEDULED,
    grammar.WE_ARE_DOING,
    grammar.AND_WILL,
    grammar.BACK_TO_YOU,
)
_ACT_INSIDE: Final = (
    grammar.YOU_WILL,
    grammar.YOU_WILL_BE,
    grammar.YOU_SHOULD,
    grammar.LETTING,
    grammar.WE_WILL_NOT,
    grammar.OTHER_WILL,
    grammar.IT_WILL_BE_DONE,
    grammar.ALL_OURS,
)
"""Forms that end with the act itself, where the others end before it."""


def _of_sentence(text: str, start: int, end: int, *, asked: bool) -> Iterator[Promise]:
    free = start
    for head in _heads(text, start, end):
        if head.start < free:
            continue
        promise = _read(text, start, end, head, asked=asked)
        if promise is not None:
            yield promise
            free = promise.end


def _heads(text: str, start: int, end: int) -> list[_Head]:
    """All places of a sentence where a commitment may begin, from left to right; the plain form before the others."""
    heads = [
        _Head(match.start(), match.start() if form in _ACT_INSIDE else match.end(), form)
        for form in _FORMS
        for match in form.finditer(text, start, end)
    ]
    first = _HANDLES.match(text, start, end)
    bare = grammar.BARE_WILL.match(text, first.end() if first else start, end)
    if bare and not text[start:end].endswith("?"):
        heads.append(_Head(bare.start(), bare.end(), grammar.BARE_WILL))
    return sorted(heads, key=lambda head: (head.start, -head.act))


def _read(text: str, start: int, end: int, head: _Head, *, asked: bool) -> Promise | None:
    """The promise that begins at a head, or None where it only looks like one."""
    handles = _HANDLES.match(text, start, end)
    start = handles.end() if handles else start
    before = text[start : head.start]
    if grammar.HEDGED.search(before) or (head.form is grammar.AND_WILL and not _SPEAKER.search(before)):
        return None
    stop = end_of_clause(text, max(head.act, head.start + 1), end)
    begin = _at_will(text, head) if head.form is grammar.AND_WILL else head.start
    earlier = time_before(before)
    due = find_due(text, head.start, stop)
    if due is None and earlier:
        due = find_due(text, start + earlier[0], start + earlier[1])
        begin = start + earlier[0] if due else begin
    same = (
        conditions.asks(before)
        or (text[end - 1] == "?" and conditions.opens_question(before))
        or conditions.waits_for_you(before, text[head.start : end])
    )
    if not _is_commitment(text[head.act : stop], head.form, due, requested=same, asked=asked):
        return None
    return Promise(begin, stop, due, same or asked)


def _is_commitment(
    act: str, form: re.Pattern[str], due: tuple[int, int] | None, *, requested: bool, asked: bool
) -> bool:
    """Whether the act that follows a form makes it a commitment. `requested` says that the sentence asks the customer
    for something, `asked` that the one before does."""
    if form in _WHEN_KNOWN:
        return due is not None
    if form is grammar.YOU_WILL:
        return due is not None or (_YOU_HAVE_OF_US.search(act) is not None and not _PRODUCT.search(act))
    if not _ACT.match(act):
        return False
    if form in {grammar.WE_ARE_GLAD, grammar.WE_WILL_GLADLY} and grammar.GLAD_TO_HELP.match(act):
        return requested or (asked and not grammar.GENERAL_HELP.match(act + "."))
    if form is grammar.WE_ARE_GLAD:
        return requested or asked
    return requested or asked or not grammar.GENERAL_HELP.match(act + ".")


def _at_will(text: str, head: _Head) -> int:
    will = _WILL.search(text, head.start, head.act)
    return will.start() if will else head.start
