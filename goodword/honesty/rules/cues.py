"""Signs of a sentence that tell of many words at once what an example can tell of one only.

The models of `likeness` weigh them beside the sentence's meaning and its words: "people" and "most guests" speak of
others, "barely" and "a touch" make small, whichever of them an example happened to use.
"""

from __future__ import annotations

import re
from typing import Final

from goodword.honesty.rules.gates import EXCUSED, TELLING
from goodword.honesty.rules.plain import PLAIN, is_plain
from goodword.honesty.rules.words import small_words as words

_AT_ALL: Final = (
    words(r"(?:you|u)\b"),
    words(r"(?:yours?|ur)\b"),
    words(r"(?:we|us|i|i['’]\w+|we['’]\w+)\b"),
    words(r"(?:our|my)\b"),
    words(r"(?:will|won['’]?t|shall|going to|gonna)\b", plain=r"['’]ll\b"),
    words(r"(?:was|were|had|did|didn['’]?t|wasn['’]?t|weren['’]?t)\b"),
    words(r"(?:is|are|do|does|happens?|gets?|comes?|goes)\b"),
    re.compile(r"\?"),
    re.compile(r"!"),
    words(r"(?:not|no|never)\b", plain=r"n['’]t\b"),
    words(r"(?:if|had you|would(?:n['’]t)? have)\b"),
    words(r"(?:we['’]?ve|i['’]?ve|(?:we|i) have|we['’]?re|i['’]?m|i['’]?ll|we['’]?ll|i['’]?d|let me|let['’]?s)\b"),
    words(r"(?:they|them|their|he|she|his|her|him)\b"),
    words(r"(?:because|due|since|so|hence|which is why|that['’]?s why)\b"),
    words(r"(?:can['’]?t|cannot|could|may|might|possible|impossible|able|unable)\b"),
)
"""Who speaks of whom, and when."""
_OTHERS: Final = (
    words(
        r"(?:people|folks|guests?|customers|everyone|everybody|anyone|most|others?|some|somebody|someone|nobody|whoever|"
        r"those|few)\b"
    ),
    words(
        r"(?:courier|driver|bank|supplier|manufacturer|landlord|airport|agency|agent|partner|contractor|council|network|"
        r"provider|seller|sender|neighbour|school|hotel|airline|post|customs|printer|shop)\w*\b"
    ),
    words(r"(?:should|could|ought|must|need(?:ed)?|supposed|expect(?:ed)?|asked?|told|read|check\w*|look\w*)\b"),
    re.compile(
        r",\s*(?:isn|wasn|didn|hasn|aren|weren|don|doesn)['’]?t (?:it|he|she|they|you|we)\?"
        r"|,\s*(?:right|you know|mind)\b"
    ),
    words(
        r"(?:looks? (?:like|as)|seems?|appears?|(?:must|may|might) have|i bet|i['’]?d say|guess\w*|from (?:the|your))\b"
    ),
    words(r"(?:records?|logs?|photos?|pictures?|shows?|see that|tells? me|find|found)\b"),
    words(
        r"(?:not us|nothing to do with|theirs?|on (?:you|u|them|him|her|ur|your)|(?:up|down) to|(?:with|to|at) "
        r"(?:them|him|her)|that['’]s between)\b"
    ),
    words(r"(?:sign|tag|label|leaflet|box|manual|brochure|e-?mail|notice|letter|page|instructions?|guide|reminder)\b"),
)
"""Whose fault it is said to be, and what they could have read."""
_SMALL: Final = (
    words(r"(?:only|just|barely|hardly|small|tiny|little|bit|quick|slight\w*|minor|rare\w*|few)\b"),
    words(
        r"(?:normal|usual\w*|common|standard|typical|always|like that|these things|nature|natural|season|peak|busy|"
        r"weekend\w*|monday\w*|summer|winter|weather)\b"
    ),
    words(r"(?:rules?|polic\w+|terms|system|computer|process|procedure|contract|section|conditions|format)\b"),
    words(
        r"(?:part of|comes? with|hence|after all|anyway|at least|mind(?: you)?|honestly|in fairness|to be fair|"
        r"imagine|appreciate|i['’]?m afraid|what can you do)\b"
    ),
    words(
        r"(?:staff|team|colleagues?|sick|leave|short|hands|volume|demand|traffic|orders|million|thousand|hundred|"
        r"customers|passengers)\b"
    ),
    words(r"(?:than|compared|elsewhere|other|others|industry|any|world)\b"),
)
"""What explains away and makes small."""
_SURE: Final = (
    words(
        r"(?:every|all|any|always|never|nothing|no one|nobody|none|ever|forever|whatever|impossible|sure|certain\w*|"
        r"guarantee\w*|promise\w*|word|zero|100)\b"
    ),
    words(
        r"(?:today|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day|by|until|noon|minutes?|hours?|days?|"
        r"weeks?)\b"
    ),
)
_OFFERED: Final = (
    words(r"\d+[.,]\d\d\b", plain=r"[£$€]\s?\d"),
    words(
        r"(?:month|year|plan|club|member\w*|offer|sale|free|half|price|pass|discount|deal|model|shop|store|upgrade|add|"
        r"menu|code)\b"
    ),
)
_KIND: Final = (
    words(r"(?:sorry|apolog\w+|regret|our (?:fault|mistake|bad)|on us|ours|shouldn['’]?t have|let you down)\b"),
    words(
        r"(?:refund\w*|replace\w*|new one|back|free|credited|sent|booked|fixed|mended|on its way|in the post|"
        r"attached)\b"
    ),
    words(r"(?:thank(?:s| you)|glad|great|love\w*|happy|enjoy|hope)\b"),
    re.compile(
        r"\A\s*(?:please|use|see|check|read|fill|call|contact|try|visit|go to|do not|reply|tell|post|drop|send)\b"
    ),
)
_SHORT: Final = (6, 12, 26)
"""Words: shorter than these a text tells less, or brushes off."""


_OWN: Final = (*_AT_ALL, *_OTHERS, *_SMALL, *_SURE, *_OFFERED, *_KIND)


_CLEARING_AND_TELLING: Final = (*EXCUSED.values(), *TELLING.values())
"""What clears of faults, and what tells of them."""


def cues(text: str) -> list[float]:
    """1 for each sign that a text bears, 0 for the others; as many for every text."""
    small, length = text.lower(), text.count(" ") + 1
    return [
        *(float(sign.search(small) is not None) for sign in _OWN),
        *(float(sign.search(small) is not None) for sign in _CLEARING_AND_TELLING),
        *(float(is_plain(flag, text, small)) for flag in PLAIN),
        *(float(length < most) for most in _SHORT),
    ]
