"""Heard to solved by e-mail: a real mail server, the real listener, a real database, and the verbs of the product.

The story's clock runs two hours behind the machine's, a minute a step, so that nobody waits for the outbox.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TypeVar

import pytest
from django.test import Client

from goodword.care.attend import attend
from goodword.care.models import Case, Message, MessageKind, Priority, Rating, Resolution, State
from goodword.care.new_reply import NewReply, Seen
from goodword.care.reply import queue_reply
from goodword.care.resolve import resolve_case
from goodword.care.send import send_due
from goodword.kernel.clock import current_time
from goodword.listen import listening
from goodword.listen.models import Disposition, Gap, Mention, RawItem, Source
from goodword.listen.sources import open_source
from goodword.listen.understand import understand
from goodword.staff.models import Agent
from tests import realmail
from tests.care.world import World
from tests.realmail import BRAND, RealMail

pytestmark = [
    pytest.mark.skipif(realmail.missing() is not None, reason=str(realmail.missing())),
    pytest.mark.django_db(transaction=True),
]

MARA, TROLL = "mara@customers.example", "troll@elsewhere.example"
PATIENCE = 60.0  # seconds; nothing is measured, a machine may be slow


class Post:
    """A brand whose mailbox is listened to, an agent, and people who write mails."""

    def __init__(self, mail: RealMail) -> None:
        self.mail = mail
        self.world = World()
        self.ana: Agent = self.world.agent("Ana Silva")
        self.source: Source = open_source(
            workspace=self.world.workspace,
            connector_key="mail",
            name="Customer care",
            settings=mail.settings(),
            channel="email",
            now=current_time(),
        )
        self._began = current_time().replace(microsecond=0) - timedelta(hours=2)
        self._minute = 0

    def now(self) -> datetime:
        """The story's clock, a minute on at each look."""
        self._minute += 1
        return self._began + timedelta(minutes=self._minute)

    def write(self, subject: str, text: str, *, sender: str = MARA, to: EmailMessage | None = None, **more: str) -> str:
        """A mail to the brand, as an answer to another one if given. Returns its Message-ID."""
        at = self.now()
        own_id = f"<{self._minute}.{sender}>"
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = f"Mara Jovanović <{sender}>", BRAND, subject
        message["Date"], message["Message-ID"] = format_datetime(at), own_id
        if to is not None:
            message["In-Reply-To"] = to["Message-ID"]
            message["References"] = f"{to.get('References', '')} {to['Message-ID']}".strip()
        for name, value in more.items():
            message[name.replace("_", "-")] = value
        message.set_content(text)
        self.mail.deliver(message)
        return own_id.strip("<>")

    def heard(self, native_id: str) -> Mention:
        """What was heard under a Message-ID, understood and attended to."""

        def found() -> Mention | None:
            self.attend()
            return Mention.objects.filter(external_id=native_id).exclude(disposition="").first()

        return eventually(found)

    def attend(self) -> None:
        """What the jobs do that the listener wakes."""
        while understand(source_id=self.source.pk, limit=100, now=current_time()).raws:
            pass
        while attend(source_id=self.source.pk, limit=100, now=current_time()):
            pass

    def send(self) -> EmailMessage:
        """Empty the outbox; the mail that the customer finds in their own mailbox."""
        before = len(self.mail.inbox(MARA))
        assert send_due(now=self.now(), limit=10) == 1
        (received,) = self.mail.inbox(MARA)[before:]
        return received

    def reply(self, case: Case, text: str) -> EmailMessage:
        """Ana answers, having seen everything."""
        case.refresh_from_db()
        queue_reply(
            case=case,
            by=self.ana,
            reply=NewReply(text=text, idempotency_key=f"reply-{self._minute}-key"),
            seen=Seen(case.last_inbound_id),
            now=self.now(),
        )
        return self.send()

    def resolve(self, case: Case) -> EmailMessage:
        """Ana thinks that it is solved, and asks."""
        case.refresh_from_db()
        key = f"resolve-{self._minute}-key"
        resolve_case(case=case, by=self.ana, ask=True, words="Your money is back.", idempotency_key=key, now=self.now())
        return self.send()


T = TypeVar("T")


def eventually(look: Callable[[], T | None]) -> T:
    """What `look` finds, as soon as it finds something."""
    deadline = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.05)
    return found


def quoting(text: str, original: EmailMessage) -> str:
    """An answer as mail programs write it: above the whole original, whose attribution they wrap."""
    said = original.get_body(preferencelist=("plain",))
    assert said is not None
    quoted = "".join(f"> {line}\n" for line in said.get_content().splitlines())
    return f"{text}\n\nOn Mon, 2 Mar 2026 at 12:00, Ana (Harbour) <{BRAND}>\nwrote:\n\n{quoted}"


@pytest.fixture
def mail() -> Iterator[RealMail]:
    with RealMail() as running:
        yield running


@pytest.fixture
def post(mail: RealMail, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    """Listened to from beginning to end."""
    monkeypatch.setattr(
        listening, "pause", lambda after, faults: timedelta(seconds=0.2)
    )  # not the half minute asked for
    monkeypatch.setattr(listening, "LOOK_FOR_SOURCES_EVERY", 0.2)
    post, stop = Post(mail), threading.Event()
    listener = threading.Thread(target=listening.run, args=(stop,))
    listener.start()
    yield post
    stop.set()
    listener.join(timeout=PATIENCE)
    assert not listener.is_alive()


def texts(case: Case) -> list[tuple[str, str]]:
    """Who said what in a case, in order: the first line of each message."""
    messages = Message.objects.filter(case=case).select_related("mention").order_by("at", "id")
    said = ((each.kind, each.mention.text if each.mention else each.text) for each in messages)
    return [(kind, text.strip().splitlines()[0]) for kind, text in said]


def test_from_a_mail_to_solved_says_the_customer(post: Post) -> None:
    first = post.write("Charged twice", "My card was charged twice for order 40718, I want my money back!")
    case = Case.objects.get(opening_mention=post.heard(first))
    assert (case.subject, case.identity.native_id, case.state) == ("Charged twice", MARA, State.OPEN)

    answer = post.reply(case, "Sorry! I am looking into it.")
    assert (answer["In-Reply-To"], answer["References"]) == (f"<{first}>", f"<{first}>")
    assert (answer["From"], answer["To"]) == (f'"Ana (Harbour)" <{BRAND}>', f"Mara Jovanović <{MARA}>")
    assert answer["Subject"] == "Re: Charged twice"
    assert answer.get_content().strip() == "Sorry! I am looking into it."

    second = post.write("Re: Charged twice", quoting("Any news? My rent goes out tomorrow.", answer), to=answer)
    assert post.heard(second).disposition == Disposition.CASE
    case.refresh_from_db()
    assert (case.state, case.message_count) == (State.OPEN, 3)

    question = post.resolve(case)
    assert question["In-Reply-To"] == f"<{second}>"
    assert question["References"].split() == [f"<{first}>", answer["Message-ID"], f"<{second}>"]
    word = post.write("Re: Charged twice", quoting("Yes, solved, thanks 5", question), to=question)
    assert post.heard(word).disposition == Disposition.NO_REPLY_NEEDED

    episode = case.episodes.get()
    assert (episode.resolution, episode.customer_words) == (Resolution.CONFIRMED, "Yes, solved, thanks 5")
    assert (episode.rating.solved, episode.rating.way) == (5, Rating.Way.ANSWER)
    case.refresh_from_db()
    assert case.state == State.RESOLVED
    assert [kind for kind, _ in texts(case)] == ["inbound", "reply", "inbound", "reply", "inbound"]
    assert Case.objects.count() == 1


def test_who_quotes_an_id_or_a_number_enters_nobodys_case(post: Post) -> None:
    first = post.write("Charged twice", "My card was charged twice, please help.")
    case = Case.objects.get(opening_mention=post.heard(first))
    answer = post.reply(case, "Sorry! Which order?")
    quoted = post.write("Re: Charged twice", "I am Mara, send the money to me instead!", sender=TROLL, to=answer)
    numbered = post.write(f"[#{case.number}] case {case.number}", "My refund please, it is urgent!", sender=TROLL)
    for native_id in (quoted, numbered):
        mention = post.heard(native_id)
        assert mention.thread_id != case.thread_id
        assert not Message.objects.filter(case=case, mention=mention).exists()
    assert texts(case) == [
        ("inbound", "My card was charged twice, please help."),
        ("reply", "Sorry! Which order?"),
    ]
    own = post.write("Re: Charged twice", "Order 40718.", to=answer)
    assert Message.objects.get(mention=post.heard(own)).case == case


def test_an_absence_note_is_no_word_on_anything_and_a_dispute_by_the_link_reopens(post: Post) -> None:
    first = post.write("Broken kettle", "The kettle is broken, I want a new one!")
    case = Case.objects.get(opening_mention=post.heard(first))
    question = post.resolve(case)
    absent = post.write(
        "Automatic reply: Re: Broken kettle",
        "I am out of the office until Monday.",
        to=question,
        Auto_Submitted="auto-replied",
    )
    assert post.heard(absent).disposition == Disposition.NO_REPLY_NEEDED
    case.refresh_from_db()
    assert (case.state, case.episodes.get().resolution) == (State.RESOLVED, Resolution.PROPOSED)

    link = re.search(r"/s/[^/\s]+/", question.get_content())
    assert link is not None
    customer = Client(enforce_csrf_checks=True)
    assert customer.get(link.group()).status_code == 200
    before = case.priority
    assert customer.post(f"{link.group()}dispute/", {"words": "It still leaks."}).status_code == 303
    case.refresh_from_db()
    assert (case.state, case.episodes.count()) == (State.OPEN, 2)
    assert case.priority > before
    assert case.priority >= Priority.HIGH
    assert case.episodes.get(number=1).resolution == Resolution.DISPUTED
    assert texts(case)[-1] == ("inbound", "It still leaks.")


def test_a_lost_connection_is_a_gap_that_closes_and_nothing_is_lost_or_twice(post: Post) -> None:
    early = [post.write(f"Order {number}", f"Where is my order {number}?") for number in range(5)]
    eventually(lambda: RawItem.objects.count() == len(early))
    post.mail.stop_imap()
    gap = eventually(lambda: Gap.objects.filter(until=None).first())
    assert gap.reason
    eventually(lambda: Source.objects.filter(state=Source.State.FAILING).exists())

    post.mail.start_imap()
    late = [post.write(f"Order {number}", f"Where is my order {number}?") for number in range(5, 65)]
    eventually(lambda: RawItem.objects.count() >= len(early) + 10)
    post.mail.stop_imap()  # half-way through what is waiting
    eventually(lambda: Gap.objects.filter(until=None).exists())
    post.mail.start_imap()
    for native_id in (early[0], late[-1]):
        post.heard(native_id)

    gap.refresh_from_db()
    assert gap.until is not None
    assert gap.filled_at == gap.until
    eventually(lambda: not Gap.objects.filter(until=None).exists())
    eventually(lambda: Source.objects.filter(state=Source.State.LISTENING).exists())
    assert sorted(Mention.objects.values_list("external_id", flat=True)) == sorted(early + late)
    assert RawItem.objects.count() == len(early + late)
    assert Message.objects.filter(kind=MessageKind.INBOUND).count() == len(early + late)
