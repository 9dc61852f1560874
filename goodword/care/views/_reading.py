"""What the composer says of a draft while it is written, and what comes back with the form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from goodword.care.check_reply import read_reply
from goodword.care.given_word import GivenWord
from goodword.care.models import Case
from goodword.care.pay import cost_of_reply
from goodword.care.terms import terms_of
from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.promises.due import as_typed, house_hours, read_due, zone_of
from goodword.promises.make import Confirmed
from goodword.promises.models import Promise
from goodword.promises.spot import Spotted, same_promise, spot
from goodword.staff.membership import MemberRequest

CARRIED = ("read", "promise", "promise_words", "promise_due", "promise_offered", "keeps", "reason")
MOST_PROMISED = 5  # that are shown in the composer; the panel beside the case has all


@dataclass(frozen=True, slots=True)
class Row:
    """A promise as the form holds it: its words, what the writer typed for a due time, and whether it is confirmed.

    `offered` is the due time that stood there untouched: as long as it does, it follows the words.
    """

    words: str
    due: str
    offered: str
    confirmed: bool


def typed_rows(request: MemberRequest) -> list[Row]:
    """The promises that the form shows."""
    ticked = set(request.POST.getlist("promise"))
    rows = zip(
        request.POST.getlist("promise_words"),
        request.POST.getlist("promise_due"),
        request.POST.getlist("promise_offered"),
        strict=False,
    )
    return [
        Row(words, due, offered, confirmed=str(number) in ticked) for number, (words, due, offered) in enumerate(rows)
    ]


def confirmed_rows(case: Case, word: GivenWord) -> list[Row]:
    """The promises that a reply was written with, as its form held them."""
    zone = zone_of(case.identity.person)
    return [Row(each.words, as_typed(each.due_at, zone), offered="", confirmed=True) for each in word.confirmed]


def read_word(request: MemberRequest, case: Case) -> GivenWord:
    """The promises that the form confirms and keeps. Raises `DueRefused` where one has no due time that can be."""
    zone, now = zone_of(case.identity.person), current_time()
    confirmed = [
        Confirmed(row.words, read_due(row.due, zone=zone, now=now)) for row in typed_rows(request) if row.confirmed
    ]
    return GivenWord(confirmed, _kept(request))


def carried(request: MemberRequest) -> list[tuple[str, str]]:
    """What was said of the draft, for a form that asks for something else before it is sent."""
    return [(name, value) for name in CARRIED for value in request.POST.getlist(name)]


def spot_promises(request: MemberRequest, case: Case, text: str) -> list[Spotted]:
    """What a draft promises, as of now."""
    zone, house = zone_of(case.identity.person), house_hours(case.workspace_id)
    return spot(text, now=current_time(), zone=zone, house=house)


def shown_all(request: MemberRequest, case: Case, text: str) -> bool:
    """Whether its writer has been shown every promise in it."""
    shown = request.POST.getlist("promise_words")
    return all(any(same_promise(words, one.words) for words in shown) for one in spot_promises(request, case, text))


def _kept(request: MemberRequest) -> set[int]:
    return {pk for pk in map(read_id, request.POST.getlist("keeps")) if pk is not None}


def reading_context(
    request: MemberRequest,
    case: Case,
    *,
    text: str,
    private: bool,
    is_held: bool = False,
    word: GivenWord | None = None,
) -> dict[str, Any]:
    """Everything `care/_reading.html` needs: what the draft promises, what the customer was promised before, and what
    speaks against sending it. `is_read`: nobody will find more. Once it is held back, a reason is asked for.
    `word`: what was confirmed before, where the form doesn't say it."""
    now, zone = current_time(), zone_of(case.identity.person)
    typed = typed_rows(request) if word is None else confirmed_rows(case, word)
    rows = [_shown(spotted, typed, zone) for spotted in spot_promises(request, case, text)]
    promised = Promise.objects.of(request.workspace).made_to(case.identity.person_id).to_be_kept()
    cost = cost_of_reply(case, terms_of(case), text, private=private, now=now)
    found, is_read = read_reply(case, text, private=private, now=now)
    return {
        "case": case,
        "found": found,
        "cost": cost,
        "is_read": is_read,
        "insert": True,
        "asks_why": is_held or "reason" in request.POST,
        "reason": request.POST.get("reason", ""),
        "rows": rows,
        "zone": zone.key,
        "unconfirmed": sum(not row["confirmed"] for row in rows),
        "promised": list(promised.order_by("due_at", "pk")[:MOST_PROMISED]),
        "keeps": _kept(request) if word is None else set(word.keeps),
        "now": now,
    }


def _shown(spotted: Spotted, typed: list[Row], zone: ZoneInfo) -> dict[str, Any]:
    before = next((row for row in typed if same_promise(row.words, spotted.words)), None)
    offered = as_typed(spotted.suggested, zone)
    is_edited = before is not None and before.due != before.offered
    return {
        "words": spotted.words,
        "due": before.due if before is not None and is_edited else offered,
        "offered": offered,
        "is_guess": spotted.due_at is None and not spotted.problem,
        "conditional": spotted.conditional,
        "problem": spotted.problem,
        "confirmed": before is not None and before.confirmed,
    }
