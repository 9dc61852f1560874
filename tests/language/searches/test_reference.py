"""What matches what: the rules of the language, one table."""

from __future__ import annotations

import pytest

from goodword.language.searches import Post, Span, matches, parse, why

BICYCLES = [
    "Sorry to hear about your bicycle last night; was it a bike accident? its time to get a bicycle helmet",
    "At a bicycle store to get my new helmet",
    "Hey everyone! Look at my new helmet",
    "Awesome helmet but terrible bicycle shoes",
    "Time for a new bicycle",
]


@pytest.mark.parametrize(
    ("query", "posts"),
    [
        ('"bicycle helmet"', [1]),
        ("bicycle AND helmet", [1, 2, 4]),
        ("bicycle AND helmet NOT shoes", [1, 2]),
        ("bicycle OR helmet", [1, 2, 3, 4, 5]),
        ("bicycle AND (shoes OR time)", [1, 4, 5]),
    ],
)
def test_the_worked_set(query: str, posts: list[int]) -> None:
    search = parse(query)
    assert [number for number, text in enumerate(BICYCLES, 1) if matches(search, Post(text=text))] == posts


YES = [
    ("win", "#win"), ("#win", "so #WIN!"), ("@bob", "hi @Bob."), ("@b", "mail a@b"), ("a", "mail a@b"),
    ("win*", "win"), ("win*", "win10"), ("win*", "winner's"), ("w?n", "won"), ("w?n*", "wonder"), ("win*", "#winner"),
    ("{BMW}", "a BMW!"), ("{BMW}", "#BMW"), ("raw:Google+", "xGoogle+y"), ("e-mail", "E mail"), ("H&M", "at h&m"),
    ("don't", "DON’T"), ("café", "CAFE\u0301"), ("strasse", "STRAẞE"), ("acme", "Acme™ is"), ("ab", "a™b"),
    ("amp", "a &amp; b"), ('"cold brew"', "cold, brew"), ('"brew cold"~0', "cold brew"), ('"a c"~1', "a b c"),
    ("a NEAR/1 c", "c b a"), ("a NEAR c", "a 1 2 3 4 c"), ("a ONEAR/0 b", "a b"), ("a NEAR/1f c", "a b c"),
    ('"a b" NEAR/0 c', "c a b"), ("(x OR a) NEAR/0 b", "b a"), ("a NEAR/0 b", "a https://x.com/c b"),
    ("東京", "大東京駅"), ("東京タワー", "この東京タワーは"), ("ไทย", "ภาษาไทยง่าย"), ("삼성", "삼성전자가"),
    ("iphone", "我的iphone手机"),
    ("ラーメン", "ﾗｰﾒﾝ屋"), ("👍", "ok👍👍"), ("👍", "👍🏽"), ("👩‍💻", "a👩‍💻b"), ("🇩🇪", "🇫🇷🇩🇪"),
    ("❤", "❤️"), ('"👍 ok"', "👍ok"),
    ("link:x.com", "see https://www.x.com/a"), ("is:question", "really?"), ("is:question", "https://x.com/a?b ok?"),
    ("e-mail*", "many e-mails"), ('"#win now"', "#win now"), ("#東京タワー", "#東京タワー"), ("東京", "#東京タワー"),
    ("win", "WIN’ s"), ("7-eleven", "7 Eleven"), ("ﬁsh", "FISH"), ("x -y", "x z"),
]  # fmt: skip

NO = [
    ("#win", "win"), ("win", "@win"), ("win", "winner"), ("win", "win's"), ("win*", "twin"), ("w?n", "wn"),
    ("w?n", "wonder"),
    ("{BMW}", "bmw"), ("{BMW}", "BMWs"), ("raw:Google+", "google+"), ("cafe", "café"),
    ("acme", "https://acme.com/acme"),
    ("www", "www.acme.com"), ('"cold brew"', "brew cold"), ('"brew cold"~0', "cold x brew"), ('"a a"', "a"),
    ('"a a"~5', "a b"), ("a NEAR/1 c", "a b b c"), ("a ONEAR b", "b a"), ("a NEAR a", "a"),
    ("a NEAR c", "a 1 2 3 4 5 c"),
    ('"a b" NEAR "b c"', "a b c"), ("東京タワー", "東京 タワー"), ("東京", "京東"), ("🇩🇪", "🇧🇩🇪🇸"),
    ("is:question", "https://x.com/a?b"),
    ("link:x.com", "https://xx.com"), ("💻", "👩‍💻"), ("ltd", "&lt;d"), ("a NOT b", "a b"), ("{Win}", "WIN"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "text"), YES)
def test_matches(query: str, text: str) -> None:
    search = parse(query)
    assert matches(search, Post(text=text))
    assert why(search, Post(text=text))


@pytest.mark.parametrize(("query", "text"), NO)
def test_does_not_match(query: str, text: str) -> None:
    search = parse(query)
    assert not matches(search, Post(text=text))
    assert why(search, Post(text=text)) == []


POST = Post(
    text="Cold again",
    title="Your Pie",
    author="Jane  Doe",
    lang="EN",
    url="https://old.reddit.com/r/Pie?x=1",
    rating=4,
    type="review",
    sentiment="negative",
    hashtags=["#late"],
    mentions=["yourpie"],
    question=0.5,
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pie", True),
        ("text:pie", False),
        ("text:cold", True),
        ("text:(cold AND pie)", False),
        ("title:pie", False),
        ('title:"YOUR PIE"', True),
        ('"pie cold"', False),
        ('"cold again your"', False),
        ("again NEAR/99999 your", False),
        ('author:"jane doe"', True),
        ("author:jane", False),
        ("lang:en", True),
        ("lang:(de OR en)", True),
        ("site:reddit.com", True),
        ("site:dit.com", False),
        ("url:R/pie", True),
        ("rating:[4 TO 5]", True),
        ("rating:5", False),
        ("pie followers:[0 TO *]", False),
        ("is:review", True),
        ("is:reply", False),
        ("is:question", True),
        ("sentiment:negative", True),
        ("emotion:joy", False),
        ("#late", True),
        ("hashtag:LATE", True),
        ("mention:yourpie", True),
        ("@yourpie", True),
        ("yourpie", False),
    ],
)
def test_fields(query: str, expected: bool) -> None:
    assert matches(parse(query), POST) is expected


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("win OR lose", "I WIN, you win", ["WIN", "win"]),
        ('"cold brew" NOT hot', "a cold, brew", ["cold, brew"]),
        ("a NEAR/1 c", "a b c a", ["a", "a", "c"]),
        ("#win", "so #win", ["#win"]),
        ("win", "so #win", ["win"]),
        ("@bob", "hi @bob", ["@bob"]),
        ("café", "un CAFE\u0301!", ["CAFE\u0301"]),
        ("acme", "™Acme™", ["Acme"]),
        ("fish", "a ﬁsh", ["ﬁsh"]),
        ("東京", "大東京", ["東京"]),
        ("raw:++ C", "C++ g++", ["++", "++", "C"]),
        ("link:x.com pie", "pie www.x.com/a http://a.x.com https://y.com", ["pie", "www.x.com/a", "http://a.x.com"]),
        ("is:question AND pie", "Is this pie? https://x.com/a?b ok？", ["pie", "?", "？"]),
    ],
)
def test_why_marks_what_matched(query: str, text: str, marked: list[str]) -> None:
    spans = why(parse(query), Post(text=text))
    assert sorted(text[span.start : span.end] for span in spans) == sorted(marked)


def test_why_names_the_field() -> None:
    assert why(parse("pie AND is:question"), Post(text="pie", question=0.9))[0] == Span("question", 0, 0)
    assert why(parse("is:reply AND pie"), Post(text="pie", type="reply"))[1] == Span("type", 0, 5)
    assert why(parse("pie AND rating:4"), POST) == [Span("rating", 0, 0), Span("title", 5, 8)]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (
            '("Your Pie" OR @yourpie OR #yourpie) NEAR/8 (cold OR late OR wrong OR refund* OR "never again") '
            "AND lang:en NOT (hiring OR job)",
            "@yourpie my order came cold, I want a refund",
        ),
        (
            '(AcmeMail OR "acme mail") AND (down OR outage OR "not syncing" OR (sync NEAR/3 (blackberry OR phone))) '
            "NOT is:repost",
            "acme mail doesn't sync to my phone",
        ),
        (
            '({Subway} OR "subway sandwich" OR "subway sandwiches") AND (footlong OR sub OR sandwich*) '
            "NOT (station OR train OR metro)",
            "Subway footlong, meh",
        ),
        ('brand AND (allerg* OR "food poisoning" OR lawsuit OR injur*)', "brand gave me an allergic reaction"),
        ('is:question AND ("how do I" OR "can you") NEAR/6 brand AND site:reddit.com', "can you tell me of brand?"),
    ],
)
def test_the_realistic_ones(query: str, text: str) -> None:
    post = Post(text=text, lang="en", type="review", rating=4.5, url="https://www.reddit.com/r/x")
    assert matches(parse(query), post)
