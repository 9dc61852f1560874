from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goodword.care.models import Case
from goodword.connectors.contract import Direction, Kind
from goodword.kernel.clock import current_time
from goodword.listen.models import Disposition, Mention, Thread
from goodword.staff.models import Agent, Role
from goodword.triage.readers import reader
from goodword.web import mentions as page_of_mentions
from goodword.web.mentions import MentionFilter, read_mentions
from tests.care.world import World, at

pytestmark = pytest.mark.django_db

ADDRESS = "/w/harbour/mentions/"
SignIn = Callable[[Agent], Client]


def mention(
    world: World, text: str, disposition: Disposition, *, when: float = 0, channel: str = "", **fields: object
) -> Mention:
    source = world.source
    return Mention.objects.create(
        workspace=world.workspace,
        source=source,
        thread=Thread.objects.create(workspace=world.workspace, source=source),
        identity=world.identity(f"{text}-{when}"),
        channel=channel or source.channel,
        external_id=f"outside {text} {when}",
        direction=(Direction.OUT if disposition == Disposition.OWN else Direction.IN).value,
        kind=Kind.POST.value,
        text=text,
        at=at(when),
        received_at=at(when),
        disposition=disposition,
        reading=reader().read([text])[0].as_json(),
        **{"disposition_reason": "because", **fields},
    )


def texts(world: World, query: str, after: str = "") -> list[str]:
    page = read_mentions(world.workspace, MentionFilter.read(QueryDict(query)), after=after)
    return [row.mention.text for row in page.rows]


def test_private_data_is_masked(world: World, signed_in: SignIn) -> None:
    lately = (current_time() - at(5)).total_seconds() / 60
    mention(world, "Mail mara@example.org", Disposition.PRAISE_KEPT, when=lately, title="Call +44 20 7946 0958")
    lea = signed_in(world.agent("Lea", Role.LEAD))
    page, fans = (lea.get(address).content.decode() for address in (ADDRESS, "/w/harbour/being-there/"))
    assert "Call [phone number]" in page
    assert "Mail [e-mail address]" in page
    assert "Mail [e-mail address]" in fans
    assert "7946" not in page + fans


@pytest.fixture
def heard(world: World) -> World:
    world.case("My parcel never came")
    mention(world, "Love it", Disposition.PRAISE_KEPT, when=1)
    mention(world, "Buy followers", Disposition.SPAM, when=2, channel="other")
    mention(world, "We open at nine", Disposition.OWN, when=3)
    return world


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["We open at nine", "Buy followers", "Love it"]),
        ("disposition=all", ["We open at nine", "Buy followers", "Love it", "My parcel never came"]),
        ("disposition=spam", ["Buy followers"]),
        ("disposition=case", ["My parcel never came"]),
        ("channel=other", ["Buy followers"]),
        ("words=love", ["Love it"]),
        ("words=IT+love", ["Love it"]),
        ("words=100%25", []),
        ("since=2026-03-02", ["We open at nine", "Buy followers", "Love it"]),
        ("since=2026-03-03", []),
        ("source=999999", []),
        ("disposition=nonsense&since=x&source=y", ["We open at nine", "Buy followers", "Love it"]),
        ("words=%00&source=" + "9" * 400, ["We open at nine", "Buy followers", "Love it"]),
    ],
)
def test_the_address_says_what_is_shown(heard: World, query: str, found: list[str]) -> None:
    assert texts(heard, query) == found


def test_pages_follow_each_other_and_miss_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_of_mentions, "PAGE", 3)
    for number in range(8):
        mention(world, f"Love {number}", Disposition.PRAISE_KEPT, when=number // 2)  # two at each moment
    seen, after = [], ""
    while True:
        page = read_mentions(world.workspace, MentionFilter(), after=after)
        seen += [row.mention.text for row in page.rows]
        after = page.after
        if not after:
            break
    assert seen == [f"Love {number}" for number in reversed(range(8))]


def test_what_is_rare_is_looked_for_step_by_step(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_of_mentions, "LOOKED_THROUGH", 4)
    mention(world, "Buy followers", Disposition.SPAM)
    for number in range(1, 10):
        mention(world, f"Love {number}", Disposition.PRAISE_KEPT, when=number // 2)
    chosen = MentionFilter(disposition="spam")
    found, after, steps = [], "", []
    while True:
        page = read_mentions(world.workspace, chosen, after=after)
        found += [row.mention.text for row in page.rows]
        steps.append(page.looked_back_to)
        after = page.after
        if not after:
            break
    assert found == ["Buy followers"]
    assert steps[0] == at(3)
    assert steps[-1] is None


def test_a_row_leads_to_its_case(heard: World, signed_in: SignIn) -> None:
    client = signed_in(heard.agent())
    assert (
        f"/w/harbour/cases/{Case.objects.get().number}/" in client.get(ADDRESS + "?disposition=case").content.decode()
    )


def test_without_a_script_a_decision_shows_on_top_of_the_same_list_with_its_undo(
    heard: World, signed_in: SignIn
) -> None:
    client, praise = signed_in(heard.agent()), Mention.objects.get(text="Love it")
    answer = client.post(
        f"{ADDRESS}{praise.pk}/disposition/", {"disposition": "spam", "list": "disposition=praise_kept"}
    )
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{ADDRESS}?disposition=praise_kept&changed={praise.pk}"
    shown = client.get(answer.headers["Location"]).content.decode()
    assert f"{ADDRESS}{praise.pk}/disposition/undoing/" in shown
    praise.refresh_from_db()
    assert praise.disposition == "spam"
    client.post(f"{ADDRESS}{praise.pk}/disposition/undoing/")
    praise.refresh_from_db()
    assert praise.disposition == "praise_kept"


def test_with_a_script_the_row_is_drawn_anew(heard: World, signed_in: SignIn) -> None:
    client, praise = signed_in(heard.agent()), Mention.objects.get(text="Love it")
    address = f"{ADDRESS}{praise.pk}/disposition/"
    answer = client.post(address, {"disposition": "answered"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert f'id="undo-{praise.pk}"' in answer.content.decode()
    assert "Answered" in answer.content.decode()
    refused = client.post(address, {"disposition": "case"}, headers={"HX-Request": "true"})
    assert refused.status_code == 204
    assert "Choose what became of it" in refused.headers["HX-Trigger"]


def test_a_case_is_opened_from_a_row(world: World, signed_in: SignIn) -> None:
    client, praise = signed_in(world.agent()), mention(world, "Love it", Disposition.PRAISE_KEPT)
    answer = client.post(f"{ADDRESS}{praise.pk}/case/")
    assert answer.headers["Location"] == "/w/harbour/cases/1/"
    assert Case.objects.get().opening_mention == praise


def test_who_may_only_read_is_offered_nothing_and_refused(heard: World, signed_in: SignIn) -> None:
    client, praise = signed_in(heard.agent("Vera", Role.VIEWER)), Mention.objects.get(text="Love it")
    assert "/disposition/" not in client.get(ADDRESS).content.decode()
    for name in ("case/", "disposition/", "disposition/undoing/"):
        assert client.post(f"{ADDRESS}{praise.pk}/{name}", {"disposition": "spam"}).status_code == 403
    praise.refresh_from_db()
    assert praise.disposition == "praise_kept"


def test_nothing_is_offered_for_our_own_words(world: World, signed_in: SignIn) -> None:
    mention(world, "We open at nine", Disposition.OWN)
    assert "/disposition/" not in signed_in(world.agent()).get(ADDRESS).content.decode()


def test_text_of_people_is_escaped_and_finds_its_own_direction(world: World, signed_in: SignIn) -> None:
    mention(world, "<script>alert(1)</script>", Disposition.SPAM)
    shown = signed_in(world.agent()).get(ADDRESS).content.decode()
    assert "<script>alert(1)" not in shown
    assert '<div class="words breaks" dir="auto">&lt;script&gt;' in shown


def test_the_page_itself_asks_four_questions_at_most(heard: World) -> None:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        read_mentions(heard.workspace, MentionFilter(words="love"))
        page_of_mentions.sources_of(heard.workspace)
    assert len(captured) <= 4
