"""The weekly letters by mail, against a real mail server: once a week, in the brand's zone, and left by a link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfoNotFoundError

import pytest
from django.test import Client

from goodword.insight.mail_letters import mail_letters
from goodword.learn.letter_post import PAUSES, doubt_letters, lay_out
from goodword.learn.letter_readers import MOST, BadReader, add_reader, leaving_address
from goodword.learn.models import LetterReader, MailedLetter
from goodword.staff.models import Role, Workspace
from goodword.triage.models import Audience
from tests import realmail
from tests.care.world import World, at
from tests.insight.test_letters import DAY, cause, complain
from tests.realmail import RealMail

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(realmail.missing() is not None, reason=str(realmail.missing())),
]
# Monday the 9th, 7:00 in Auckland, is still Sunday in UTC.
SEVEN = datetime(2026, 3, 8, 18, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
READER = "pam@product.example"


@pytest.fixture(scope="module")
def server() -> Iterator[RealMail]:
    with RealMail() as running:
        yield running


@pytest.fixture
def mail(server: RealMail, settings: Any) -> RealMail:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.smtp_port, False
    server._delivery.taken.clear()
    return server


@pytest.fixture
def brand(world: World) -> Workspace:
    world.workspace.zone = "Pacific/Auckland"
    world.workspace.save()
    crash = cause(world, "Crash", Audience.PRODUCT)
    complain(world, crash, "It crashed & burned", day=1)
    complain(world, crash, "Said next week", day=8)
    return world.workspace


def put_down(world: World, audience: Audience = Audience.PRODUCT, email: str = READER) -> LetterReader:
    first = world.workspace.memberships.select_related("agent").first()
    by = first.agent if first else world.agent("Lou", Role.LEAD)
    return add_reader(workspace=world.workspace, audience=audience, email=email, by=by, now=at(0))


def post(brand: Workspace, now: datetime) -> int:
    """As the clock does every five minutes."""
    lay_out(workspace=brand, now=now)
    return mail_letters(limit=9, clock=lambda: now)


def body(message: EmailMessage) -> str:
    return str(message.get_content())


def test_it_goes_out_once_on_monday_at_seven_in_the_brands_zone(brand: Workspace, world: World, mail: RealMail) -> None:
    put_down(world)
    put_down(world, Audience.SALES)
    assert [post(brand, SEVEN + minutes * MINUTE) for minutes in (-1, 0, 5, 3 * DAY)] == [0, 2, 0, 0]
    assert [message["to"] for message in mail.sent()] == [READER, READER]
    product = next(message for message in mail.inbox(READER) if "to Product" in str(message["subject"]))
    text = body(product)
    assert "Crash: n = 1" in text
    assert "“It crashed & burned”" in text
    assert "Said next week" not in text
    assert re.search(r"/w/harbour/cases/\d+/", text)
    assert set(MailedLetter.objects.values_list("state", flat=True)) == {MailedLetter.State.SENT}
    assert post(brand, SEVEN + 7 * DAY * MINUTE) == 2  # the week after


@pytest.mark.parametrize("laid_out", [True, False])
def test_what_was_due_since_the_backup_is_not_sent_after_a_restore(
    laid_out: bool, brand: Workspace, world: World, mail: RealMail
) -> None:
    put_down(world)
    if laid_out:
        lay_out(workspace=brand, now=SEVEN)
    assert doubt_letters(now=SEVEN + MINUTE) == 1
    assert post(brand, SEVEN + 5 * MINUTE) == 0
    assert MailedLetter.objects.get().state == MailedLetter.State.SENDING
    assert post(brand, SEVEN + 7 * DAY * MINUTE) == 1  # the week after


def test_who_came_later_gets_the_next_one(brand: Workspace, world: World, mail: RealMail) -> None:
    reader = put_down(world)
    LetterReader.objects.filter(pk=reader.pk).update(since=SEVEN + MINUTE)
    assert (post(brand, SEVEN + 10 * MINUTE), post(brand, SEVEN + 7 * DAY * MINUTE)) == (0, 1)


def test_what_was_surely_not_taken_is_tried_again(brand: Workspace, world: World, mail: RealMail) -> None:
    put_down(world)
    mail.fail_next("RCPT", "450 later")
    mail.fail_next("DATA", "451 later still")
    moments = [SEVEN, SEVEN + MINUTE, SEVEN + PAUSES[0], SEVEN + PAUSES[0] + PAUSES[1], SEVEN + DAY * MINUTE]
    assert [post(brand, moment) for moment in moments] == [1, 0, 1, 1, 0]
    letter = MailedLetter.objects.get()
    assert (letter.state, letter.attempts, len(mail.sent())) == (MailedLetter.State.SENT, 3, 1)


def test_a_refused_address_is_not_tried_again_and_says_so(brand: Workspace, world: World, mail: RealMail) -> None:
    put_down(world)
    mail.fail_next("RCPT", "550 nobody here")
    assert [post(brand, SEVEN + hours * 60 * MINUTE) for hours in (0, 1, 24)] == [1, 0, 0]
    letter = MailedLetter.objects.get()
    assert (letter.state, letter.says) == (MailedLetter.State.FAILED, "The mail server refuses the address.")


def test_what_was_perhaps_taken_is_not_sent_twice(brand: Workspace, world: World, mail: RealMail) -> None:
    put_down(world)
    mail.fail_next("TAKEN", "drop")
    assert [post(brand, SEVEN + hours * 60 * MINUTE) for hours in (0, 1, 24)] == [1, 0, 0]
    assert (len(mail.sent()), MailedLetter.objects.get().state) == (1, MailedLetter.State.SENDING)


def test_a_server_that_is_down_is_asked_once_a_round(
    brand: Workspace, world: World, mail: RealMail, settings: Any
) -> None:
    put_down(world)
    put_down(world, Audience.SALES)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert post(brand, SEVEN) == 1
    settings.EMAIL_PORT = port
    assert [post(brand, SEVEN + pause) for pause in (MINUTE, PAUSES[0])] == [1, 1]
    assert len(mail.sent()) == 2


def test_what_could_not_be_written_is_written_later(brand: Workspace, world: World, mail: RealMail) -> None:
    put_down(world)
    lay_out(workspace=brand, now=SEVEN)
    Workspace.objects.update(zone="Nowhere/Nothing")
    with pytest.raises(ZoneInfoNotFoundError):
        mail_letters(limit=9, clock=lambda: SEVEN)
    letter = MailedLetter.objects.get()
    assert (letter.state, letter.says) == (MailedLetter.State.WAITS, "It could not be written.")
    Workspace.objects.update(zone=brand.zone)
    assert [post(brand, SEVEN + pause) for pause in (MINUTE, PAUSES[0])] == [0, 1]
    letter.refresh_from_db()
    assert (letter.state, letter.says, len(mail.sent())) == (MailedLetter.State.SENT, "", 1)


def test_its_reader_leaves_by_the_link_of_the_mail(brand: Workspace, world: World, mail: RealMail) -> None:
    for audience in (Audience.PRODUCT, Audience.PR, Audience.SALES):
        put_down(world, audience)
    put_down(world, email="other@product.example")
    post(brand, SEVEN)
    mine = (message for message in mail.sent() if message["to"] == READER)
    message = next(message for message in mine if "to Product" in str(message["subject"]))
    link = str(message["list-unsubscribe"]).strip(" <>")
    assert link in body(message)
    stranger, path = Client(enforce_csrf_checks=True), urlsplit(link).path
    assert "The letter to PR" in stranger.get(path).content.decode()
    assert LetterReader.objects.count() == 4  # opening it changes nothing
    stranger.post(path, {"audience": ["pr"]})
    assert stranger.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200  # by the mail program
    left = LetterReader.objects.filter(email=READER).values_list("audience", flat=True)
    assert (list(left), LetterReader.objects.count()) == (["sales"], 2)
    assert stranger.get(path).status_code == 404
    assert stranger.get("/letters/1:forged/").status_code == 404


def test_a_lead_puts_readers_down_and_takes_them_off(world: World, lead: Client) -> None:
    address = "/w/harbour/letters/readers/"
    wrong = lead.post(address, {"audience": "pr", "email": "nobody"})
    assert (wrong.status_code, 'value="nobody"' in wrong.content.decode()) == (422, True)
    assert lead.post(address, {"audience": "everybody", "email": READER}).status_code == 404
    for _twice in range(2):
        assert lead.post(address, {"audience": "pr", "email": READER.upper()}).status_code == 303
    page = lead.get("/w/harbour/letters/?audience=pr").content.decode()
    assert READER in page
    assert READER not in lead.get("/w/harbour/letters/?audience=sales").content.decode()
    reader = LetterReader.objects.get()
    lead.post(f"{address}{reader.pk}/removal/")
    assert LetterReader.objects.count() == 0
    lead.force_login(world.agent("Ana"))
    assert lead.post(address, {"audience": "pr", "email": READER}).status_code == 403


def test_a_letter_has_so_many_readers_at_most(world: World) -> None:
    for place in range(MOST):
        put_down(world, email=f"r{place}@product.example")
    with pytest.raises(BadReader, match="50 readers at most"):
        put_down(world)


def test_the_link_is_of_one_reader(world: World) -> None:
    assert leaving_address(put_down(world)) != leaving_address(put_down(world, Audience.PR))
