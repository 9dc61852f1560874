"""Classes of words that the grammar of commitments is built from, as alternatives of a regular expression."""

from __future__ import annotations

from typing import Final


def any_of(*alternatives: str) -> str:
    """A group that matches one of some expressions, the first that fits."""
    return f"(?:{'|'.join(alternatives)})"


APOSTROPHE: Final = "['’‘]"
_ADVERB: Final = any_of(
    *(r"\w{2,14}ly", "also", "then", "now", "just", "soon", "always", "all", "both", "of course", "for sure", "first"),
    *("still", "do", "happily", "again", "in turn"),
)
ADVERBS: Final = rf"(?:{_ADVERB}[, ] ?){{0,3}}"

OURS: Final = any_of(
    *("teams?", "agents?", "colleagues?", "managers?", "supervisors?", "engineers?", "technicians?", "specialists?"),
    *("crew", "captain", "pilots?", "staff", "department", r"dept\.?", "advis[eo]rs?", "representatives?", "reps?"),
    *("experts?", "drivers?", "couriers?", "desk", "office", "support", "dev(?:eloper)?s?", "mechanics?", "porters?"),
    *("human", "member", "people", "folks", "plumber", "fitter", "electrician", "depot", "branch", "warehouse"),
    *("leader(?:ship)?s?", "director", "head", "editor", "nurse", "pharmacist", "partner", "someone", "somebody"),
    *("one of us", "accounts?", "finance", "billing", "services?"),
)
"""Those who act for the brand."""
THINGS: Final = any_of(
    *("refund", "money", "replacement", "parcel", "package", "delivery", "order", "credit", "voucher", "fix", "patch"),
    *("update", "payment", "bags?", "luggage", "part", "card", "letter", "label", "points", "power", "service"),
    *("account", "pair", "copy", "ticket", "answer", "decision", "reply", "engineer", "stock", "site", "app"),
    *("servers?", "amount", "cheque", "check", "gift", "invoice", "statement"),
)
"""What a customer is waiting for."""
VISITS: Final = any_of("visit", "appointment", "call", "call-?back", "collection", "repair", "installation")
NOT_OURS: Final = any_of(
    *("tsa", "police", "customs", "your (?:bank|doctor|landlord|provider)"),
    "the (?:seller|bank|airport|government|council)",
)

CONTACT: Final = any_of(
    *("call", "ring", "phone", "e-?mail", "text", "message", "dm", "write", "contact", "notify", "inform", "update"),
    *("alert", "tell", "let you know", "reach out", "get back", "get in touch", "be in touch", "be in contact"),
    *("come back to", "follow up", "reply", "respond", "answer", "report back", "keep you"),
)
REMEDY: Final = any_of(
    *("refund", "rebook", "reimburse", "compensate", "credit", "be (?:with|back with|over to) you", "be round"),
    *("pick (?:it|this|that|them) up", "take (?:it|this) (?:up|on|over|from)", "look into", "arrange", "chase", "fix"),
    *("repair", "replace", "collect", "investigate", "have (?:it|this|that|you|your|the)", "be calling"),
    *("be contacting", "be out"),
)
DONE: Final = any_of(
    *("sent", "refunded", "issued", "credited", "processed", "added", "fixed", "released", "shipped", "dispatched"),
    *("despatched", "delivered", "posted", "mailed", "e-?mailed", "replaced", "repaired", "restored", "returned"),
    *("reviewed", "investigated", "passed", "forwarded", "shared", "escalated", "updated", "corrected", "removed"),
    *("deleted", "cancell?ed", "reversed", "waived", "rebooked", "contacted", "notified", "reimbursed"),
    *("compensated", "paid", "called", "transferred", "deposited", "applied", "resolved", "sorted", "dealt with"),
    *("looked (?:into|at)", "taken care of", "handled", "addressed", "completed", "collected", "picked up"),
    *("reinstated", "activated", "unlocked", "reconnected", "rescheduled", "answered", "reunited", "introduced"),
    *("rolled out", "published", "announced", "put right", "back (?:to you|in touch|online|up)", "honou?red"),
    *("recogni[sz]ed", "texted", "rung", "informed", "extended", "upgraded", "swapped", "exchanged", "topped up"),
    "installed",
)
"""What is done to orders, money, accounts and complaints."""

_NEED: Final = ("need", "have to", "require", "only (?:be|need)", "try not", r"not\b", r"never\b")
_FEEL: Final = (
    *("miss (?:you|him|her|them|it)", "love", "like", "want", "wish", "hope", "admit", "agree", "know", "understand"),
    *("appreciate", "consider it", r"think\b", "believe", r"bet\b", "assume", "enjoy", "treasure", "cherish"),
)
_WAIT: Final = (r"wait\b", "await", "keep an eye out", "look (?:out|forward)", "hear (?:more|about)")
_CHAT: Final = (
    *(r"say\b", "take (?:that|it)(?! (?:from|up|on|forward|over|further))", "leave it", "let you (?:go|decide|off)"),
    *("cross", "keep our fingers", "keep (?:you in|your|them) ", "have a (?:good|great|look at the)", "congratulate"),
    *(r"see (?:(?:you|ya|u)\b|(?:her|him|them|it) (?:again|soon|there))", r"do better\b", "welcome", "drink to"),
    *("toast", "raise a", "start by saying", "stop here", "remember (?:you|this|that)", "save you a seat", "celebrate"),
    "always",
)
_BE: Final = (
    *("honest", "frank", "here", "there", "around", "thinking", "counting", "rooting", "cheering", "waiting"),
    *("looking forward", "watching", "flying", "hoping", "missing", "seeing you", "open", "closed", "the first"),
    *("delighted to (?:see|have|welcome)", "able to (?:see|hear)", "back (?:up )?before you know", "standing by"),
    *("all ears", "grateful", "thrilled", "excited", "proud", "in luck", "ok", "okay", "fine"),
)
NO_ACT: Final = any_of(*_NEED, *_FEEL, *_WAIT, *_CHAT, rf"be {any_of(*_BE)}\b")
"""What may follow "we will" and commits to nothing: needing, feeling, waiting, good manners, a state of ours."""
NO_PLAN: Final = any_of(
    *("working", "trying", "doing", "looking", "hoping", "having", "being", "going", "seeing", "getting", "feeling"),
    *("loving", "enjoying", "celebrating", "showing", "estimating", "expecting", "experiencing", "facing", "waiting"),
    *("missing", "sending (?:good|positive|you (?:love|hugs|good))", "reading", "thinking", "keeping", "standing"),
    *("flying", "still", "currently"),
)
"""What the present progressive says of the present only."""
GLAD: Final = (
    any_of("more than ", "very ", "so ", "only too ", "absolutely ", "always ", "extremely ", "super ")
    + "{0,3}"
    + any_of("happy", "glad", "pleased", "delighted", "willing", "keen")
    + " to"
)
HELP: Final = any_of(
    *("help", "assist", "be of (?:help|assistance)", "answer (?:any|your) questions?", "support you", "chat", "clarify")
)
CHECK: Final = any_of(
    *("check", "look", "find", "see (?:what|if|whether)", "get", "ask", "chase", "take", "dig", "pass", "send"),
    *("raise", "escalate", "investigate", "speak", "talk", "have", "run", "sort", "fix", "pull", "arrange", "forward"),
    *("share", "reach", "contact", "call", "review", "track", "follow", "do", "put", "make", "come back"),
)
