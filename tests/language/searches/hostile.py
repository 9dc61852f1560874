"""Random searches and posts made of everything that has a rule of its own, so that a few words meet often."""

from __future__ import annotations

import random

from goodword.language.searches import Post, Search, SearchError, parse

WORDS = [
    "win", "won", "winner's", "win10", "WIN", "Win", "wins", "cafe", "café", "CAFE\u0301", "straße", "STRASSE",
    "don't", "don’t", "DON'T", "subway", "Subway", "SUBWAY", "cold", "late", "e", "mail", "h", "m", "a", "b", "_x",
    "x_1", "7", "eleven", "İstanbul", "ſun", "sun", "ΐx", "ﬁsh", "fish", "½", "² ", "ﷺ", "नमस्ते", "किताब", "مرحبا",
    "東京", "東京タワー", "京都", "東", "ラーメン", "ﾗｰﾒﾝ", "ガス", "ｶﾞｽ", "手机", "iphone手机", "ไทย",
    "ภาษาไทย", "น้ำ",
    "삼성", "삼성전자", "한", "👍", "👍🏽", "🏽", "👩‍💻", "💻", "🇩🇪", "🇩🇪🇫🇷", "🇪🇩", "❤️", "❤", "1️⃣", "😀😀",
    "☎️", "ℹ", "internet", "INTERNET", "restaurant", "Restaurants", "internationales", "schifffahrtsamt",
    "ſchifffahrtsamt",
    "l'Éternité", "Сказочный", "СКАЗОЧНЫЙ", "restaurant's", "x" * 64,
]  # fmt: skip
GLUE = [
    " ", " ", " ", " ", " ", " ", ", ", ". ", "-", "'", "’", "", "#", " #", "@", " @", " ##", "&", "™", "®",
    " ™", "…",
    "? ", "？", "\n", "\x1e", "\x1f", "\x00", "\u200d", "\u200b", "\u0301", "\u0327\u0301", "\ufe0f", "́ ",
    "　", "(", ")", "«",
]  # fmt: skip
ADDRESSES = [
    "https://x.com/win?cold=1", "http://www.Foo.de.", "HTTPS://X.com", "www.foo.de/a,", "https://", "www.", "http",
    "ｈｔｔｐｓ://x.com/a", "httpſ://x.com", "wwww.x.com", "xhttps://x.com", "https://win", "https://x.com」cold",
    "https://東京.jp/a?", "ht™tps://x.com", "https://u:p@foo.de:80/x", "https://x.com…", "www․foo.de",
    "h\ufe0fttp://x.com",
]  # fmt: skip
RAW = ["Google+", "win", "IN", "://", "+", "東", "é", "e\u0301", "™", "'", "a b", "😀", "oo"]
LANGS = ["en", "EN", "de", "ja", ""]
HOSTS = ["x.com", "foo.de", "www.foo.de", "com", "de", "東京.jp"]


def random_text(rng: random.Random, most: int = 12) -> str:
    """A text of up to `most` pieces."""
    pieces: list[str] = []
    for _ in range(rng.randint(0, most)):
        kind = rng.random()
        pieces.append(rng.choice(ADDRESSES) if kind < 0.06 else rng.choice(RAW) if kind < 0.1 else rng.choice(WORDS))
        pieces.append(rng.choice(GLUE))
    return "".join(pieces)


def random_post(rng: random.Random) -> Post:
    """A post with some of its fields."""

    def maybe(values: list[str]) -> str | None:
        return rng.choice(values) if rng.random() < 0.3 else None

    return Post(
        text=random_text(rng),
        title=random_text(rng, 4) if rng.random() < 0.2 else None,
        author=maybe(["Bob", "bob", "Straße", "strasse", "a b", "win"]),
        lang=maybe(LANGS),
        type=maybe(["reply", "Repost", "review"]),
        channel=maybe(["bluesky", "mail"]),
        url=maybe(["https://www.foo.de/Win", "x.com", "HTTP://X.com:80/東京?q", "", "nonsense"]),
        rating=rng.choice([None, 1, 4, 4.5, 5]),
        followers=rng.choice([None, None, 0, 1000]),
        sentiment=maybe(["negative", "positive"]),
        question=rng.choice([None, None, 0.4, 0.5]),
        hashtags=[rng.choice(["win", "#cold", "東京", "x y", ""]) for _ in range(2)] if rng.random() < 0.2 else None,
        mentions=[rng.choice(["bob", "@Win", "a.b", "cold"])] if rng.random() < 0.15 else None,
    )


def _word(rng: random.Random) -> str:
    return rng.choice(WORDS).replace(" ", "")


def _unit(rng: random.Random) -> str:
    roll = rng.random()
    word = _word(rng)
    if roll < 0.4:
        return word
    if roll < 0.5:
        return rng.choice("#@") + word
    if roll < 0.62:
        return '"' + " ".join(_word(rng) for _ in range(rng.randint(1, 3))) + '"' + rng.choice(["", "", "~0", "~2"])
    if roll < 0.7:
        return word[: rng.choice([3, 4, 5, 6, 8, 9, 12, 16, 63, 64])] + "*"
    if roll < 0.78:
        place = rng.randint(1, max(1, len(word) - 1))
        return word[:place] + "?" + word[place + 1 :] + rng.choice(["", "", "*"])
    if roll < 0.86:
        return "{" + word + rng.choice(["", "", " " + _word(rng)]) + "}"
    return word + rng.choice(["-", "&", ".", "'"]) + _word(rng) + rng.choice(["", "", "*"])


def _field(rng: random.Random) -> str:
    return rng.choice([
        f"lang:{rng.choice(LANGS[:4])}", "author:bob", "author:(STRASSE OR win)", 'author:"A  b"', "type:review",
        "is:question", "is:repost", "is:reply", f"site:{rng.choice(HOSTS)}", f"link:{rng.choice(HOSTS)}", "url:wIn",
        "url:東", "rating:4", "rating:[4 TO 5]", "rating:[* TO 4]", "followers:[1 TO *]", "sentiment:negative",
        "hashtag:win", "mention:bob", "channel:mail", f"text:{_word(rng)}", f"title:{_word(rng)}",
        "hashtag:win*", "mention:b?b",
        f"text:(win OR {_word(rng)})", f'raw:"{rng.choice(RAW)}"', f'raw:"{rng.choice(RAW)}"',
        f"text:(win NEAR {_word(rng)})",
    ])  # fmt: skip


def _side(rng: random.Random) -> str:
    if rng.random() < 0.3:
        return "(" + " OR ".join(_unit(rng) for _ in range(rng.randint(2, 3))) + ")"
    return _unit(rng)


def random_query(rng: random.Random, depth: int = 2) -> str:
    """The text of a search; a few are refused."""
    roll = rng.random()
    if depth == 0 or roll < 0.25:
        return _field(rng) if rng.random() < 0.25 else _unit(rng)
    if roll < 0.4:
        operator = rng.choice(["NEAR", "ONEAR", "NEAR/0", "NEAR/1", "ONEAR/2", "NEAR/3f", "NEAR/9"])
        return f"({_side(rng)} {operator} {_side(rng)})"
    parts = [random_query(rng, depth - 1) for _ in range(rng.randint(2, 3))]
    if roll < 0.65:
        return "(" + " OR ".join(parts) + ")"
    negated = f" NOT {random_query(rng, depth - 1)}" if rng.random() < 0.4 else ""
    return "(" + " AND ".join(parts[: rng.randint(1, 3)]) + negated + ")"


def random_searches(rng: random.Random, count: int) -> list[Search]:
    """`count` searches that parse."""
    found: list[Search] = []
    while len(found) < count:
        try:
            found.append(parse(random_query(rng)))
        except SearchError:
            continue
    return found
