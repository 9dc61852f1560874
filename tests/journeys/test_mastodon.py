"""Heard to answered on Mastodon: connected by the page, heard over a real socket, answered in the right thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TypeVar

import pytest
from django.test import Client

from goodword.care.attend import attend
from goodword.care.models import Case, Message, MessageKind
from goodword.care.new_reply import NewReply, Seen
from goodword.care.reply import queue_reply
from goodword.care.send import send_due
from goodword.connectors.mastodon.twin import TOKEN
from goodword.connectors.mastodon.twin_entities import status_id
from goodword.connectors.twins.world import Post, Visible
from goodword.kernel.clock import current_time
from goodword.listen import listening
from goodword.listen.models import Disposition, Gap, Mention, RawItem, Source
from goodword.listen.understand import understand
from goodword.staff.models import Role
from tests.care.world import World
from tests.connectors.mastodon.world import MastodonWorld

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 60.0  # seconds; nothing is measured, a machine may be slow
CONNECT = "/w/harbour/sources/new/mastodon/"
T = TypeVar("T")


def eventually(look: Callable[[], T | None]) -> T:
    """What `look` finds, as soon as it finds something."""
    deadline = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.05)
    return found


class Brand:
    """A brand on a twin of Mastodon, an agent, and a customer."""

    def __init__(self, place: MastodonWorld) -> None:
        self.place = place
        self.house = World()
        self.ana = self.house.agent("Ana Silva", Role.ADMIN)
        self.browser = Client()
        self.browser.force_login(self.ana)

    @property
    def form(self) -> dict[str, str]:
        """What an admin types."""
        settings = {f"setting-{name}": value for name, value in self.place.settings.items()}
        return {"name": "Mastodon", "setting-public": "no", "setting-history_days": "7", **settings}

    @property
    def source(self) -> Source:
        return Source.objects.get(name="Mastodon")

    def page(self, path: str) -> str:
        """What Ana reads there."""
        return str(self.browser.get(f"/w/harbour/{path}").content.decode())

    def attend(self) -> None:
        """What the jobs do that the listener wakes."""
        while understand(source_id=self.source.pk, limit=100, now=current_time()).raws:
            pass
        while attend(source_id=self.source.pk, limit=100, now=current_time()):
            pass

    def heard(self, post: Post) -> Mention:
        """A post as it was heard, understood and attended to."""

        def found() -> Mention | None:
            self.attend()
            return Mention.objects.filter(external_id=status_id(post)).exclude(disposition="").first()

        return eventually(found)

    def reply(self, case: Case, text: str) -> Post:
        """Ana answers, having seen everything; the post that the network then has."""
        case.refresh_from_db()
        queue_reply(
            case=case,
            by=self.ana,
            reply=NewReply(text=text, idempotency_key=f"key-of-{len(text)}"),
            seen=Seen(case.last_inbound_id),
            now=current_time() - timedelta(minutes=1),
        )
        eventually(lambda: send_due(now=current_time() + timedelta(minutes=5), limit=1) and self.said(text))
        (post,) = self.said(text)
        return post

    def said(self, text: str) -> list[Post]:
        """Posts of the brand with these words."""
        world = self.place.world
        return [post for post in world.posts() if post.author == world.brand and text in post.text]


@pytest.fixture
def brand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Brand]:
    """Listened to from beginning to end, as soon as it is connected."""
    monkeypatch.setattr(listening, "LONGEST_PAUSE", timedelta(seconds=0.5))
    monkeypatch.setattr(listening, "LOOK_FOR_SOURCES_EVERY", 0.2)
    with MastodonWorld() as place:
        brand, stop = Brand(place), threading.Event()
        listener = threading.Thread(target=listening.run, args=(stop,))
        listener.start()
        yield brand
        stop.set()
        listener.join(timeout=PATIENCE)
        assert not listener.is_alive()


def test_from_the_connecting_page_to_an_answer_in_its_thread(brand: Brand) -> None:
    first = brand.place.says("my jacket leaks, I want my money back")
    page = brand.browser.get(CONNECT).content.decode()
    assert "make a new application" in page
    tried = brand.browser.post(CONNECT + "trial/", brand.form).content.decode()
    assert "my jacket leaks" in tried
    assert f"{brand.place.settings['instance']}/settings/applications/new" in tried
    assert not Source.objects.filter(name="Mastodon").exists()
    assert brand.browser.post(CONNECT, brand.form).status_code == 303

    case = Case.objects.get(opening_mention=brand.heard(first))
    assert case.identity.name == "Mara Jovanović"
    assert brand.source.capabilities.max_length == 468, "the instance's own limit"
    answer = brand.reply(case, "We are sorry. Here is your money.")
    assert (answer.parent, answer.text) == (first.number, "@mara We are sorry. Here is your money.")

    own = brand.heard(answer)
    assert (own.direction, own.disposition, own.thread_id) == ("out", Disposition.OWN, case.thread_id)
    eventually(lambda: RawItem.objects.filter(delivery_id__contains=status_id(answer)).exists())
    brand.attend()  # the echo has come by now, and changes nothing
    assert Mention.objects.filter(external_id=status_id(answer)).count() == 1
    assert Message.objects.filter(case=case, kind=MessageKind.REPLY).count() == 1

    thanks = brand.place.world.say(brand.place.mara, "@harbour Thank you!", parent=answer.number)
    assert brand.heard(thanks).thread_id == case.thread_id
    page = brand.browser.get(f"/w/harbour/sources/{brand.source.pk}/").content.decode()
    assert "@harbour@twin.example" in page
    assert TOKEN not in page


def test_private_words_stay_private_and_what_is_taken_back_is_gone(brand: Brand) -> None:
    brand.browser.post(CONNECT, brand.form)
    private = brand.place.world.say(brand.place.mara, "@harbour my order is 4711", visible=Visible.DIRECT)
    mention = brand.heard(private)
    assert mention.private
    answer = brand.reply(Case.objects.get(opening_mention=mention), "It is on its way.")
    assert answer.visible is Visible.DIRECT
    brand.place.world.delete(private.number)

    def is_gone() -> bool:
        brand.attend()
        mention.refresh_from_db()
        return mention.deleted_at is not None

    eventually(is_gone)
    assert mention.text == ""


def test_an_outage_is_in_the_ledger_and_what_was_said_meanwhile_comes_in(brand: Brand) -> None:
    brand.browser.post(CONNECT, brand.form)
    brand.heard(brand.place.says("before"))
    brand.place.cut()
    eventually(lambda: Gap.objects.filter(until=None).exists())
    assert brand.source.state == Source.State.FAILING
    assert "Not heard since" in brand.page("sources/")
    assert "still open" in brand.page(f"sources/{brand.source.pk}/")
    gap = Gap.objects.get()
    Gap.objects.filter(pk=gap.pk).update(since=gap.since - timedelta(hours=1))
    assert "h not heard" in brand.page("reports/"), "figures of a time with a gap say so"
    meanwhile = brand.place.says("meanwhile")
    brand.place.mend()
    brand.heard(meanwhile)
    gap.refresh_from_db()
    assert gap.until is not None
    assert gap.filled_at is not None
    assert "came in after all" in brand.page(f"sources/{brand.source.pk}/")
    assert "Heard all the time" in brand.page("reports/")


def test_settings_that_cant_be_are_refused_in_words(brand: Brand) -> None:
    form = {**brand.form, "setting-history_days": "-1", "setting-instance": "https://a b"}
    answer = brand.browser.post(CONNECT, form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "It must be between 0 and 30." in page
    assert "Write an address of the web" in page
    assert not Source.objects.filter(name="Mastodon").exists()
