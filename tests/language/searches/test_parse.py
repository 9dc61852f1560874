"""The query language: what parses, what is refused and with which words."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.language.searches import SearchError, explain, parse, print_search
from tests.language.searches.hostile import random_query

REFUSED = [
    ("", 0, "empty"),
    ("   ", 0, "empty"),
    ("NOT spam", 0, "must not have"),
    ("-spam -ham", 0, "must not have"),
    ("text:(NOT a)", 0, "must not have"),
    ('"a b"~2.5', 5, "whole number"),
    ('"a b"~-1', 5, "whole number"),
    ('x "a b"~', 7, "whole number"),
    ('"win*"', 4, "win* by itself"),
    ('"big win* now"', 8, "win* by itself"),
    ("{Win*}", 4, "Win* by itself"),
    ("raw:++", 0, "raw:++ alone"),
    ("url:/", 0, "url:/ alone"),
    ("win OR raw:a", 0, "raw:a alone"),
    ("raw:a raw:b NOT c", 0, "nearly every post"),
    ("followers:[0 TO *]", 0, "nearly every post"),
    ("win OR rating:[* TO 100]", 0, "nearly every post"),
    ("(win OR followers:[-1 TO *]) NOT lang:de", 0, "nearly every post"),
    ('url:"://"', 0, "nearly every post"),
    ("win OR url:http", 0, "nearly every post"),
    ("sentiment:(negative OR neutral OR positive)", 0, "nearly every post"),
    ("win OR sentiment:neutral OR (sentiment:negative OR sentiment:positive)", 0, "nearly every post"),
    ("followers:[* TO 5] OR followers:[6 TO *]", 0, "nearly every post"),
    ("rating:[3 TO *] OR a OR rating:[* TO 3]", 0, "nearly every post"),
    ("text:(NOT a) NOT site:x.com", 0, "must not have"),
    ("b OR text:(NOT a)", 5, "outside"),
    ("(text:(NOT a) OR x) NOT y", 1, "outside"),
    ("a AND (b", 6, "not closed"),
    ("a ) b", 2, "closes nothing"),
    ("a ()", 3, "brackets are empty"),
    ('say "never again', 4, "not closed"),
    ("{BMW", 0, "not closed"),
    ("rating:[4 TO 5", 7, "not closed"),
    ("langg:en", 0, "Did you mean lang:"),
    ("https://x.com", 0, "link:"),
    ("rating:[5 TO 4]", 7, "[4 TO 5]"),
    ("rating:good", 7, "number"),
    ("lang:[a TO b]", 5, "takes no range"),
    ("is:nice", 3, "question"),
    ("lang:klingon", 5, "Did you mean lang:tlh?"),
    ("a lang:(en OR Deutsch)", 14, "Did you mean lang:de?"),
    ("lang:e", 5, "such as en"),
    ("lang:xx", 5, "xx is none"),
    ('sentiment:"Negativ"', 10, "Did you mean sentiment:negative?"),
    ("sentiment:happy", 10, "Did you mean sentiment:positive?"),
    ("sentiment:-1", 10, "it knows negative, neutral, positive"),
    ("a AND emotion:angry", 14, "Did you mean emotion:anger?"),
    ("emotion:(love OR hapiness)", 17, "Did you mean emotion:joy? It knows admiration"),
    ("emotion:trust", 8, "it knows admiration"),
    ("lang: en", 0, "directly after the colon"),
    ("a OR NOT b", 5, "outside"),
    ("NOT a OR b", 0, "outside"),
    ("a AND OR b", 2, "after it"),
    ("AND a", 0, "before it"),
    ("a OR", 2, "after it"),
    ("a NOT NOT b", 6, "Two NOTs"),
    ("wi*", 0, "at least 3"),
    ("*win", 0, "lead"),
    ("?win", 0, "lead"),
    ("wi*er", 2, "inside a word"),
    ("#win*", 0, "whole"),
    ("a hashtag:win*", 10, "win* finds words"),
    ("hashtag:w?n", 8, "whole"),
    ("mention:(bob OR acme*)", 16, "whole"),
    ("a NEAR (b AND c)", 7, "side of NEAR"),
    ("a NEAR NOT b", 7, "side of NEAR"),
    ("a NEAR lang:en", 7, "side of NEAR"),
    ("a NEAR b NEAR c", 9, "two sides"),
    ("a NEAR/x b", 2, "number of words"),
    ("NEAR b", 0, "before it"),
    ("a & b", 2, "Did you mean AND?"),
    ("a || b", 2, "Did you mean OR?"),
    ("a !b", 2, "Did you mean NOT?"),
    ("a ！b", 2, "Did you mean NOT?"),
    ("a AND !(b OR c)", 6, "Did you mean NOT?"),
    ("text:!b c", 5, "Did you mean NOT?"),
    ("a lang:(de OR !fr)", 14, "Did you mean NOT?"),
    ("a !", 2, "no word in !"),
    ("text:(a lang:en)", 8, "beside it"),
    ("win " * 300, 4 * 256, "256"),
    ("(" * 40 + "a" + ")" * 40, 32, "32 deep"),
    ("a" * 5000, 4096, "4096"),
]


@pytest.mark.parametrize(("text", "position", "words"), REFUSED)
def test_a_refusal_names_the_place_and_the_way_out(text: str, position: int, words: str) -> None:
    with pytest.raises(SearchError) as refusal:
        parse(text)
    assert refusal.value.position == position
    assert words in refusal.value.reason
    assert refusal.value.template.format(**refusal.value.values) == refusal.value.reason


@pytest.mark.parametrize(
    "text",
    [
        *("win raw:++", "win AND rating:[* TO 100]", "raw:東", "raw:😀", "rating:[1 TO 5]", "win NOT raw:a"),
        "followers:[9 TO *]",
    ],
)
def test_what_is_broad_beside_a_word_is_taken(text: str) -> None:
    assert parse(text).warnings == ()


@pytest.mark.parametrize(
    ("text", "rewrites"),
    [
        ("a AND b OR c", ("(a AND b) OR c", "a AND (b OR c)")),
        ("a b OR c", ("(a AND b) OR c", "a AND (b OR c)")),
        ("a OR b c OR d", ("a OR (b AND c) OR d", "(a OR b) AND (c OR d)")),
        ("a OR b NOT c", ("a OR (b NOT c)", "(a OR b) NOT c")),
        ("a NOT b OR c", ("(a NOT b) OR c", "a NOT (b OR c)")),
        ("x (a -b OR c)", ("x ((a NOT b) OR c)", "x (a NOT (b OR c))")),
    ],
)
def test_and_beside_or_offers_both_readings(text: str, rewrites: tuple[str, str]) -> None:
    with pytest.raises(SearchError) as refusal:
        parse(text)
    assert refusal.value.tree is not None
    for suggestion, rewrite in zip(refusal.value.suggestions, rewrites, strict=True):
        assert parse(suggestion).tree == parse(rewrite).tree


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a b", "a AND b"),
        ("a -b", "a NOT b"),
        ('"a"-b', '"a" NOT b'),
        ("{A}-b", "{A} NOT b"),
        ("rating:[1 TO 2]-b", "rating:[1 TO 2] NOT b"),
        ("a AND NOT b", "a NOT b"),
        ("(a)", "a"),
        ("“smart quotes”", '"smart quotes"'),
        ("a NEAR/4 b", "a NEAR b"),
        ("a NEAR/3f b", "a ONEAR/3 b"),
        ("e-mail", "e-mail"),
        ("lang:(en OR de)", "lang:en OR lang:de"),
        ("LANG:en", "lang:en"),
        ("rating:[4 TO 4]", "rating:4"),
        ("rating:[4.50 TO *]", "rating:[4.5 TO *]"),
        ("hashtag:win", "#win"),
        ("mention:@bob", "@bob"),
        ('raw:"a b"', 'raw:"a b"'),
        ("raw:Google+", "raw:Google+"),
        ("text:(a NEAR b)", "text:(a NEAR b)"),
    ],
)
def test_prints_in_one_form(text: str, printed: str) -> None:
    assert print_search(parse(text)) == printed


@given(st.integers(min_value=0))
def test_what_is_printed_parses_to_the_same_tree(seed: int) -> None:
    try:
        search = parse(random_query(random.Random(seed), depth=3))
    except SearchError:
        return
    assert parse(print_search(search)).tree == search.tree
    assert explain(search)


@given(st.text(st.sampled_from('ab*?:"()[]{}#@-~/&|! ANDORNOTEAR0lang') | st.characters(), max_size=60))
def test_any_text_parses_or_is_refused_with_a_place(text: str) -> None:
    try:
        search = parse(text)
    except SearchError as refusal:
        assert 0 <= refusal.position <= len(text)
        return
    assert parse(print_search(search)).tree == search.tree


@given(st.lists(st.sampled_from(["AND", "OR", "NOT", "-", "", "a", "b", "(", ")", '"c d"', "!b", "||"]), max_size=9))
def test_every_rewrite_that_is_offered_can_be_used(pieces: list[str]) -> None:
    try:
        parse(" ".join(pieces).replace("- ", "-"))
    except SearchError as refusal:
        for suggestion in refusal.suggestions:
            try:
                parse(suggestion)
            except SearchError as again:
                assert again.suggestions, "another such place may be left, and nothing else"


def test_a_run_of_dashes_is_one_not() -> None:
    search = parse("a --foo")
    assert print_search(search) == "a NOT foo"
    assert parse(print_search(search)).tree == search.tree


def test_a_lower_case_operator_is_a_word_with_a_warning() -> None:
    search = parse("cats and dogs")
    assert print_search(search) == "cats AND and AND dogs"
    assert [warning.position for warning in search.warnings] == [5]
    assert "AND" in search.warnings[0].message
    assert parse("a AND b").warnings == ()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a !b", "a NOT b"),
        ("a ! b !!lang:de", "a NOT b NOT lang:de"),
        ("(a !b) && c", "(a NOT b) AND c"),
        ("a | b || c", "a OR b OR c"),
        ("a author:!bob", "a NOT author:bob"),
    ],
)
def test_operators_of_other_languages_are_refused_with_what_was_meant(text: str, meant: str) -> None:
    with pytest.raises(SearchError) as refusal:
        parse(text)
    assert refusal.value.suggestions == (meant,)


@pytest.mark.parametrize("text", ["win!", "a!b", "¡win!", "win raw:!", "win url:!x", "win {A!}", '"!a" b', "H&M"])
def test_signs_that_are_punctuation_stay_so(text: str) -> None:
    assert parse(text).warnings == ()


def test_a_bar_inside_a_word_is_warned_of() -> None:
    [warning] = parse("late cold|raw").warnings
    assert (warning.position, "write cold OR raw" in warning.message) == (5, True)


def test_a_type_that_is_never_heard_is_warned_of() -> None:
    [warning] = parse("a type:(review OR tweet)").warnings
    assert (warning.position, "post, reply" in warning.message) == (18, True)


@pytest.mark.parametrize("value", ["en", "EN", "pt-br", "zh_Hans", "und", "fil", "iw"])
def test_codes_of_languages_are_taken(value: str) -> None:
    assert parse(f"lang:{value}").warnings == ()


@given(st.sampled_from(["lang", "sentiment", "emotion"]), st.text(min_size=1, max_size=20))
def test_a_value_is_taken_or_refused_where_it_stands(name: str, value: str) -> None:
    try:
        parse(f'{name}:"{value}"')
    except SearchError as refusal:
        assert refusal.position <= len(name) + 1 + len(value) + 2
        assert refusal.template.format(**refusal.values) == refusal.reason


def test_explains_as_people_read() -> None:
    assert explain(parse("{Subway} AND (sub OR sandwich*) NOT lang:de")).splitlines() == [
        "all of these:",
        "  “Subway” in exactly these letters",
        "  any of these:",
        "    “sub”",
        "    a word like sandwich*",
        "  but not: in the language de",
    ]
    assert explain(parse("cold NEAR/1 (late OR slow) NOT (job OR hiring)")).splitlines() == [
        "all of these:",
        "  near each other, at most 1 word between:",
        "    “cold”",
        "    any of these:",
        "      “late”",
        "      “slow”",
        "  but not: any of these:",
        "    “job”",
        "    “hiring”",
    ]
