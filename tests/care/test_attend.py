from __future__ import annotations

import random
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goodword.care.attend import attend
from goodword.care.models import Case, Delivery, Episode, Message, MessageKind, Resolution, State
from goodword.care.resolve import resolve_case
from goodword.connectors.contract import Purpose, Raw
from goodword.kernel.models import FactRow
from goodword.listen.models import ImportRun, Mention, RawItem, Sentiment, Source
from goodword.staff.models import Agent, Membership, Role
from tests.listen.heard import at, hear_and_understand, line, open_file_source

pytestmark = pytest.mark.django_db

DAY = 24 * 60  # minutes


def attend_to(source: Source, *raws: Raw, minutes: float = 60, batch: int = 100) -> None:
    hear_and_understand(source, *raws, minutes=minutes)
    while attend(source_id=source.pk, limit=batch, now=at(minutes)):
        pass


def an_agent(source: Source) -> Agent:
    agent = Agent.objects.create_user("ana@harbour.example", name="Ana")
    Membership.objects.create(workspace=source.workspace, agent=agent, role=Role.AGENT)
    return agent


def resolved(source: Source, *, minutes: float = 120) -> Case:
    """A case that an agent has resolved."""
    attend_to(source, line("1", "My parcel never came, where is it?"))
    case = Case.objects.get()
    resolve_case(case=case, by=an_agent(source), ask=False, words="", idempotency_key="r1", now=at(minutes))
    case.refresh_from_db()
    return case


def test_a_complaint_becomes_a_case_and_its_thread_goes_on_in_it() -> None:
    source = open_file_source()
    attend_to(source, line("1", "@harbour My parcel never came. Where is it?"))
    attend_to(source, line("2", "Hello?", minutes=30, parent="1"), minutes=90)
    case = Case.objects.get()
    assert (case.number, case.state, case.subject) == (1, State.OPEN, "My parcel never came.")
    assert (case.message_count, case.waiting_since, case.snippet) == (2, at(0), "Hello?")
    assert case.last_inbound_id == Message.objects.latest("id").pk
    assert list(Mention.objects.values_list("disposition", flat=True)) == ["case", "case"]
    kinds = FactRow.objects.filter(subject=f"case:{case.pk}").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["CaseOpened", "MessageReceived"]


def test_what_charts_count_is_kept_for_each_customers_mention_and_for_no_word_of_ours() -> None:
    source = open_file_source()
    attend_to(
        source,
        line("1", "Terrible. The worst service ever, nobody answers and my parcel is lost"),
        line("2", "Thank you, you are wonderful, great help", minutes=2, author="omar"),
        line("9", "So sorry, that is terrible", minutes=3, author="harbour", direction="out"),
    )
    read = dict(Mention.objects.values_list("external_id", "sentiment"))
    assert read == {"1": Sentiment.NEGATIVE, "2": Sentiment.POSITIVE, "9": None}


def test_both_sides_of_a_recorded_conversation_are_one_case_waiting_for_whom_it_does() -> None:
    source = open_file_source()
    attend_to(
        source,
        line("3", "Thanks, got it", minutes=20, parent="2"),
        line("2", "So sorry, it ships today.", minutes=10, parent="1", author="harbour", direction="out"),
        line("1", "Where is my parcel?"),
        line("9", "We open at nine", author="harbour", direction="out"),
    )
    case = Case.objects.get()
    assert (case.state, case.message_count, case.waiting_since) == (State.PENDING, 3, None)
    assert case.episodes.get().first_response_at == at(10)
    dispositions = dict(Mention.objects.values_list("external_id", "disposition"))
    assert dispositions == {"1": "case", "2": "own", "3": "no_reply_needed", "9": "own"}


@pytest.mark.parametrize("seed", range(6))
def test_an_import_gives_the_same_cases_in_whatever_order_its_rows_stand(seed: int) -> None:
    said = [
        line("1", "Where is my parcel?"),
        line("2", "Sorry! Which order?", minutes=5, parent="1", author="harbour", direction="out"),
        line("3", "It is 4711, and it is late", minutes=9, parent="2"),
        line("4", "Same here, where is mine?", minutes=11, parent="3", author="omar"),
        line("5", "The app crashes all the time", minutes=12, author="dev"),
        line("6", "On it.", minutes=14, parent="5", author="harbour", direction="out"),
    ]
    random.Random(seed).shuffle(said)
    source = open_file_source()
    for each in said:  # the worst way to come: one by one
        attend_to(source, each, batch=1)
    standing = Case.objects.standing().order_by("opened_at")
    assert [(case.message_count, case.state, case.identity.native_id) for case in standing] == [
        (4, State.OPEN, "mara"),
        (2, State.PENDING, "dev"),
    ]
    assert Message.objects.count() == 6


def test_praise_and_spam_open_no_case_but_are_kept_with_the_reason() -> None:
    source = open_file_source()
    attend_to(
        source,
        line("1", "Love the new jacket, thank you!"),
        line("2", "Buy followers now, click here https://spam.example", author="bot"),
        line("3", "I am away until Monday", automatic=True, author="zoe"),
    )
    assert not Case.objects.exists()
    decided = Mention.objects.order_by("external_id").values_list("disposition", "disposition_reason")
    assert [disposition for disposition, _ in decided] == ["praise_kept", "spam", "no_reply_needed"]
    assert all(reason for _, reason in decided)


def test_praise_becomes_part_of_the_case_when_a_complaint_follows_in_its_thread() -> None:
    source = open_file_source()
    attend_to(source, line("1", "Love the new jacket, thank you!"))
    attend_to(source, line("2", "The zip broke after one day. Refund?", minutes=30, parent="1"), minutes=90)
    case = Case.objects.get()
    assert case.message_count == 2
    assert case.opened_at == at(0)
    assert set(Mention.objects.values_list("disposition", flat=True)) == {"case"}


def test_other_words_within_the_window_reopen_a_resolved_case_as_a_new_episode() -> None:
    source = open_file_source()
    case = resolved(source)
    attend_to(source, line("2", "Another thing: the box was open", minutes=DAY, parent="1"), minutes=DAY + 1)
    case.refresh_from_db()
    assert (case.state, case.resolved_at) == (State.OPEN, None)
    assert list(case.episodes.order_by("number").values_list("number", "resolved_at")) == [(1, at(120)), (2, None)]
    assert Message.objects.latest("id").episode.number == 2


def test_later_words_open_a_new_case_that_links_to_the_old_one() -> None:
    source = open_file_source()
    old = resolved(source)
    late = 120 + 8 * DAY
    attend_to(
        source,
        line("2", "Now the zip is broken too", minutes=late, parent="1"),
        line("3", "Are you there?", minutes=late + 1, parent="2"),
        minutes=late + 2,
    )
    new = Case.objects.exclude(pk=old.pk).get()
    assert (new.continues, new.message_count, new.opened_at) == (old, 2, at(late))
    old.refresh_from_db()
    assert (old.state, old.message_count) == (State.RESOLVED, 1)
    attend_to(source, line("4", "Hello?", minutes=late + 5, parent="3"), minutes=late + 6)
    new.refresh_from_db()
    assert new.message_count == 3


@pytest.mark.parametrize(
    ("words", "resolution", "state"),
    [
        ("Yes, solved, thank you!", Resolution.CONFIRMED, State.RESOLVED),
        ("No, still broken", Resolution.DISPUTED, State.OPEN),
        ("Thanks, bye", "", State.RESOLVED),
    ],
)
def test_the_customer_has_the_last_word(words: str, resolution: Resolution, state: State) -> None:
    source = open_file_source()
    case = resolved(source)
    attend_to(source, line("2", words, minutes=180, parent="1"), minutes=181)
    case.refresh_from_db()
    first = Episode.objects.get(case=case, number=1)
    assert (first.resolution, case.state) == (resolution, state)
    assert case.message_count == 2


def test_a_rating_may_be_given_by_answering() -> None:
    source = open_file_source()
    case = resolved(source)
    attend_to(source, line("2", "5", minutes=180, parent="1"), minutes=181)
    assert case.episodes.get().rating.solved == 5


def test_a_strangers_word_is_not_the_customers() -> None:
    source = open_file_source()
    case = resolved(source)
    attend_to(source, line("2", "Yes, solved, thank you!", minutes=180, parent="1", author="troll"), minutes=181)
    case.refresh_from_db()
    assert case.state == State.OPEN
    assert Episode.objects.get(case=case, number=1).resolution == ""


def test_words_heard_after_the_resolution_reopen_the_case_though_they_bear_an_earlier_date() -> None:
    source = open_file_source()
    case = resolved(source)
    attend_to(source, line("2", "And where is the invoice?", minutes=90, parent="1"), minutes=180)
    case.refresh_from_db()
    assert (case.state, case.message_count, case.last_message_at) == (State.OPEN, 2, at(180))
    second = case.episodes.get(number=2)
    assert (second.opened_at, second.resolution) == (at(180), "")


@pytest.mark.parametrize("words", ["Yes, solved, thank you!", "5", "No, still broken"])
def test_words_said_before_we_called_it_solved_are_no_word_on_that(words: str) -> None:
    source = open_file_source()
    case = resolved(source)
    attend_to(source, line("2", words, minutes=90, parent="1"), minutes=180)
    first = Episode.objects.get(case=case, number=1)
    assert (first.resolution, hasattr(first, "rating")) == ("", False)


def test_a_slow_clock_of_some_minutes_takes_nobody_their_word() -> None:
    source = open_file_source()
    case = resolved(source)
    attend_to(source, line("2", "Yes, solved, thank you!", minutes=115, parent="1"), minutes=180)
    assert Episode.objects.get(case=case).resolution == Resolution.CONFIRMED


def test_a_file_of_the_past_tells_in_which_order_things_were_said() -> None:
    source = open_file_source()
    case = resolved(source)
    run = ImportRun.objects.create(workspace_id=source.workspace_id, source=source, file_name="old", started_at=at(180))
    hear_and_understand(source, line("2", "And where is the invoice?", minutes=90, parent="1"), minutes=180)
    RawItem.objects.filter(pk=Mention.objects.latest("pk").raw_id).update(import_run=run)
    attend(source_id=source.pk, limit=100, now=at(180))
    case.refresh_from_db()
    assert (case.state, case.message_count) == (State.RESOLVED, 2)


def test_words_heard_after_our_answer_wait_for_us_though_they_bear_an_earlier_date() -> None:
    source = open_file_source()
    attend_to(source, line("1", "Where is my parcel?"))
    case = Case.objects.get()
    message = Message.objects.create(
        workspace_id=source.workspace_id,
        case=case,
        episode=case.episodes.get(),
        kind=MessageKind.REPLY,
        at=at(120),
        text="It ships today.",
        delivery=Delivery.SENT,
        idempotency_key="r1",
    )
    attend_to(source, line("2", "And where is the invoice?", minutes=90, parent="1"), minutes=180)
    case.refresh_from_db()
    assert (case.state, case.waiting_since, case.snippet) == (State.OPEN, at(180), "And where is the invoice?")
    assert Message.objects.latest("at").mention is not None
    assert message.at < Message.objects.latest("at").at


def test_a_late_mail_wakes_a_snoozed_case() -> None:
    source = open_file_source()
    attend_to(source, line("1", "Where is my parcel?", minutes=30))
    Case.objects.update(state=State.SNOOZED, snoozed_until=at(0) + timedelta(days=3))
    attend_to(source, line("2", "It is urgent now!", minutes=10, parent="1"), minutes=91)
    assert Case.objects.get().state == State.OPEN


def test_a_customer_who_writes_wakes_a_snoozed_case() -> None:
    source = open_file_source()
    attend_to(source, line("1", "Where is my parcel?"))
    Case.objects.update(state=State.SNOOZED, snoozed_until=at(0) + timedelta(days=3))
    attend_to(source, line("2", "It is urgent now!", minutes=90, parent="1"), minutes=91)
    case = Case.objects.get()
    assert (case.state, case.snoozed_until) == (State.OPEN, None)


def test_harm_comes_before_any_sum_of_smaller_reasons_and_a_risk_never_falls() -> None:
    source = open_file_source()
    attend_to(
        source,
        line("1", "My son burned his hand on your lamp"),
        line(
            "2",
            "Third time I write!!! Charged twice, no refund, I will warn everyone on Trustpilot. Scam!!",
            author={"id": "star", "followers": 9_000_000},
            rating=1,
        ),
    )
    hurt, loud = Case.objects.order_by("opening_mention__external_id")
    assert hurt.risk > loud.risk > 40
    assert "burned" in hurt.risk_sentence
    attend_to(source, line("3", "ok", minutes=70, parent="1"), minutes=71)
    before = hurt.risk
    hurt.refresh_from_db()
    assert hurt.risk >= before


def test_attending_again_changes_nothing() -> None:
    source = open_file_source()
    attend_to(source, line("1", "Where is my parcel?"), line("2", "Love it, thank you!", author="b"))
    facts = FactRow.objects.count()
    assert attend(source_id=source.pk, limit=100, now=at(90)) == 0
    assert (Case.objects.count(), FactRow.objects.count()) == (1, facts)


def test_an_answer_heard_later_counts_as_the_first_response_and_a_reopened_episode_begins_when_they_wrote() -> None:
    source = open_file_source()
    attend_to(source, line("1", "Where is my parcel?"))
    answer = line("2", "It ships today.", minutes=40, parent="1", author="harbour", direction="out")
    attend_to(source, answer, minutes=90)
    case = Case.objects.get()
    assert case.episodes.get().first_response_at == at(40)
    resolve_case(case=case, by=an_agent(source), ask=False, words="", idempotency_key="r1", now=at(120))
    attend_to(source, line("3", "The box is empty", minutes=200, parent="1"), minutes=500)
    second = case.episodes.get(number=2)
    assert (second.opened_at, second.first_response_at) == (at(200), None)


def test_under_a_post_of_ours_each_customer_has_a_case_of_their_own() -> None:
    source = open_file_source()
    lost = "My parcel never came. Where is it?"
    attend_to(
        source,
        line("post", "Our autumn jackets are here!", direction="out", author="harbour"),
        line("a1", lost, author="mara", parent="post", minutes=1),
        line("b1", "I was charged twice! Give me my money back", author="kenji", parent="post", minutes=2),
        line("c1", "Where is my refund? I have been waiting for weeks!", author="amina", parent="b1", minutes=3),
    )
    assert sorted(Case.objects.values_list("identity__native_id", flat=True)) == ["amina", "kenji", "mara"]
    attend_to(
        source,
        line("ours", "Sorry, Mara! Which order was it?", direction="out", author="harbour", parent="a1", minutes=5),
        line("a2", "It was 48213", author="mara", parent="ours", minutes=6),
        minutes=90,
    )
    assert Case.objects.count() == 3
    mara = Case.objects.get(identity__native_id="mara")
    said = list(mara.messages.order_by("at").values_list("mention__external_id", flat=True))
    assert said == ["a1", "ours", "a2"], "what we answered her stands in her case alone"
    assert Mention.objects.get(external_id="post").disposition == "own"


def test_a_second_customer_under_our_post_doesnt_join_the_case_of_the_first() -> None:
    source = open_file_source()
    attend_to(source, line("post", "Did it arrive, Mara?", direction="out", author="harbour"))
    attend_to(source, line("a1", "No! My parcel never came.", author="mara", parent="post", minutes=1), minutes=61)
    attend_to(source, line("b1", "Mine is lost too, where is it?", author="kenji", parent="a1", minutes=2), minutes=62)
    attend_to(source, line("a2", "Hello?", author="mara", parent="post", minutes=3), minutes=63)
    first, second = Case.objects.order_by("number")
    assert [case.identity.native_id for case in (first, second)] == ["mara", "kenji"]
    said = first.messages.order_by("at").values_list("mention__external_id", flat=True)
    assert list(said) == ["post", "a1", "a2"]


def test_under_a_post_of_ours_the_cases_of_others_are_not_touched_when_one_writes_again() -> None:
    source = open_file_source()
    lost, others = "My parcel never came. Where is it?", ("kenji", "amina", "omar")
    answers = [line(f"{who}1", lost, author=who, parent="post", minutes=1) for who in ("mara", *others)]
    attend_to(source, line("post", "Our autumn jackets are here!", direction="out", author="harbour"), *answers)
    with CaptureQueriesContext(connection) as asked:
        attend_to(source, line("mara2", "Hello?", author="mara", parent="post", minutes=9), minutes=90)
    mara = Case.objects.get(identity__native_id="mara")
    locked = [sql for query in asked if 'FROM "care_case"' in (sql := query["sql"]) and "FOR UPDATE" in sql]
    assert locked
    for sql in locked:
        assert re.findall(r"\d+", sql.partition(" IN (")[2].partition(")")[0]) == [str(mara.pk)]


def test_under_a_customers_post_a_conversation_is_one_case_whoever_joins_in() -> None:
    source = open_file_source()
    attend_to(source, line("a1", "My parcel never came. Where is it?", author="mara"))
    attend_to(source, line("b1", "Mine neither, where is it?", author="kenji", parent="a1", minutes=2), minutes=62)
    assert Case.objects.count() == 1


def test_under_a_post_of_ours_only_what_the_speaker_said_before_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goodword.care.attend._EARLIER", 2)
    source = open_file_source()
    praise = "Love the new jacket, thank you!"
    attend_to(
        source,
        line("post", "Our autumn jackets are here!", direction="out", author="harbour"),
        line("a1", praise, author="mara", parent="post", minutes=1),
        *(line(f"{n}", praise, author=f"fan{n}", parent="post", minutes=3 + n) for n in range(5)),
    )
    assert not Case.objects.exists()
    attend_to(source, line("a2", "Where is mine? It never came!", author="mara", parent="post", minutes=9), minutes=90)
    said = Case.objects.get().messages.order_by("at").values_list("mention__external_id", flat=True)
    assert list(said) == ["a1", "a2"]


@pytest.mark.parametrize("when_asked", [True, False])
def test_who_was_asked_may_say_yes_in_many_words_and_who_was_not_is_read(when_asked: bool) -> None:
    source = open_file_source()
    case = resolved(source)
    if when_asked:
        first = case.episodes.get()
        Episode.objects.filter(pk=first.pk).update(resolution=Resolution.PROPOSED)
        Message.objects.create(
            workspace_id=case.workspace_id, case=case, episode=first, kind="reply", purpose=Purpose.RESOLUTION,
            text="Is it solved?", delivery=Delivery.SENT, at=at(120),
        )  # fmt: skip
    words = "Yes, it is. The driver found the house, and it fits. Thank you."
    attend_to(source, line("2", words, minutes=180, parent="1"), minutes=181)
    case.refresh_from_db()
    assert case.state == (State.RESOLVED if when_asked else State.OPEN)
    assert case.episodes.get(number=1).resolution == (Resolution.CONFIRMED if when_asked else "")
