"""How people blame: the shapes that such sentences have, whatever they are about.

Reproach of what was not done ("you could have rung"), of a wrong step ("you entered an old address"), a word of guilt
("that is on you"), somebody else put forward ("it was the courier who"), the pointed finger ("the label clearly says"),
advice for next time, and mockery. Each in small letters.
"""

from __future__ import annotations

from typing import Final

from goodword.honesty.rules.words import any_of, small_words

_DONE: Final = (
    r"(?!(?:received|been|heard|gotten|arrived|experienced|noticed|hoped|expected|preferred|liked|loved|wanted|"
    r"needed|"
    r"suffered|enjoyed|had|got)\b)(?:\w+(?:ed|wn|ght|pt|lt|ft)|read|kept|told|made|done|put|set|said|paid|come|"
    r"gone|met|"
    r"sent|let|found|begun|chosen|rung|taken|given|held|built|hidden|written|spoken)\b"
)
"""What somebody does, and not what befalls them: "you should have received" is no reproach."""
_HOW: Final = r"(?:really |only |just |simply |at least |also |better |actually |even |never |always )*"
_STEP: Final = any_of(
    *(
        "read",
        "check",
        "tell us",
        "tell me",
        "inform",
        "let us know",
        "mention",
        "confirm",
        "provide",
        "supply",
        "answer",
    ),
    *("give us", "send us", "fill", "update", "enter", "include", "respond", "reply", "show up", "turn up", "come to"),
    *("open the", "pick (?:it )?up", "collect", "activate", "register", "save", "follow", "press", "tick", "choose"),
    *("select", "specify", "cancel", "bother", "look", "listen", "pay attention", "charge it", "clean", "return it"),
)
_ENTERED: Final = any_of(
    *("entered", "typed", "gave(?: us)?", "provided", "supplied", "used", "selected", "picked", "chose", "ordered"),
    *("booked", "sent(?: us)?", "filled in", "put(?: in)?", "keyed(?: in)?", "wrote", "spelt", "spelled"),
)
_WRONG: Final = any_of(
    *("wrong", "incorrect", "invalid", "old", "outdated", "incomplete", "misspelt", "mistyped", "last year['’]?s")
)
_SLIPPED: Final = any_of(
    *("typed", "entered", "missed", "misread", "misunderstood", "overlooked", "forgotten", "forgot", "deleted", "lost"),
    *("dropped", "clicked", "pressed", "ticked", "left", "given", "gave", "used", "chosen", "chose", "thrown"),
    *("broken", "mixed", "put", "changed", "failed", "ignored", "skipped", "mistaken", "confused"),
)
_OTHERS: Final = any_of(
    *("couriers?", "carriers?", "drivers?", "banks?", "suppliers?", "manufacturers?", "landlords?", "airports?"),
    *("airlines?", "agenc(?:y|ies)", "agents?", "contractors?", "councils?", "networks?", "providers?", "sellers?"),
    *("senders?", "neighbou?rs?", "schools?", "hotels?", "customs", "post office", "printers?", "merchants?", "shops?"),
    *("stores?", "third party", "insurers?", "retailers?", "restaurants?", "cleaners?", "partners?", "makers?"),
)
_KNEW: Final = r"(?:told|warned|informed|reminded|advised|notified)"
_CARE: Final = any_of(
    *("read", "check", "look", "ensure", "make sure", "remember", "be more careful", "take (?:more )?care", "measure"),
    *("pay (?:more )?attention", "test", "follow", "call", "ask", "plan", "double.check", "keep", "listen", "wait"),
)

_ENGLISH: Final = (
    rf"you {_HOW}(?:should|could|ought to|might)(?: have|['’]ve| of) {_HOW}{_DONE}",
    rf"(?:(?<!wondering )(?<!know )(?<!see )if you had|if you['’]d|had you) {_HOW}(?:bothered|{_DONE})",
    rf"(?:because|since|given that|seeing (?:as|that)) you {_HOW}(?:did(?:n['’]t| not)|had(?:n['’]t| not)|"
    rf"have(?:n['’]t|"
    rf" not)) {_HOW}{_STEP}",
    rf"(?:because|since|given that|seeing (?:as|that)) you {_HOW}(?:{_SLIPPED}|entered|typed|chose|closed|"
    rf"waited|refused)\b"
    r"(?! (?:to )?(?:tell|told|us))",
    rf"(?<!if )(?<!whether )(?<!case )(?<!why )you (?:never|did(?:n['’]t| not)) {_HOW}{_STEP}(?:ed|ted|red)?\b",
    r"you never (?:read|checked|told|informed|mentioned|confirmed|provided|supplied|answered|updated|replied|"
    r"registered|activated|collected|followed|asked|called|cancelled|paid)\b",
    r"you (?:failed|forgot|neglected|refused|omitted) to\b",
    r"(?<!sorry )(?<!that )you (?:ignored|overlooked|missed) (?:the|our|my|all|both|that)\b",
    rf"you {_HOW}{_ENTERED} (?:in )?(?:the |an? |your |ur )?(?:\w+ )?{_WRONG}\b",
    rf"you {_HOW}{_ENTERED} (?:\w+ ){{1,3}}(?:wrong(?:ly)?|incorrectly)\b",
    rf"{_WRONG} (?:\w+ ){{1,3}}(?:was|were|has been|had been) (?:\w+ )?(?:entered|given|provided|supplied|"
    rf"chosen|selected|"
    r"picked|typed|keyed|used|put in|filled in|submitted)\b(?! (?:by (?:us|our)|to you))",
    r"(?:form|application|instructions?|manual|steps|guide|notice|letters?) (?:was|were)(?: not|n['’]t| never| left)"
    r" (?:\w+ly )?(?:followed|read|complete|completed|filled|signed|unread|unsigned|empty)\b",
    r"(?:(?:that|this|it)(?: one)?(?:['’]s| is| was)) (?:all |entirely |completely |really |clearly |simply |just )?"
    r"(?:on you\b|down to you|your (?:own )?(?:fault|mistake|doing|responsibility|problem|choice)\b"
    r"|(?!our )(?:the |an? |your )?\w+['’]s (?:own )?(?:fault|mistake|doing)\b)",
    r"(?:your own|entirely your) (?:fault|problem|mistake|doing)\b",
    r"(?:not|\w+['’]t|hardly) (?:\w+ )?our (?:fault|responsibility|problem|doing)\b",
    r"nothing to do with us\b",
    r"(?:fault|problem|error|issue|mistake|cause) (?:is|was|lies|must be|seems to be|comes from) (?:clearly )?"
    r"(?:on|with|at|from|in) your (?:own |end|side|device|router|phone|browser|bank|provider|internet|wi-?fi|network|"
    r"computer|software|account settings)",
    r"(?:you are|you['’]re|you were) (?:solely |fully |yourself |always )?(?:responsible|liable|to blame|at fault)\b",
    r"(?:customers?|passengers?|guests?|users?|travellers?|buyers?) (?:are|is) (?:always |themselves |fully )?"
    r"(?:responsible|liable|to blame)\b",
    r"user error\b",
    rf"it(?:['’]s| is| was) (?:actually |really |probably )?(?!our )(?:the |your |"
    rf"an? )?(?:\w+ )?{_OTHERS} (?:who|that|which)\b",
    r"(?:please |kindly |better |should |could |can )(?:go and )?(?:complain to|take (?:it|this|that) up with|"
    r"raise (?:it|"
    r"this|that) with|have a word with|shout at|blame) (?:the|your|them|him|her)\b",
    r"between you and (?:the|your)\b",
    r"(?:clearly|plainly|explicitly) (?:\w+ )?(?:stated?s?|says?|said|written|shown?s?|marked|explained|printed|"
    r"mentioned|"
    r"labelled|tells?)\b",
    r"(?:states?|says?|said|shows?|warns?|tells?) (?:\w+ )?(?:quite |very )?(?:clearly|plainly|in bold|"
    r"in capitals|in black)",
    rf"you (?:were|have been|['’]ve been|had been) (?:\w+ly )?{_KNEW} (?:to|about|of|in advance|beforehand|"
    rf"before|when you|"
    r"at the|several times|twice|repeatedly)\b",
    r"we did (?:\w+ly )?(?:tell|warn|inform|remind|advise|notify|mention|say so|e-?mail|text) ?(?:you|this|that|"
    r"it)?\b",
    r"you (?:agreed to|accepted|consented to|signed) (?:this|that|it|the (?:terms|conditions|rules|fee|price|"
    r"contract)|our)",
    rf"(?:next time|in (?:the )?future|going forward),? (?:please |do |kindly |just |remember to |"
    rf"make sure (?:to |that )?|"
    rf"try to |try and )*(?:you )?{_CARE}\b",
    r"did you (?:even|actually|at all)\b",
    r"(?:maybe|perhaps|how about|why not) (?:you (?:should |could |can )?)?(?:try |start by |"
    r"consider )?(?:reading|looking at"
    r"|listening)\b",
    r"(?:well done|congratulations|congrats|bravo|good job|great job) (?:on|for) (?:not |losing|breaking|"
    r"missing|ignoring|"
    r"forgetting|deleting|dropping)",
    r"nobody (?:forced|made|told) you to\b",
    r"(?:common sense|rocket science)\b",
    rf"you must(?: have|['’]ve) {_HOW}{_SLIPPED}\b",
    rf"you (?:seem to have|appear to have|probably|obviously|apparently|clearly|evidently|presumably)"
    rf"(?: have| had)? {_SLIPPED}\b",
    r"(?:most|all|our|many) other (?:customers?|people|guests?|users?|passengers?) (?:have no|don['’]t|do not|"
    r"never|manage|"
    r"can|had no|get)",
    r"(?:nobody|no one) else (?:has|had|complain\w*|report\w*)",
    r"(?<!if )you(?:['’]re| are) the only (?:one|person|customer|guest)\b(?! (?:on|in|to|who))",
)
_GERMAN: Final = (
    r"(?:sie|du|ihr) hätte(?:n|st|t) (?:\w+ ){0,5}(?:müssen|sollen|können)\b",
    r"hätte(?:n sie|st du|t ihr) (?:\w+ ){0,6}(?:gelesen|geprüft|gesagt|gemeldet|angerufen|aufgepasst|gefragt|"
    r"beachtet)\b",
    r"(?<!nicht )(?<!kein )(?:ihr|dein|euer)e? (?:eigene[rs]? )?(?:fehler|schuld|verschulden)\b(?! ist es nicht)",
    r"sel(?:bst|ber) schuld\b",
    r"nicht (?:unsere (?:schuld|verantwortung)|unser (?:fehler|problem)|an uns|bei uns)\b",
    r"liegt (?:\w+ )?(?:an ihnen|bei ihnen|an dir|bei dir|an ihrem|an ihrer|an deinem|an deiner)\b",
    r"(?:sie haben|haben sie|du hast|hast du) (?:\w+ ){0,5}(?:vergessen|übersehen|versäumt|falsche?n?|"
    r"nicht (?:gelesen|"
    r"beachtet|geprüft|angegeben|befolgt|gemeldet|abgeholt))\b(?!\?)",
    r"(?:steht|stand) (?:doch|ja|klar|deutlich|eindeutig)\b",
    r"(?:beim nächsten mal|nächstes mal|in zukunft|künftig) (?:bitte )?(?:\w+ ){0,4}(?:lesen|prüfen|beachten|"
    r"aufpassen)\b",
)
_FRENCH: Final = (
    r"(?:vous auriez|tu aurais) (?:dû|pu)\b",
    r"si vous (?:aviez|nous aviez) (?:\w+ )?(?:lu|vérifié|appelé|prévenu|contacté|regardé|suivi|demandé|signalé)\b",
    r"(?<!pas )de (?:votre|ta) faute\b",
    r"c['’](?:est|était) (?:votre|ta) (?:faute|erreur|responsabilité)\b",
    r"(?:pas|ni) (?:de )?notre (?:faute|responsabilité|problème)\b",
    r"vous n['’]avez pas (?:\w+ )?(?:lu|vérifié|suivi|indiqué|fourni|respecté|prévenu|signalé|rempli|répondu)\b",
    r"vous avez (?:oublié|omis|négligé|mal)\b",
    r"(?:clairement|pourtant) (?:indiqué|écrit|précisé|mentionné|stipulé)\b",
    r"la prochaine fois,? (?:\w+ ){0,3}(?:lire|lisez|vérifiez|veillez|vérifier)\b",
)
_SPANISH: Final = (
    r"(?<!yo )(?:debería|debió|tendría que|podría|deberías|debiste|podrías) haber (?!recibido|llegado)\w+",
    r"si (?:usted |tú )?(?:nos )?hubieras? (?:leído|comprobado|revisado|llamado|avisado|seguido|preguntado)\b",
    r"(?<!no )(?:es|fue|ha sido) (?:culpa (?:suya|tuya)|(?:su|tu) (?:culpa|error|responsabilidad))\b",
    r"no (?:es|fue) (?:nuestra (?:culpa|responsabilidad)|nuestro problema|culpa nuestra)\b",
    r"(?:usted|tú) no (?:leyó|comprobó|revisó|siguió|indicó|avisó|respondió|leíste|seguiste|avisaste)\b",
    r"(?:está|estaba|aparece|pone|dice) (?:bien |muy )?(?:claro|claramente)\b",
    r"la próxima vez,? (?:\w+ ){0,2}(?:lea|lee|revise|revisa|compruebe|comprueba|asegúrese|asegúrate)\b",
)
BLAMING: Final = small_words(*_ENGLISH, *_GERMAN, *_FRENCH, *_SPANISH)
