"""Finds what people talk about in what was said lately.

Topics are phrases that several posts share, as in suffix tree clustering (Zamir & Etzioni 1998): the phrase names the
topic, and whoever searches for it finds the same posts. Linear in the length of the posts, and quick enough to look at
all of them anew whenever some were added.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace
from math import log
from typing import Final, Generic

from goodword.language.topics.growth import Growth, Traffic
from goodword.language.topics.naming import as_written
from goodword.language.topics.phrases import joined, phrases_of, words_of
from goodword.language.topics.topic import Id, Said, Topic
from goodword.language.topics.typical import typical_posts
from goodword.language.topics.usual import usual_share

LEAST: Final = 4.0
"""A topic needs so many posts, by their weight."""
_MOST_SHARE, _FEW_POSTS = 0.15, 50  # what more than that share of many posts hold is what all of them are about
_COMMON: Final = 0.012  # whoever talks of anything says it
_BY_LENGTH = (0.0, 0.6, 1.0, 1.2)  # a longer phrase says more, where it is nearly as common as its parts
_SAME: Final = 0.5  # of a phrase's posts: from there on it is about what an earlier one is about
_NAMES, _NAME_SHARE, _NAME_LIFT = 3, 0.15, 2.0
_TYPICAL_AMONG, _TYPICAL = 60, 3
_BOLDEST: Final = 5.0

Places = frozenset[int]


@dataclass(frozen=True, slots=True)
class _Phrase:
    text: str
    places: Places
    telling: float  # for each post that holds it
    growth: Growth


def find_topics(
    said: Sequence[Said[Id]], *, now: float, besides: Collection[str] = (), count: int = 24
) -> list[Topic[Id]]:
    """Up to `count` topics: new and rising ones first, then what says most about most posts.

    `said` is in order of time. `besides` are words that name nothing here, such as the brand's own name.
    """
    return list(_Finder(said, now, besides).topics(count))


class _Finder(Generic[Id]):
    def __init__(self, said: Sequence[Said[Id]], now: float, besides: Collection[str]) -> None:
        self._said = said
        self._besides = {word for name in besides for word in words_of(name)}
        self._traffic = Traffic([one.at for one in said], [one.weight for one in said], now)
        self._everything = sum(one.weight for one in said)
        holders, self._wordings = self._holders()
        self._phrases = {phrase.text: phrase for phrase in self._worth_telling(holders)}

    def topics(self, count: int) -> Iterator[Topic[Id]]:
        chosen = list(self._chosen(count))
        for phrase in sorted(chosen, key=lambda phrase: not (phrase.growth.is_new or phrase.growth.is_rising)):
            yield self._tell(phrase)

    def _holders(self) -> tuple[Mapping[str, list[int]], Mapping[str, Counter[str]]]:
        """The places of the posts that hold each phrase, and the wordings of the phrase."""
        texts = [words_of(one.text) for one in self._said]
        weights: defaultdict[str, float] = defaultdict(float)
        for words, one in zip(texts, self._said, strict=True):
            for word in set(words):
                weights[word] += one.weight
        singular = _singulars(weights)
        together: defaultdict[str, float] = defaultdict(float)
        for word, weight in weights.items():
            together[singular.get(word, word)] += weight
        among = {word for word in weights if together[singular.get(word, word)] >= LEAST}
        holders: defaultdict[str, list[int]] = defaultdict(list)
        wordings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for place, words in enumerate(texts):
            met = set()
            for wording in phrases_of(words, among):
                phrase = " ".join(singular.get(word, word) for word in wording.split())
                wordings[phrase][wording] += 1
                met.add(phrase)
            for phrase in met:
                holders[phrase].append(place)
        return holders, wordings

    def _worth_telling(self, holders: Mapping[str, list[int]]) -> Iterator[_Phrase]:
        most = max(_FEW_POSTS, _MOST_SHARE * len(self._said))
        for text, places in holders.items():
            weight, words = self._weight(places), text.split()
            if weight < LEAST or len(places) > most or self._besides.issuperset(words):
                continue
            usual = max(usual_share(wording) for wording in self._wordings[text])
            if usual > _COMMON:
                continue
            growth = self._traffic.growth(places)
            boldness = min(_BOLDEST, max(1.0, growth.times)) if growth.is_new or growth.is_rising else 1.0
            telling = boldness * _BY_LENGTH[len(words)] * log(1 + weight / self._everything / usual)
            yield _Phrase(text, frozenset(places), telling, growth)

    def _chosen(self, count: int) -> Iterator[_Phrase]:
        """Greedily, by what each says about posts that no earlier one is about (maximum coverage)."""
        covered: set[int] = set()
        queue = [(-self._weight(phrase.places) * phrase.telling, text) for text, phrase in self._phrases.items()]
        heapify(queue)
        while queue and count:
            worth, text = queue[0]
            phrase = self._phrases[text]
            left = phrase.places - covered
            if self._weight(left) < LEAST or len(left) <= _SAME * len(phrase.places):
                heappop(queue)
                continue
            now_worth = -self._weight(left) * phrase.telling
            if now_worth > worth:  # less than when it was weighed
                heapreplace(queue, (now_worth, text))
                continue
            heappop(queue)
            covered |= phrase.places
            count -= 1
            yield phrase

    def _weight(self, places: Collection[int]) -> float:
        return sum(self._said[place].weight for place in places)

    def _tell(self, phrase: _Phrase) -> Topic[Id]:
        places = sorted(phrase.places)
        posts = [self._said[place] for place in places]
        shown = posts[-_TYPICAL_AMONG:]
        texts = [post.text for post in shown]
        return Topic(
            phrases=tuple(as_written(name, self._wordings[name], texts) for name in self._names(phrase)),
            wordings=tuple(sorted(set(map(joined, self._wordings[phrase.text])))),
            posts=tuple(post.id for post in posts),
            first_at=posts[0].at,
            growth=phrase.growth.times,
            typical=tuple(shown[place].id for place in typical_posts(texts, _TYPICAL)),
            is_new=phrase.growth.is_new,
            is_rising=phrase.growth.is_rising,
        )

    def _names(self, phrase: _Phrase) -> list[str]:
        """The phrase, and others that many of its posts hold and few of the rest."""
        names, total, here = [phrase.text], len(self._said), phrase.places
        beside = Counter[str]()
        for other in self._phrases.values():
            both = len(other.places & here)
            if both >= max(3, _NAME_SHARE * len(here)) and both * total >= _NAME_LIFT * len(here) * len(other.places):
                beside[other.text] = round(1000 * both * other.telling)
        for text, _worth in beside.most_common():
            words = set(text.split())
            if len(names) < _NAMES and not any(words & set(name.split()) for name in names):
                names.append(text)
        return names


def _singulars(words: Collection[str]) -> dict[str, str]:
    """Words that are others with an s at their end, as plurals are in many languages: the word without it, by word."""
    return {
        word: word[:-1]
        for word in words
        if len(word) > 3 and word[-1] == "s" and word[-2] not in "s'" and word[:-1] in words
    }
