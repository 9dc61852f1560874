"""Words that give a risk away, in several languages. What a workspace adds to them stands in its weights."""

from __future__ import annotations

import re
from typing import Final


def _any_of(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


# Somebody is hurt, or close to it.
HURT_WORDS: Final = _any_of(
    r"burn(?:s|t|ed)?|injur\w*|hospital\w*|ambulance|allerg\w*|chok\w+|poison\w*|bleed\w*|on fire|caught fire|"
    r"explo(?:ded?|sion)|suicid\w*|self[- ]harm|assault\w*|verbrannt|verletzt"
)
# Something may hurt somebody.
SAFETY_WORDS: Final = _any_of(
    r"burning|smoke|smoking hot|overheat\w*|recalled|(?:a|the|any|product|safety) recall|"
    r"(?:runs?|running|gets?|getting|became) (?:very|too|so|extremely|really|dangerously) hot|"
    r"electric(?:al)? shock|shocked me|danger\w*|unsafe|safety|"
    r"threaten\w*|abus(?:e|ed|ive)|harass\w*|racis[tm]|discriminat\w*|stranded|gef[äa]hrlich|krankenhaus|"
    r"br[ûu]l[ée]\w*|bless[ée]\w*|peligro\w*|quemad\w*"
)
# Whoever is less able to bear it.
VULNERABLE_WORDS: Final = _any_of(
    r"disabled|disability|wheelchair|baby|babies|toddler|child(?:ren)?|kids?|pregnan\w*|elderly|dementia|blind|deaf|"
    r"schwanger\w*|rollstuhl\w*|enceinte|embarazada"
)
MONEY_WORDS: Final = _any_of(
    r"charged|overcharg\w*|refund\w*|money|payment|paid|invoice|bill(?:ed|ing)?|bank|credit card|debit|rent|deposit|"
    r"rechnung|geld|abgebucht|rembours\w*|dinero"
)
LOST_MONEY_WORDS: Final = _any_of(
    r"charged (?:me )?(?:twice|double|again)|double[- ]charg\w*|stolen|fraud\w*|hacked|scam(?:med)?|"
    r"(?:no|where is my|never got (?:my|a)|still (?:no|waiting for)(?: my| a)?) refund"
)
LEGAL_WORDS: Final = _any_of(
    r"lawyers?|lawsuit|solicitor|attorney|legal action|sue|suing|(?:to|in|small claims) court|tribunal|"
    r"trading standards|ombudsman|data protection (?:authority|officer)|anwalt|verklagen|verbraucherzentrale|"
    r"avocat|porter plainte|abogado|denuncia\w*"
)
OUTAGE_WORDS: Final = _any_of(
    r"outage|(?:is|are|all|site|app|service|system|server|everything)(?: \w+)? down|offline|crash(?:es|ed|ing)?|"
    r"not (?:working|loading|syncing)|(?:can'?t|can ?not|unable to|couldn'?t) (?:log ?in|sign ?in|connect|access)|"
    r"(?:log ?in|sign ?in|check ?out|website|site|app|account)(?: page)?(?: is| are|'s)? (?:broken|down|dead)|"
    r"error (?:code )?e?5\d\d|no (?:signal|service|internet)|anmeldung geht nicht|"
    r"ne (?:marche|fonctionne) (?:pas|plus)"
)
REPEATED_WORDS: Final = _any_of(
    r"(?:second|third|2nd|3rd|4th|fourth|fifth|\d+th) (?:time|e-?mail|call|message|contact)|again and again|"
    r"still (?:no|not|waiting|nothing)|no(?:body| one) (?:answer\w*|repl\w*|respond\w*|helps?)|"
    r"several (?:times|messages|e-?mails|calls)|no (?:response|reply|answer)|ignor(?:ed|ing) me|"
    r"for (?:weeks|months)|already (?:wrote|called|e-?mailed|contacted)"
)
REVIEW_WORDS: Final = _any_of(
    r"trustpilot|google review|one[- ]star|1[- ]star|left (?:a|you a) (?:bad )?review|bad review|"
    r"posted (?:this|it) (?:on|everywhere)|warn(?:ed|ing)? (?:everyone|others|people)|tell(?:ing)? everyone|"
    r"gone viral|the press|journalist|newspaper|consumer (?:watch|reports)"
)
