"""Topics: found in what no search names, the same from review to review, and told of once when they burst."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db.models import Value
from django.db.models.functions import Replace

from goodword.kernel.models import FactRow
from goodword.listen.match_mentions import match_mentions
from goodword.listen.models import Disposition, Mention, Sentiment, Topic, TopicBurst, TopicReview
from goodword.listen.review_topics import LOOKS_BACK, STEPS, review_topics, search_for
from goodword.listen.saved_searches import pause_search, save_search
from goodword.staff.models import Notice, Role
from tests.care.world import World
from tests.listen.heard import at

DAY = 24 * 60  # minutes
NOW = at(10 * DAY)
GATES = [
    "my smart card is refused at the new Ticket Gates",
    "the new Ticket Gates at central refuse every smart card",
    "stuck again, Ticket Gates say my card is not valid",
    "queue of fifty people because the Ticket Gates refuse cards",
    "who tested these ticket gates? none of our cards work",
]
DONE = ["took", "left", "found", "saw", "sold", "opened", "broke", "bought"]


@pytest.fixture
def world(db: None) -> World:
    """Ten days of umbrellas, and in the last hour something new."""
    made = World()
    for hour in range(0, 240, 5):
        made.case(f"{DONE[hour % len(DONE)]} an umbrella on the train at {hour}", when=hour * 60)
    for minute, text in enumerate(GATES * 2):
        made.case(text, when=10 * DAY - 55 + minute)
    return made


def review(world: World, now: datetime = NOW) -> dict[str, Topic]:
    review_topics(workspace_id=world.workspace.pk, now=now)
    return {topic.phrases[0].lower(): topic for topic in Topic.objects.of(world.workspace).order_by("place")}


def test_what_is_talked_about_is_counted_and_what_is_new_comes_first(world: World) -> None:
    Mention.objects.filter(text__startswith="stuck").update(sentiment=Sentiment.NEGATIVE)
    topics = review(world)
    gates = topics["ticket gates"]
    assert next(iter(topics)) == "ticket gates"
    assert (gates.is_new, gates.is_rising, gates.place) == (True, True, 0)
    assert (gates.mentions, gates.voices, gates.people) == (10, 5, 10)
    assert (gates.negative, gates.neutral, gates.positive) == (2, 0, 0)
    assert (gates.first_at, gates.last_at) == (at(10 * DAY - 55), at(10 * DAY - 46))
    assert (len(gates.steps), gates.steps[-1], sum(gates.steps)) == (STEPS, 10, 10)
    assert gates.search == '"ticket gates"'
    umbrella = topics["umbrella"]
    assert (umbrella.is_new, umbrella.mentions) == (False, 48)


def test_copies_are_one_voice_with_a_reach(world: World) -> None:
    identity = Mention.objects.filter(text=GATES[0]).earliest("at").identity
    identity.followers = 700
    identity.save()
    shown = review(world)["ticket gates"].typical
    assert {one["posts"] for one in shown} == {2}
    first = Mention.objects.filter(text=GATES[0]).earliest("at")
    assert [one["reach"] for one in shown if one["mention_id"] == first.pk] in ([700], [])


def test_who_goes_on_in_a_conversation_counts_once(world: World) -> None:
    case = world.case("The vending machine ate my coins", when=9 * DAY)
    for minute in range(8):
        world.inbound(case, f"It is the vending machine on platform {minute}", when=9 * DAY + minute)
    assert "vending machine" not in review(world)


@pytest.mark.parametrize("change", [{"disposition": Disposition.SPAM}, {"automatic": True}, {"deleted_at": NOW}])
def test_spam_machines_and_what_was_taken_back_are_no_topic(world: World, change: dict[str, object]) -> None:
    Mention.objects.filter(text__in=GATES).update(**change)
    assert "ticket gates" not in review(world)


def test_what_a_search_names_is_no_topic_until_it_is_paused(world: World) -> None:
    search = save_search(workspace=world.workspace, by=None, name="Gates", text="gates", now=NOW)
    mentions = list(Mention.objects.select_related("identity"))
    match_mentions(workspace_id=world.workspace.pk, mentions=mentions)
    topics = review(world)
    assert "umbrella" in topics
    assert "ticket gates" not in topics
    assert TopicReview.objects.get().looked_at == 48
    pause_search(search=search, by=None, now=NOW)
    assert "ticket gates" in review(world, NOW + timedelta(hours=1))


def test_a_topic_stays_itself_and_goes_when_nobody_talks_of_it(world: World) -> None:
    before = review(world)["ticket gates"]
    world.case("still these ticket gates. And my card?", when=10 * DAY + 20)
    later = NOW + timedelta(minutes=30)
    after = review(world, later)["ticket gates"]
    assert (after.pk, after.found_at, after.mentions) == (before.pk, NOW, 11)
    Mention.objects.filter(text__icontains="ticket gates").update(deleted_at=later)
    assert "ticket gates" not in review(world, later)
    assert not Topic.objects.filter(pk=before.pk).exists()


def test_a_review_is_due_when_something_was_said_or_an_hour_has_passed(world: World) -> None:
    def due(minutes: float) -> bool:
        return review_topics(workspace_id=world.workspace.pk, now=NOW + timedelta(minutes=minutes))

    assert due(0)
    assert not due(10)
    world.case("Good morning", when=10 * DAY + 15)
    assert due(20)
    assert not due(30)
    assert due(80)


def test_an_archive_has_the_topics_of_its_last_days_and_nobody_is_told(world: World) -> None:
    world.agent("Lea", Role.LEAD)
    assert "ticket gates" in review(world, NOW + 50 * LOOKS_BACK)
    assert TopicReview.objects.get().until < NOW
    world.case("again the ticket gates", when=10 * DAY)
    assert review(world, NOW + 51 * LOOKS_BACK)["ticket gates"].mentions == 11
    assert not Notice.objects.exists()


def test_whoever_it_is_said_to_is_no_topic(db: None) -> None:
    world = World()
    for number in range(12):
        world.case(f"@seaside {DONE[number % 8]} it #seaside" if number % 2 else "lovely seaside", when=number)
    assert review(world, at(60)) == {}
    Mention.objects.update(text=Replace("text", Value("@"), Value("")))
    assert list(review(world, at(150))) == ["seaside"]


def test_nothing_heard_is_no_topic(db: None) -> None:
    assert review(World()) == {}
    assert TopicReview.objects.get().looked_at == 0


def test_leads_are_told_once_of_a_burst(world: World) -> None:
    lea = world.agent("Lea", Role.LEAD)
    world.agent("Ana", Role.AGENT)
    earlier = NOW - timedelta(hours=2)
    review(world, earlier)  # the first look tells nobody: it would tell of all that there was
    topics = review(world)
    burst = TopicBurst.objects.get()
    assert (burst.topic, burst.observed) == (topics["ticket gates"], 10)
    assert burst.expected < 1
    world.case("still these ticket gates", when=10 * DAY + 20)
    review(world, NOW + timedelta(minutes=70))
    assert TopicBurst.objects.count() == 1
    [notice] = Notice.objects.all()
    assert (notice.agent, notice.kind, notice.subject) == (lea, Notice.Kind.BURST, f"topic:{burst.topic_id}")
    assert "10 mentions" in notice.text
    assert FactRow.objects.filter(kind="TopicRose").count() == 1


def test_the_first_look_tells_nobody(world: World) -> None:
    world.agent("Lea", Role.LEAD)
    review(world)
    assert TopicBurst.objects.exists()
    assert not Notice.objects.exists()


def test_another_workspace_is_not_heard(world: World) -> None:
    other = World("other")
    assert review(other) == {}
    assert review(world)
    assert not Topic.objects.of(other.workspace).exists()


def test_a_search_takes_as_many_wordings_as_it_has_room_for() -> None:
    assert search_for(["bag", "lost bags"]) == '"bag" OR "lost bags"'
    assert len(search_for([f"{number:0200}" for number in range(99)])) <= 4096
