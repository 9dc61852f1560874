"""Fields that only know certain values: another one is a mistake, and would match nothing without a word."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from goodword.language.reading.heads import FINE_EMOTIONS, SENTIMENTS
from goodword.language.searches.characters import compile_pattern
from goodword.language.searches.errors import Caution, SearchError, gettext_noop

TYPES = ("post", "reply", "repost", "review", "mail", "chat")
"""Those that our sources tell. Elsewhere posts may have others, so that one is warned of and not refused."""
_ALIKE = 0.7
_LABELS: Mapping[str, Sequence[str]] = {"sentiment": SENTIMENTS, "emotion": FINE_EMOTIONS}
# What people write who don't know the label; the field takes none of these.
_MEANT_BY = {
    "sentiment": "bad:negative angry:negative sad:negative good:positive happy:positive",
    "emotion": """
        angry:anger furious:anger annoyed:annoyance disgusted:disgust afraid:fear anxious:nervousness happy:joy
        happiness:joy thanks:gratitude thankful:gratitude sad:sadness disappointed:disappointment surprised:surprise
        confused:confusion relieved:relief proud:pride loving:love excited:excitement hope:optimism
    """,
}
_MEANT = {name: dict(pair.split(":") for pair in pairs.split()) for name, pairs in _MEANT_BY.items()}
# ISO 639-1, and four former codes that networks still use. Longer codes (ISO 639-3, `und`) are taken as they are, and
# so is what follows a hyphen.
_ISO_639_1 = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en
eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv
ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne
ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss
st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu in iw ji mo
"""
_LANGUAGES = frozenset(_ISO_639_1.split())
_TAG = compile_pattern(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*")
_NAMES_OF_LANGUAGES = """
arabic:ar bengali:bn chinese:zh czech:cs danish:da dutch:nl english:en finnish:fi french:fr german:de greek:el hebrew:he
hindi:hi hungarian:hu indonesian:id italian:it japanese:ja klingon:tlh korean:ko norwegian:no persian:fa polish:pl
portuguese:pt romanian:ro russian:ru spanish:es swedish:sv thai:th turkish:tr ukrainian:uk vietnamese:vi
deutsch:de français:fr español:es italiano:it nederlands:nl português:pt
"""
_LANGUAGE_NAMES = dict(pair.split(":") for pair in _NAMES_OF_LANGUAGES.split())


def check_value(name: str, key: str, place: int) -> None:
    """Refuse the value of a field that doesn't know it; `key` is it as it is compared. Raises `SearchError`."""
    if name == "lang":
        _check_language(key, place)
    elif name in _LABELS and key not in _LABELS[name]:
        known = _LABELS[name]
        meant = dict(zip(known, known, strict=True)) | _MEANT[name]
        close = next((meant[near] for near in difflib.get_close_matches(key, meant, n=1, cutoff=_ALIKE)), "")
        if close:
            message = gettext_noop("{name}: knows no {value}. Did you mean {name}:{close}? It knows {known}.")
            raise SearchError(place, message, name=name, value=key, close=close, known=", ".join(known))
        message = gettext_noop("{name}: knows no {value}; it knows {known}.")
        raise SearchError(place, message, name=name, value=key, known=", ".join(known))


def _check_language(key: str, place: int) -> None:
    tag = _TAG.fullmatch(key)
    if tag and (len(tag[1]) == 3 or tag[1] in _LANGUAGES):
        return
    names = difflib.get_close_matches(key, _LANGUAGE_NAMES, n=1)
    if names:
        message = gettext_noop("lang: takes the code of a language, not {value}. Did you mean lang:{close}?")
        raise SearchError(place, message, value=key, close=_LANGUAGE_NAMES[names[0]])
    message = gettext_noop("lang: takes the code of a language, such as en, de or pt-br; {value} is none.")
    raise SearchError(place, message, value=key)


def caution_of(name: str, key: str, place: int) -> Caution | None:
    """A warning of a value that no source of ours tells."""
    if name != "type" or key in TYPES:
        return None
    message = gettext_noop("What is heard here never has type:{value}; it is one of {known}.")
    return Caution(place, message, value=key, known=", ".join(TYPES))
