"""Private data in what everyone can read: given away, or asked for."""

from __future__ import annotations

import re
from typing import Final

from goodword.honesty.rules.words import any_of
from goodword.honesty.rules.words import small_words as words
from goodword.language import pii

_NUMBERED: Final = any_of(
    *("booking", "confirmation", "reservation", "order", "account", "customer", "client", "member(?:ship)?", "loyalty"),
    *("policy", "case", "claim", "patient", "phone", "mobile", "telephone", "contact", "card", "passport"),
    *("licen[cs]e", "serial", "meter", "contract", "invoice", "reference", "ticket", "flyer", "tracking", "sort"),
    *("pin", "bank", "id", "e-?mail", "mail", "home", "street", "postal", "billing", "delivery"),
)
_DATA: Final = any_of(
    rf"{_NUMBERED} ?(?:number|num|no\b|nr\b|#|code|ref(?:erence)?|address|details|id\b|pin)s?",
    *(r"e-?mails?\b(?! (?:us|you|with|from))", r"phone\b", r"mobile\b", r"cell\b", "address", "post ?code"),
    *("zip(?: code)?", "birthday", "bday", r"dob\b", "date of birth", "birth ?date", r"pnr\b", r"iban\b", "passwords?"),
    *("passcode", "user ?names?", "surname", "full name", "last name", "maiden name", "last (?:4|four)(?: digits)?"),
    *("full card", "card (?:on file|you (?:paid|used))", "boarding pass"),
    r"(?:photo|pic|picture|copy|scan|selfie|both sides) of (?:your|ur|the) (?:\w+ )?"
    r"(?:id|passport|card|licen[cs]e|receipt)",
)
_ASKS: Final = any_of(
    *("what(?:['’]?s| is| are)", "whats", "which", "tell (?:us|me)", "let (?:us|me) (?:know|have)", "give (?:us|me)"),
    *("send", "share", "post", "(?:reply|respond|answer) with", "provide?", "write", "drop", "leave", "pop", "put"),
    *("paste", "tweet", "tag", "comment", "confirm", "need", "add", "attach", "state", "type", "advise", "supply"),
    *("include", "quote", "show", "(?:can|may|could) (?:we|i) (?:have|get)"),
)
_WHOSE: Final = any_of(
    *("your", "ur", "the full", "(?:a )?(?:photo|pic|picture|copy|scan)", "both sides", "which", "what(?:['’]?s)?")
)
_FEW: Final = r"\b[^.!?\n]{0,60}?\b"
_ASKING = words(
    rf"{_ASKS}{_FEW}{_WHOSE}{_FEW}{_DATA}",
    rf"(?:what|which)(?:['’]?s)?{_FEW}{_DATA}",
    rf"(?:share|post|drop|paste|leave|tweet){_FEW}{_DATA}",
    rf"{_DATA}{_FEW}(?:below|right here|in the (?:replies|comments|thread)|under this (?:post|tweet))",
)
_APART = words(
    *(r"dms?\b", r"pms?\b", r"private(?:ly)?\b", r"direct(?:ly)? messag", r"inbox\b", r"message us\b", r"messenger\b"),
    *(r"in a message\b", r"chat\b", r"secure\b", r"call us\b", r"ring us\b", r"e-?mail us\b", "send us an e-?mail"),
    r"(?:via|by|through|using|in|on) (?:the|our|this|a|your) (?:form|app|portal|website|page|site)\b",
    *("fill (?:in|out)", "file (?:it|a)", "log in", "sign in", "under ['\"/]", "in (?:your )?settings"),
    *("at the (?:desk|counter|gate)", "(?:the|this|following) link below"),
    "(?:reach out|submit|contact|request|send|head|ticket)[^.!?]{0,80}https?:",
)
"""A way to answer that not everyone can read."""
_LINK = re.compile(r"(?:https?://|www\.)\S{1,300}")
_NOT = words(
    *(r"don['’]?t\b", r"do not\b", r"never\b", r"without\b", r"not (?:here|in|on|under|publicly)\b", r"no need\b"),
    *(r"off this\b", r"keep\b", r"remove\b", r"delete\b", r"take (?:down|off)\b", r"instead of\b", r"avoid\b"),
    *(r"rather than\b", r"hide\b", r"stop\b"),
)
_MOVED: Final = "(?:gone|sent|going|went|delivered|posted|mailed|e-?mailed|texted|code)"
_THEIRS = words(
    *(r"your\b", r"ur\b", r"you (?:on|at)\b", rf"{_MOVED} (?:\w+ )?to\b", r"called\b", r"rang\b", r"rung\b"),
    *(r"back on\b", r"on file\b", r"registered\b", r"ending\b", r"lives? at\b", r"door at\b", r"left us for\b"),
)
"""Words before contact data that make it the customer's."""
_CONTACT: Final = any_of(
    *(
        "phone",
        "telephone",
        "mobile",
        "cell",
        "number",
        "e-?mail",
        "mail",
        "address",
        "handy\\w*",
        "\\w*nummer",
        "telefon\\w*",
    ),
    *("adresse", "anschrift", "num[eé]ro", "t[eé]l[eé]phone", "courriel"),
)
_OF_ANOTHER = re.compile(
    rf"\b(?:his|her|their|seine?|son|sa) (?:[\w-]+ ){{0,3}}?{_CONTACT}\b[^.!?\n]{{0,20}}$"
    r"|\b(?:he|she|who|er) (?:\w+ ){0,2}?(?:lives?|lived|living|wohnt) (?:now )?(?:at|in|on)\s?$"
    r"|\b(?:reach|call|ring|text|write to) (?:him|her) (?:\w+ )?(?:on|at)\s?$",
    re.IGNORECASE,
)
"""Words before contact data that make it somebody's who is spoken of."""
_HOUSES = words(
    *(
        r"shops?\b",
        r"stores?\b",
        r"teams?\b",
        r"couriers?\b",
        r"carriers?\b",
        r"banks?\b",
        r"hotlines?\b",
        r"support\b",
    ),
    *(r"offices?\b", r"services?\b", r"cent(?:er|re)s?\b", r"compan(?:y|ies)\b", r"desks?\b", r"departments?\b"),
    *(r"workshops?\b", r"partners?\b", r"suppliers?\b", r"manufacturers?\b", r"clinics?\b", r"helplines?\b"),
)
"""Whose contact data is there to be told: "the workshop: their phone is …"."""
_TO_US = re.compile(
    r"\b(?:forward|send|report|write|reach|contact|call|ring|dial|mail|e-?mail|text|support|desk|team)\b[^.!?]{0,60}$",
    re.IGNORECASE,
)
_ENDING = words(
    r"(?:card|visa|mastercard|amex|account|number|phone|mobile)(?: \w+){0,2} (?:ending|ends|finishing)(?: in| with)? "
    r"\W?\d{2,4}",
)
_BOOKED = re.compile(r"\b(?i:booking|reservation|confirmation|pnr) (?=[A-Z]*\d)[A-Z0-9]{5,8}\b")
_PLACE = re.compile(
    r"\b(?:gone|sent|going|went|delivered|left|posted|shipped|lives?|door|address is|left us for|off to|on its way to|"
    r"(?:changed|moved|switched|corrected|updated) (?:the|your) (?:delivery|address|shipping|drop-off)) "
    r"(?:\w+ ){0,4}?(?:to|for|at) \d{1,4}[a-z]? [A-Z]\w+"
)
_SENSITIVE = words(
    any_of(
        *(r"diabet\w+", r"pregnan\w+", "cancer", "hiv", "depress(?:ion|ive)", "therap(?:y|ist)", "surger(?:y|ies)"),
        *(
            "operation",
            "fertility",
            "wheelchair",
            "dialysis",
            "insulin",
            "prescription",
            "medication",
            "dose",
            "tablets",
        ),
        *(
            "inhaler",
            "hearing aid",
            "diagnos(?:is|ed with)",
            "test (?:result|came back)",
            "biopsy",
            "scan results?",
            "rehab",
        ),
        *(
            "clinic",
            "(?:your|the) repeat",
            *(
                r"epilep\w+",
                "asthma",
                r"psychiatr\w+",
                r"counsell?ing",
                "blood (?:test|results|work|pressure)",
                "x-?ray",
            ),
            *("ultrasound", "chemo(?:therapy)?", "ivf", "miscarriage", "hearing test", "sick note", "migraine"),
            *("(?:missed|late|overdue) payments?", "credit score", "bailiffs?", "(?:your|the) loan", "overdraft"),
            "overdrawn",
            "repayments?",
            "arrears",
            "debt",
            "salary",
            "payslip",
            "divorce",
        ),
        *(r"bankrupt\w*", "benefits payment", "you (?:still )?owe", "balance is", r"religio\w+", r"union member\w*"),
        r"\w{2,20}(?:formin|statin|cillin|sartan|oxetine|traline|azepam|prazole|mycin|profen|gliptin|dronate)\b",
    )
    + r"\b"
)
"""What article 9 of the GDPR calls special categories, health first of all, and debts. Medicines by the stems that
the WHO gives their names (The use of stems in the selection of INN, 2018)."""
_OF_YOURS = words(
    r"your?\b", r"ur\b", r"(?:is|are|was|were|had|has|been) (?:\w+ ){0,6}(?:ready|moved|waiting|collected)\b"
)
_PAID_AT = re.compile(
    r"[£$€]?\d+[.,]\d\d(?: \w+)? (?:at|to|from) [A-Z]\w+|\b[Pp]ayments? (?:\w+ )?(?:to|at) [A-Z]\w+[^.!?]* on [A-Z0-9]"
)
"""Where somebody paid."""
_ROOM = words(r"(?:you(?:['’]re| are)|your)\b[^.!?]{0,20}\broom (?:is |number )?\d{2,4}\b")


def asks(sentence: str, draft: str) -> bool:
    """Whether a sentence of a public draft asks for private data to be told in public: no private way is offered, and
    it isn't told to keep it out of sight."""
    small = sentence.lower()
    if not _ASKING.search(small) or _NOT.search(small) or _LINK.search(small):
        return False
    return _APART.search(draft.lower()) is None


def tells(sentence: str) -> bool:
    """Whether a sentence holds private data of the one it is written to, and not an address or a number of ours."""
    sentence = _LINK.sub("http", sentence)
    small = sentence.lower()
    if _SENSITIVE.search(small) and _OF_YOURS.search(small) and not _NOT.search(small):
        return True
    if _ENDING.search(small) or _ROOM.search(small):
        return True
    if _BOOKED.search(sentence) or _PLACE.search(sentence) or _PAID_AT.search(sentence):
        return True
    return any(not _is_ours(sentence, private) for private in pii.find(sentence)) or tells_of_another(sentence)


def tells_of_another(sentence: str) -> bool:
    """Whether a sentence holds the number or the address of somebody who is spoken of: that is for nobody else to read,
    not even in private."""
    if _HOUSES.search(sentence.lower()):
        return False
    return any(
        private.kind in {"phone", "email", "address"}
        and _OF_ANOTHER.search(sentence[max(0, private.span[0] - 80) : private.span[0]]) is not None
        for private in pii.find(sentence)
    )


def _is_ours(sentence: str, private: pii.Private) -> bool:
    """A number to call, a mail address to write to, a shop's address: contact data is ours unless it is said to be
    the customer's."""
    if private.kind not in {"phone", "email", "address"}:
        return False
    before = sentence[max(0, private.span[0] - 60) : private.span[0]].lower()
    if _THEIRS.search(before):
        return False
    return private.kind != "email" or _TO_US.search(before) is not None
