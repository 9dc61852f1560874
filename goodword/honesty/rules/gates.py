"""Words that speak against a fault, and those that it nearly always has.

What sounds like a fault may be its opposite: "it wasn't you", "I can't promise", "since you asked". Each of these says
so in words: they clear a sentence of a fault in usual words, and are signs for the models of the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from goodword.honesty.rules.words import small_words as words

_OWNED = words(
    r"(?:our|my) (?:\w+ )?(?:mistake|fault|error|bug|bad|doing|job|slip|oversight)\b",
    r"our (?:\w+ ){1,2}(?:were|was|had|did)n['’]?t\b",
    r"our (?:side|servers?|end)\b",
    r"(?:that|this|it)(?:['’]s| is| was) (?:all )?(?:on|down to) (?:us|me)\b",
    r"on us\b",
    r"ours to\b",
    r"(?:is|was|are) (?:ours|no reason)\b",
    r"fault (?:is|was|lies) (?:ours|with us|on our)",
    r"we take the blame",
    r"we (?:got|had|were|made|chose|broke|messed|missed|failed|let|sent|gave|should(?:['’]?ve| have)|didn['’]?t|"
    r"forgot|"
    r"never)\b[^.]{0,40}\b(?:wrong|down|up|mistake|you|it|told|asked|rung|checked)\b",
    r"should(?:['’]ve| have) (?:said|told you|checked)",
    r"you (?:did (?:nothing |everything )?(?:wrong|right)|couldn['’]?t have|weren['’]?t|aren['’]?t)",
    r"you (?:(?:have|had) every|are right)",
    r"you (?:shouldn['’]?t have|did (?:read|measure))",
    r"you['’](?:ve every|re right)\b",
    r"wasn['’]?t (?:you|your)\b",
    r"not (?:you|yours|your|the \w+['’]s)\b",
    *("no excuse", "not good enough"),
)
"""The writer takes it on, or says that the customer did nothing wrong."""
_DENIED: Final = (
    r"(?:not|never|nobody|no one|\w+['’]t) (?:\w+ ){0,3}?(?:say(?:ing|s)?|said|mean(?:ing|t)?|suggest\w*|"
    r"imply\w*|think(?:ing|s)?|"
    r"claim\w*|blam\w*|accus\w*)\b",
    r"(?:not|\w+['’]t|never) (?:your|the \w+['’]s) (?:fault|mistake|doing)\b",
    r"(?:nicht|kein) (?:ihre?|deine?) (?:schuld|fehler)\b",
    *(r"pas de (?:votre|ta) faute\b", r"no (?:es|fue) (?:culpa (?:suya|tuya)|(?:su|tu) culpa)\b"),
)
"""It says of a reproach that it isn't made."""
_NO_EXCUSE: Final = (
    r"(?:no|not an|\w+['’]t an) excuse\b",
    r"(?:not|\w+['’]t) (?:good enough|normal|acceptable|right|how (?:it|we))",
    r"(?:should(?:n['’]t| not)|must not|mustn['’]t) (?:\w+ )?happen\b",
    r"(?:can|will|shall|['’]ll) (?:gladly |happily )?make an exception\b",
    r"made an exception\b",
    r"it(?:['’]s| is) true (?:that|,)",
    r"but (?:that|this|it)(?:['’]s| is| was) (?:no|not|the wrong|wrong)\b",
)
"""It takes back an excuse, or has none."""
_MODEST = words(
    r"(?:can['’]?t|cannot|can not|couldn['’]?t|not|no one can|nobody can|wrong of me to|rather not|no) (?:\w+ ){0,3}?"
    r"(?:promise|guarantee|swear|say (?:for sure|for certain|when|if|that)|tell you that|make any)",
    *(
        "no guarantee",
        "every (?:right|reason)",
        "if (?:all goes|nothing)",
        r"hope(?:fully)?\b",
        r"(?:might|may|could)\b",
    ),
    r"should (?:be|reach|arrive|have|help)\b",
    r"as (?:soon|quick(?:ly)?|fast) as (?:possible|we|i|they|he|she)",
    r"(?:do|try|doing|trying) (?:our|my|all|what|everything)",
)
"""No more is promised than can be kept."""
_GIVEN: Final = r"(?:refunded|credited|added|taken|waived|extended|moved|approved|put|swapped)"
_WANTED = words(
    r"(?:since|as|because) you(?:['’]re| are)?(?: were| had)? ask",
    r"you (?:asked|wanted to know|were asking)",
    *(
        "to answer (?:your|you)",
        "good question",
        "keep your money",
        "(?:don['’]?t|do not|wouldn['’]?t want you to) (?:buy|pay|upgrade)",
    ),
    r"you(?:['’]d| would)? (?:don['’]?t|do not|not|won['’]?t|needn['’]?t) (?:need|have|want) (?:to|you to|for)",
    r"(?:wouldn['’]?t|won['’]?t|doesn['’]?t|not) (?:fix|help|solve|suggest|change)",
    rf"(?:we|i)(?:['’]ve| have) {_GIVEN}",
    *(r"(?:at )?no (?:extra )?(?:cost|charge)\b", "as a (?:gesture|sorry)", r"on us\b", "refund", r"check[ -]in\b"),
    "free (?:label|replacement|return|of charge)",
)
"""The customer asked for it, or is given it, or is told not to buy."""
_WARM = words(
    *("sorry", "apolog", "regret", "condolence", "awful", "horribl", "dreadful", "terribl", "upset", "frustrat"),
    *("annoying", "disappoint", "understand(?! that| the)", "can imagine", "must have", "glad", "happy to", "pleased"),
    "thank(?:s| you) (?:so|for (?:your (?:patience|kind)|letting|telling|being|the))",
    *("hope you", "wish you", "feel better", "gutted", "ouch", "oof", "poor (?:you|thing)", "appreciate", "with you"),
    *("for you", "we['’]re (?:here|on it)", "i['’]?m on it", "bear with", "right to be", "let you down"),
    *("our (?:mistake|fault)", r"help(?:s| you| with|ing)?\b(?! cent)", "assist", "you(?:['’]re| are) welcome[.!]"),
    *("love", "great", "enjoy", "congrat", "let us know", "let me"),
    plain=r"🙏|😊|🙂|❤|💙|!(?=\s|$)",
)
"""A word for the person: whoever says one isn't brushing off."""
_FORMULA = words(
    r"thank(?:s| you) for your (?:understanding|patience|cooperation|feedback|message)\b",
    r"(?:we|i) (?:fully |do )?(?:understand|appreciate) your (?:frustration|concerns?|patience|feedback)\b",
    *(r"happy to help\b", r"for your (?:records|reference|information|convenience)\b"),
    plain="!",
)
"""Warm words that anybody is sent, and a mark that any reply ends with: they may stand in a brush-off."""
_ABSOLUTE = words(
    *("never", "always", "ever", "guarantee[ds]?", "no matter", "whatever", "however", "come what", "definitely"),
    *("certain(?:ly|ty)?", "impossible", "cannot", "can['’]?t", "can not", "not (?:one|a single|any)", "zero", "100"),
    *("nothing", "nobody", "no one", "forever", "for good", "last time", "on the dot", "sharp", "every", "each"),
    *("all of it", "promise", "swear", "word", "count on", "trust me", "fact", "for sure", "completely", "totally"),
    *("perfect(?:ly)?", "entirely", "once and for all", "lifetime", "any", "there isn['’]?t", "won['’]?t", "tops"),
    *("without fail", "max", "the (?:last|slightest)", "in full", "pain-free", "be (?:gone|home)"),
)
_UNIT: Final = r"(?:am|pm|o['’]|minutes?|mins?|hours?|days?|weeks?|%)"
_OFFERING = words(
    rf"(?:from|for|only|just|at|now|costs?|another) \d+\b(?! ?{_UNIT})",
    r"\d+[.,]\d\d\b",
    r"\d+ ?(?:%|percent)",
    r"\d+ (?:a|per|each|euros?|dollars?|pounds?|bucks|cents|extra|more|off)\b",
    *(r"(?:a|per) (?:month|year)\b", r"upgrad\w+", "premium", r"pro\b", r"plus\b", "deluxe", "gold", "platinum", "vip"),
    *("member(?:s|ship)?", "club", r"offer\b", r"sale\b", "discount", "code", "bundle", r"subscri\w+", r"buy\b"),
    *("brochure", r"catalog\w*", "collection", "range", r"line\b", r"kit\b", "pack", r"pass\b", "add-?on", "tariff"),
    *("plan", "insurance", "cover", "warranty", "loyalty", "voucher", "first (?:month|year|one|box|two months)"),
    *("free", "half price", "in stores?", "shop", r"book(?:ing)?\b", "join", r"try\b", "tried", "fancy", "treat"),
    *(r"add\b", "swap", "switch", "new (?:model|menu|merch)", "menu", "drink", "trial", "pricing", "price"),
    plain=r"[£$€]\s?\d",
)

DENIED: Final[Mapping[str, re.Pattern[str]]] = {"blame": words(*_DENIED), "excuse": words(*_NO_EXCUSE)}
"""Of a fault, words in small letters that take it back: what has them is none, however much it is like one."""
EXCUSED: Final[Mapping[str, re.Pattern[str]]] = {
    "blame": _OWNED,
    "excuse": _OWNED,
    "overpromise": _MODEST,
    "sell": _WANTED,
    "cold": _WARM,
}
"""Of each fault, the words in small letters that clear a sentence of it (of `cold`, the whole draft)."""
TELLING: Final[Mapping[str, re.Pattern[str]]] = {"overpromise": _ABSOLUTE, "sell": _OFFERING}
"""Of a fault, words without which it seldom is one: a guarantee needs an absolute, an offer something to buy."""


def is_warm(small: str) -> bool:
    """Whether a draft, in small letters, has a word for the person that isn't a formula."""
    return _WARM.search(small) is not None and _WARM.search(_FORMULA.sub(" ", small)) is not None
