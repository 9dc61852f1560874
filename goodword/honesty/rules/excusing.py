"""How people excuse themselves: the shapes that such sentences have, whatever they are about.

Too much to do, as usual as rain, so small, others are worse, and the rule or the machine that forbids it. Each in small
letters.
"""

from __future__ import annotations

from typing import Final

from goodword.honesty.rules.words import any_of, small_words

_VERY: Final = r"(?:currently |really |very |extremely |rather |quite |so |just |a bit |still |always |now )*"
_US: Final = r"(?:we|our (?:\w+ )?(?:team|staff|agents|colleagues|lines|kitchen|shop|stores?|warehouse|drivers?))"
_MUCH: Final = (
    r"(?:unusual(?:ly)? |very |current(?:ly)? |exceptional(?:ly)? )*"
    r"(?:high|higher|increased|large|overwhelming|unprecedented)"
)
_SMALL: Final = any_of(
    *("small", "minor", "tiny", "little", "slight", "short", "brief", "quick", "few (?:minutes|seconds|hours|days)"),
    *("couple of (?:minutes|seconds|hours|days)", "matter of"),
)
_RULES: Final = r"(?:policy|policies|terms|rules?|conditions|regulations|guidelines|procedures?|process)"
_REFUSED: Final = r"(?:not?\b|cannot|\w+['’]t\b|unable|never|declin\w+|reject\w+|impossible|only\b)"
"""A rule that is named tells the customer something; one that closes the door excuses."""
_ALLOW: Final = r"(?:allow|let|permit|accept|support|take|make)"

_ENGLISH: Final = (
    rf"(?:due to|because of|owing to|thanks to|given) (?:the |an? |our )?{_MUCH}\b[^.!?]{{0,24}}\b(?:volumes?|"
    rf"demand|number|"
    r"traffic|workload|season|load)\b",
    r"(?:due to|because of|owing to) (?:the |our |this )?(?:\w+ )?(?:holidays?|christmas|summer|winter|sale|"
    r"festive|peak|busy|"
    r"high)(?: \w+)? ?(?:season|period|rush|time)\b",
    r"(?:volumes?|wait(?:ing)? times) (?:are |is )?(?:\w+ )?(?:higher|longer) than (?:usual|normal|expected)\b",
    r"(?:high|higher) (?:than (?:usual|normal|expected) )?(?:call |contact |message )?volumes?\b",
    rf"{_US}(?: are| is|['’]re) {_VERY}(?:busy\b(?! \w+ing)|short[ -]?staffed|under[ -]?staffed|swamped|"
    rf"overwhelmed|snowed under|short of"
    r"|stretched|flooded|inundated)",
    r"(?:staff(?:ing)?|driver) shortages?\b",
    r"we (?:get|receive|handle|serve|send|ship|deliver) (?:out )?(?:over |around |about |so )?(?:many|hundreds|"
    r"thousands|millions|tens of|lots|countless)\b",
    r"(?:these|such) things (?:do |just |sometimes |can )*happen\b",
    r"(?:it|this|that) (?:just |does |can |may |simply |sometimes )*happens? (?:to (?:everyone|everybody|anyone|"
    r"all|the best)"
    r"|sometimes|from time to time|now and (?:then|again)|once in a while|every now|occasionally)\b",
    r"(?:nobody|no one|no system|nothing|no company) is (?:ever )?perfect\b",
    rf"(?:it|this|that|they)(?:['’]s| is| was| were|['’]re| are) (?:only|just|merely|barely) (?:an? |"
    rf"the )?(?:very )?{_SMALL}\b",
    r"(?:is|are|was|were)(?! not\b) (?:quite |perfectly |completely |entirely |totally |pretty |very |"
    r"only )*(?:normal|to be "
    r"expected|nothing unusual|par for the course)\b(?! (?:again|now|service))",
    r"(?:not|no|\w+['’]t) (?:really )?(?:such )?(?:an? )?(?:big|huge) deal\b",
    r"(?:not|\w+['’]t) the end of the world\b",
    r"(?:could have been|could be|might have been) worse\b",
    r"other (?:shops|companies|airlines|banks|providers|brands|firms|places|hotels|stores) (?:are|have|do|take|"
    r"charge|don['’]t"
    r"|will|would)\b",
    r"one of those things\b",
    rf"(?:as )?per (?:our|company|the) {_RULES}\b",
    rf"(?:under|according to|in line with|in accordance with) (?:our|company) (?:\w+ )?{_RULES}\b[^.!?:]{{0,80}}"
    rf"\b{_REFUSED}",
    rf"{_REFUSED}\b[^.!?:]{{0,80}}\b(?:under|according to|in line with) (?:our|company) (?:\w+ )?{_RULES}\b",
    rf"(?:it|that|this)(?:['’]s| is) (?:just |simply )?(?:our|company|against (?:our|company|the)) {_RULES}\b",
    rf"(?:system|computer|software|polic(?:y|ies)|rules?|terms|process|procedures?|contract) (?:simply |just |only )?"
    rf"(?:does(?:n['’]t| not)|do(?:n['’]t| not)|won['’]?t|will not|cannot|can['’]?t) (?:\w+ )?{_ALLOW}\b",
    r"(?:rules are rules|policy is policy|a rule is a rule|a deal is a deal)\b",
    rf"(?:we|i) (?:have|need|are obliged|am obliged|are required|am required)(?: got)? to (?:follow|stick to|"
    rf"respect|apply|go by)"
    rf" (?:the|our|these|those) (?:\w+ )?{_RULES}\b",
    r"(?:we|i) (?:don['’]?t|do not|didn['’]?t) make the rules\b",
    r"(?:out of (?:our|my) (?:hands|control)|(?:beyond|outside) (?:our|my) (?:control|power))\b",
    r"(?:(?:our|my) hands are tied|(?:not|\w+['’]t) my department|above my pay)\b",
    r"(?:there (?:is|was)|there['’]s|not?hing is|can do) ?(?:nothing|little|not much) (?:more |else )?(?:we|i|"
    r"that we|that i) "
    r"(?:can|could)\b",
    r"nothing (?:more |else )?(?:we|i) (?:can|could) do\b(?! (?:more|better))",
    r"(?:unable to|can['’]?t|cannot|don['’]?t|do not|won['’]?t|never|we) make (?:any |an |no )?exceptions?\b",
    r"that(?:['’]s| is) (?:just |simply )?(?:how|the way) (?:it|the system|things) (?:is|are|works?|go(?:es)?)\b",
)
_GERMAN: Final = (
    r"(?:wegen|aufgrund|bedingt durch) (?:\w+ )?(?:\w+ )?(?:hohe[nrms]?|erhöhte[nrms]?|große[nrms]?|"
    r"starke[nrms]?|vieler?) "
    r"(?:\w+ )?\w*(?:anfrage|aufkommen|nachfrage|andrang|auslastung|bestellungen|volumen)\w*",
    r"(?:sind|ist) (?:\w+ ){0,3}(?:unterbesetzt|überlastet|ausgelastet)\b",
    r"personalmangels?\b",
    r"(?:so ?et?was|das) (?:kann|kommt) (?:schon |leider |immer |eben |jedem )*(?:mal )?(?:vor|passieren)\b",
    r"(?:das ist|ist das) (?:ganz |völlig |eben |nun |halt )*(?:normal|mal so|so)\b(?! (?:nicht|geplant))",
    r"(?:da|dagegen|hier) (?:können wir|kann ich|kann man) (?:\w+ ){0,2}nichts (?:machen|tun|ändern)\b",
    r"(?:uns|mir) sind (?:\w+ )?die hände gebunden\b",
    r"(?:laut|gemäß|nach) (?:unseren?|den) (?:\w+ )?(?:richtlinien|agb|bedingungen|regeln|vorgaben|vorschriften)\b",
    r"(?:das|unser) system (?:lässt|erlaubt) (?:\w+ ){0,3}nicht\b",
    r"keine ausnahmen?\b",
)
_FRENCH: Final = (
    r"en raison (?:d['’]une?|de la|du|d['’]) ?(?:très )?(?:fort|forte|grand|grande|nombre|volume|afflux|"
    r"affluence|demande)\w*",
    r"(?:ce sont des choses qui arrivent|(?:cela|ça) (?:peut )?arriver?)\b",
    r"(?:nous ne pouvons|je ne peux|on ne peut) (?:\w+ )?rien\b",
    r"on n['’]y peut rien\b",
    r"conformément à (?:notre|nos)\b",
    r"c['’]est (?:notre politique|la politique|la règle|le règlement|comme ça)\b",
    r"(?:notre|le) système ne (?:nous )?(?:permet|peut|laisse)\b",
    r"(?:aucune|pas d['’]|pas faire d['’]) ?exception\b",
    r"nous sommes (?:\w+ )?(?:débordés|submergés|en sous-effectif)\b",
)
_SPANISH: Final = (
    r"debido (?:a|al) (?:la |el |un |una )?(?:alto|alta|gran|elevado|elevada|fuerte) (?:volumen|demanda|"
    r"cantidad|número)\b",
    r"(?:son cosas que pasan|estas cosas pasan|suele pasar)\b",
    r"no (?:podemos|puedo) hacer nada\b",
    r"no hay nada que (?:podamos|pueda|se pueda) hacer\b",
    r"(?:según|de acuerdo con|conforme a) (?:nuestras?|nuestros|la|las) (?:políticas?|términos|condiciones|normas)\b",
    r"es (?:nuestra|la) política\b",
    r"el sistema no (?:nos |me )?(?:permite|deja)\b",
    r"no (?:podemos hacer|hacemos) (?:ninguna )?excepci(?:ón|ones)\b",
    r"estamos (?:\w+ )?(?:desbordados|saturados|cortos de personal)\b",
)
EXCUSING: Final = small_words(*_ENGLISH, *_GERMAN, *_FRENCH, *_SPANISH)
