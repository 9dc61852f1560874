"""Finding cases by what was said in them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from goodword.care import search_terms as search_terms_module
from goodword.care.filters import CaseFilter
from goodword.care.models import Case, Delivery, Priority, SearchDocument, State
from goodword.care.search import find
from goodword.care.search_query import SearchQuery, parse_query
from goodword.care.search_terms import MOST_TERMS, search_terms, vector
from goodword.care.search_words import index_again, index_everything, index_next
from goodword.language.excerpts import Piece
from goodword.people.describe import describe_person
from goodword.staff.models import Agent
from tests.care.world import World, at, fresh


@pytest.fixture
def ana(world: World) -> Agent:
    return world.agent("Ana")


def numbers(world: World, agent: Agent, text: str, **more: object) -> list[int]:
    found = find(text, workspace=world.workspace, agent=agent, **more)  # type: ignore[arg-type]
    assert not found.problems
    return [Case.objects.get(pk=hit.case_id).number for hit in found.hits]


# ── Words ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("My PARCEL, never came!", ["my", "parcel", "never", "came"]),
        ("Café Straße Łódź İstanbul", ["cafe", "strasse", "lodz", "istanbul"]),
        ("O'Reilly's order-123 foo_bar", ["o", "reilly", "s", "order", "123", "foo", "bar"]),
        ("ΠΡΌΒΛΗΜΑ ёлка", ["προβλημα", "елка"]),
        ("解決した", ["解決", "決し", "した"]),
        ("ＡＢＣ１", ["abc1"]),
        ("हिन्दी", ["हिन्दी"]),
        ("", []),
        ("👍 ...", []),
    ],
)
def test_words_are_found_however_they_are_written(text: str, terms: list[str]) -> None:
    assert search_terms(text) == terms


@given(st.text())
def test_searching_for_a_text_uses_the_words_that_are_indexed(text: str) -> None:
    assert search_terms(text.upper().lower()) == search_terms(text.lower().upper().lower())
    assert all(term and "'" not in term and "\\" not in term for term in search_terms(text))


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["a b a", "it's", "x" * 5000, "so " * 40_000, "\u0301\u0301", "\u202eabc", "ก" * 500])
def test_the_database_takes_every_vector(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT length(%s::tsvector)", [vector(text)])
        (words,) = cursor.fetchone()
    assert words == len(set(search_terms(text)))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(110_000)),
        " ".join(f"{n:x}" + "ก" * 50 for n in range(30_000)),
    ],
)
def test_of_a_huge_text_the_first_words_are_kept(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT length(v), pg_column_size(v) FROM (SELECT %s::tsvector AS v) AS t", [vector(text)])
        words, size = cursor.fetchone()
    assert 1_000 < words <= MOST_TERMS
    assert size < 1 << 20
    assert f"'{search_terms(text)[0]}':" in vector(text)


# ── The language ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_everything_that_can_be_typed() -> None:
    query = parse_query(
        'refund -invoice "never came" ship* is:open is:unread assignee:me label:"late delivery" channel:email '
        "from:@mara priority:high team:billing since:2026-01-31 before:2026-02-28 case:#42"
    )
    assert query == SearchQuery(
        words=("'refund'", "'never' <-> 'came'", "'ship':*"),
        without=("'invoice'",),
        states=(State.OPEN,),
        unread=True,
        assignee="me",
        labels=("late delivery",),
        channel="email",
        sender="@mara",
        priorities=(Priority.HIGH,),
        team="billing",
        since=date(2026, 1, 31),
        before=date(2026, 2, 28),
        number=42,
    )
    assert query.tsquery == "('refund') & ('never' <-> 'came') & ('ship':*) & !('invoice')"
    assert query.looked_for == ("refund", "never", "came", "ship*")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("is:great", "is: can be open"),
        ("is:", "e.g. is:open"),
        ("-is:open", "e.g. is:open"),
        ("before:yesterday", "before:2026-01-31"),
        ("priority:9", "priority: can be"),
        ("case:abc", "case:42"),
        ("-refund", "Add a word"),
        ("a*", "two letters"),
        (" ".join(f"word{n}" for n in range(30)), "first 20 words"),
    ],
)
def test_what_can_not_be_understood_is_told_with_what_to_type(text: str, says: str) -> None:
    (problem,) = parse_query(text).problems
    assert says in problem


@given(st.text())
def test_anything_can_be_typed(text: str) -> None:
    parse_query(text)


@pytest.mark.django_db
@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_the_database_takes_every_query(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsquery", [parse_query(text).tsquery])


def test_an_address_is_words_and_no_operator() -> None:
    assert parse_query("https://example.org/a").words == ("'https' <-> 'example' <-> 'org' <-> 'a'",)


# ── Finding ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_case_comes_once_with_its_newest_match_newest_first(world: World, ana: Agent) -> None:
    parcel, invoice = world.case("My parcel never came", when=0), world.case("Invoice for the parcel", when=5)
    newest = world.inbound(parcel, "Is the parcel lost?", when=10)
    world.reply(parcel, ana, "We are looking.", when=11)
    index_next()
    found = find("PARCEL", workspace=world.workspace, agent=ana)
    assert [hit.case_id for hit in found.hits] == [parcel.pk, invoice.pk]
    assert found.hits[0].message_id == newest.pk
    assert found.hits[0].excerpt == [Piece("Is the "), Piece("parcel", hit=True), Piece(" lost?")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"parcel never"', [1]),
        ('"never parcel"', []),
        ("parcel -came", [3]),
        ("parc*", [3, 1]),
        ("parc", []),
        ("cafe", [3]),
        ("looking", [1]),
        ("parcel is:resolved", [3]),
        ("parcel from:mara", [1]),
        ("is:open", [1]),
        ("from:@MARA", [1]),
        ("case:3", [3]),
        ("channel:recorded label:Refund", [1]),
        ("parcel label:refund assignee:ana", [1]),
        ("parcel assignee:none", [3]),
        ("parcel since:2026-03-02", [3, 1]),
        ("parcel before:2026-03-02", []),
        ("before:2026-03-02", []),
        ("", [3, 1]),
    ],
)
def test_words_and_operators(world: World, ana: Agent, text: str, expected: list[int]) -> None:
    first = world.case("My parcel never came", identity=world.identity("mara"), assignee=ana)  # number 1, mention 2
    first.labels.add(world.label("refund"))
    world.case("A parcel for the Café", when=5, state=State.RESOLVED)  # number 3
    world.reply(first, ana, "We are looking.", when=1)
    Case.objects.filter(pk=first.pk).update(state=State.OPEN)
    index_next()
    assert numbers(world, ana, text) == expected


def test_the_inboxs_filter_narrows_what_is_found(world: World, ana: Agent) -> None:
    hers, _other = world.case("parcel", assignee=ana), world.case("parcel", when=1)
    index_next()
    assert numbers(world, ana, "parcel", within=CaseFilter.read("view=mine")) == [hers.number]


def test_a_customer_is_found_by_the_name_that_a_colleague_gave(world: World, ana: Agent) -> None:
    case = world.case("parcel", identity=world.identity("mj"))
    describe_person(person=case.identity.person, name="Mara Jovanović", about="", by=ana, now=at(1))
    index_next()
    assert numbers(world, ana, 'from:"mara j"') == [case.number]


def test_nothing_leaves_its_workspace(world: World, ana: Agent) -> None:
    elsewhere = World(slug="elsewhere")
    elsewhere.case("parcel", identity=elsewhere.identity("mara"))
    index_next()
    assert numbers(world, ana, "parcel") == []
    assert find("from:mara", workspace=world.workspace, agent=ana).problems


@pytest.mark.parametrize("text", ["from:nobody", "label:nothing", "team:none-such", "assignee:zoe", "parcel label:me"])
def test_an_unknown_name_is_told(world: World, ana: Agent, text: str) -> None:
    world.case("parcel")
    index_next()
    found = find(text, workspace=world.workspace, agent=ana)
    assert (len(found.hits), len(found.problems)) == (0, 1)


@pytest.mark.parametrize("text", ["parcel", "is:open"])
def test_page_by_page_each_comes_once(world: World, ana: Agent, text: str) -> None:
    cases = [world.case("parcel", when=n // 2) for n in range(7)]
    for case in cases[:3]:
        world.inbound(case, "parcel again", when=9)
    index_next()
    seen: list[int] = []
    after = ""
    for _ in range(9):
        found = find(text, workspace=world.workspace, agent=ana, after=after, size=2)
        seen += [hit.case_id for hit in found.hits]
        after = found.after
        if not after:
            break
    assert seen == [hit.case_id for hit in find(text, workspace=world.workspace, agent=ana).hits]
    assert sorted(seen) == sorted(case.pk for case in cases)


# ── Indexing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_indexing_goes_in_batches_catches_up_and_does_nothing_twice(world: World) -> None:
    case = world.case()
    for n in range(4):
        world.inbound(case, when=n)
    assert [index_next(limit=2) for _ in range(4)] == [2, 2, 1, 0]
    SearchDocument.objects.filter(pk=case.last_inbound_id - 2).delete()
    assert [index_next(), index_everything(), SearchDocument.objects.count()] == [1, 0, 5]


def test_a_reply_in_the_outbox_is_not_found_until_it_went_out(world: World, ana: Agent) -> None:
    case = world.case()
    reply = world.reply(case, ana, "Certainly", delivery=Delivery.QUEUED)
    index_next()
    assert numbers(world, ana, "certainly") == []
    reply.delivery = Delivery.SENT
    reply.save()
    index_next()
    assert numbers(world, ana, "certainly") == [case.number]


def test_an_edited_message_is_found_by_its_new_words_alone(world: World, ana: Agent) -> None:
    case = world.case("My parcle never came")
    index_next()
    mention = case.messages.get().mention
    assert mention is not None
    mention.text = "My parcel never came"
    mention.save()
    index_again(mention_ids=[mention.pk])
    assert (numbers(world, ana, "parcel"), numbers(world, ana, "parcle")) == ([case.number], [])
    assert SearchDocument.objects.get().at == at(0)


def test_a_message_whose_words_the_database_refuses_keeps_no_other_from_being_found(
    world: World, ana: Agent, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(search_terms_module, "MOST_TERMS", 1 << 30)
    monkeypatch.setattr(search_terms_module, "LARGEST_VECTOR", 1 << 30)
    bad = world.case("subject")
    world.inbound(bad, " ".join(f"secret{n}x{'y' * 40}" for n in range(30_000)))
    good = world.case("My parcel never came")
    assert [index_next(), index_next()] == [3, 0]
    assert numbers(world, ana, "parcel") == [good.number]
    assert str(fresh(bad).last_inbound_id) in caplog.text
    assert "secret" not in caplog.text


# ── Excerpts ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_excerpt_begins_shortly_before_what_was_looked_for_and_shows_no_private_data(
    world: World, ana: Agent
) -> None:
    world.case("word " * 200 + "the Refund for mara@example.org, order 40718, is late " + "word " * 200)
    index_next()
    (hit,) = find("refund", workspace=world.workspace, agent=ana).hits
    assert [piece.text for piece in hit.excerpt if piece.hit] == ["Refund"]
    assert [piece.masked for piece in hit.excerpt if piece.masked] == ["email"]
    shown = "".join(piece.text for piece in hit.excerpt)
    assert "order 40718, is late" in shown
    assert len(shown) < 200
