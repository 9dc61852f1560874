"""Nothing that people read is nailed to English: every page, in a language that nobody speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit
from zoneinfo import available_timezones

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from pytest_django import Settings

from goodword.care.apology_words import Apology, apology_text
from goodword.care.models import Case, Delivery, Message, Rating, State
from goodword.care.resolve import resolve_case
from goodword.care.saved_replies import fill_variables
from goodword.care.snooze import snooze_case
from goodword.kernel.clock import current_time
from goodword.kernel.ids import new_token, token_digest
from goodword.listen.models import Gap, ImportRun, RawItem, SavedSearch, SearchBurst
from goodword.listen.public_key import public_key
from goodword.staff.models import Scoped, Team
from tests.care.postbox import open_postbox
from tests.care.world import World, at
from tests.house import pseudo_language
from tests.house.pseudo_language import LANGUAGE, make_catalogue, pseudo
from tests.house.test_workspaces import ADDRESSES, House
from tests.journeys.page_text import Page, Text, read_page
from tests.listen.chat import open_chat, write

pytestmark = pytest.mark.skipif(pseudo_language.missing() is not None, reason=str(pseudo_language.missing()))

# What is the same in every language: names of products and protocols, keys on a keyboard, codes.
NAMES = {
    *("Goodword", "Harbour", "IMAP", "SMTP", "TLS", "STARTTLS", "JSON", "Lines", "CSV", "mbox", "PEM", "UTC", "URL"),
    *("Gmail", "Microsoft", "Twitter", "HTML", "CSAT", "SLA", "Ctrl", "Esc", "Enter", "Shift", "Alt", "Tab", "Cmd"),
    *("Postbox", "Recorded", "English", "INBOX"),  # a connector and a channel of these tests; a language, a folder
    *("goodword", "import", "FILE", "as", "FORMAT", "https", "http", "MB", "KB", "GB", "JWT", "ClamAV", "EUR"),
}
WORD = re.compile(r"[A-Za-z]{2,}")
_ADDRESS = re.compile(r"https?://\S+|\n|/tmp/\S+|\S+@\S+")


@pytest.fixture
def translated(tmp_path: Path, settings: Settings) -> None:
    """The pseudo-language, compiled, as a language of this installation."""
    settings.LOCALE_PATHS = [make_catalogue(tmp_path)]
    settings.LANGUAGES = [("en", "English"), (LANGUAGE, "Ƥşḗŭḓǿ")]  # a language that was looked for is looked for anew


class Busy(House):
    """A workspace in which pages have something of every kind to show."""

    def __init__(self, folder: Path) -> None:
        super().__init__("harbour", 500)
        world, ana = self.world, self.agent
        source = open_postbox(world, folder / "posts")
        proposed = world.case("Где моя посылка?", source=source, assignee=ana, risk=70)
        resolve_case(case=proposed, by=ana, ask=True, words="", idempotency_key="resolve-it-now", now=at(20))
        self.episode = proposed.episodes.get()
        Rating.objects.create(workspace=world.workspace, episode=self.episode, solved=2, way=Rating.Way.LINK, at=at(30))
        snooze_case(case=world.case("Жду", when=5), by=ana, until=at(9000), now=at(6))
        failed = world.case("Нет", when=7, assignee=ana, team=Team.objects.first(), priority=4)
        reply = world.reply(failed, ana, "Да", delivery=Delivery.FAILED)
        reply.failure = "Сбой"
        reply.save()
        world.reply(world.case("Что?", when=8, assignee=ana), ana, "Да", delivery=Delivery.QUEUED)
        world.case("Всё", when=9, state=State.PENDING, next_due_at=at(10), assignee=ana).labels.add(world.label())
        mention = world.inbound(failed, "Ещё", when=10).mention
        assert mention is not None
        mention.edited_at, mention.url, mention.private, mention.rating = at(11), "https://x.example/1", True, 3
        mention.save()
        here = {"workspace": world.workspace, "source": source}
        Gap.objects.create(**here, since=at(0), until=at(5), reason="Сбой")
        Gap.objects.create(**here, since=at(6), reason="Сбой")
        ImportRun.objects.create(**here, file_name="Файл", started_at=at(0))
        RawItem.objects.create(**here, delivery_id="1", body=b"?", received_at=at(0), rejected_because="Сбой")
        self.ids["source"] = source.pk
        kept = {"workspace": world.workspace, "search": SavedSearch.objects.get(workspace=world.workspace)}
        rise = {"since": at(0), "observed": 9, "expected": 1, "confidence": 0.9}
        SearchBurst.objects.create(**kept, noticed_at=current_time() - timedelta(hours=1), **rise)
        self.chat = open_chat(world.workspace)
        write(self.chat, "Где моя посылка?")

    @property
    def known(self) -> list[str]:
        """Everything that people wrote or named, longest first."""
        values = {
            part
            for model in (*_scoped(Scoped), type(self.agent))
            for name in _text_fields(model)
            for value in model._base_manager.values_list(name, flat=True)
            for part in _ADDRESS.split(value or "")  # addresses become links, apart from the words around them
            if part.strip()
        }
        return sorted({*values, *(zone.replace("_", " ") for zone in available_timezones())}, key=len, reverse=True)


def _scoped(base: type[models.Model]) -> Iterator[type[models.Model]]:
    for model in base.__subclasses__():
        yield from _scoped(model)
        if not model._meta.abstract:
            yield model


def _text_fields(model: type[models.Model]) -> list[str]:
    texts = (models.CharField, models.TextField)
    return [field.name for field in model._meta.fields if isinstance(field, texts) and not field.choices]


def english_in(page: Page, known: list[str]) -> list[str]:
    """Visible texts of a page in which English is left, without what people wrote."""
    shown = [each.text for each in page.texts if not _is_a_key_or_code(each)]
    return sorted({text.strip() for text in (*shown, *page.labels) if _english(text, known)})


def _is_a_key_or_code(text: Text) -> bool:
    return any(tag in {"kbd", "code", "pre"} for tag, _ in text.around)


def _english(text: str, known: list[str]) -> bool:
    text = _ADDRESS.sub(" ", text)
    for value in known:
        text = text.replace(value, " ")
    return bool(set(WORD.findall(text)) - NAMES)


@pytest.mark.django_db
def test_every_page_speaks_the_language_it_is_asked_for(translated: None, tmp_path: Path) -> None:
    house = Busy(tmp_path)
    member = Client(headers={"accept-language": LANGUAGE})
    member.force_login(house.agent)
    visitor = Client(headers={"accept-language": LANGUAGE})
    known, left = house.known, {}
    pages = [(member, address) for address in _addresses(house)]
    pages += [(visitor, address) for address in _public_addresses(house)]
    looked_at = 0
    for client, address in pages:
        answer = client.get(address)
        if answer.status_code in {200, 404} and "text/html" in answer.headers["Content-Type"]:
            looked_at += 1
            if found := english_in(read_page(answer.content), _typed(address) + known):
                left[address] = found
    assert looked_at > 40
    assert not left, "\n".join(f"{address}: {texts}" for address, texts in left.items())


def _addresses(house: House) -> Iterator[str]:
    """Every address of the workspace; those of other methods answer with an empty page."""
    for name, _, parameters in ADDRESSES:
        ids = {key: house.ids[key] for key in parameters - {"workspace"}}
        yield reverse(name, kwargs={"workspace": "harbour", **ids})
    for key in ("mail", "chat", "recorded"):
        yield f"/w/harbour/sources/new/{key}/"
    for number in Case.objects.of(house.world.workspace).standing().values_list("number", flat=True):
        yield f"/w/harbour/cases/{number}/"
    yield from ("/w/harbour/inbox/?view=all", "/w/harbour/inbox/?q=жжж", "/w/harbour/search/?q=", "/preferences/")
    yield from ("/w/harbour/search/?q=жжж", "/w/harbour/nowhere/", "/w/harbour/inbox/?view=open&label=0&unread=1")
    yield from (f"/w/harbour/listening/?{urlencode({'q': text, 'days': 30})}" for text in SEARCHES)
    yield "/w/harbour/listening/?from=ж&to=ж"


def _typed(address: str) -> list[str]:
    """The words of a search in the address: operators and fields are the same in every language, and shown as typed."""
    searches = parse_qs(urlsplit(address).query).get("q", [])
    return sorted({word for text in searches for word in WORD.findall(text)}, key=len, reverse=True)


# One of everything that a search can say, and of what is said about one.
SEARCHES = (
    '(посылка OR "моя посылка" OR #ж OR @ж OR {Ж} OR раз* OR raw:ж OR "ж з"~2) NEAR/3 где',
    "где ONEAR/3 моя NOT (ж OR text:з)",
    "ж author:ж lang:ж country:ж channel:ж thread:ж title:ж type:ж sentiment:negative emotion:joy",
    "ж site:ж.example url:жжж link:ж.example rating:[1 TO 2] followers:[5 TO *] is:question",
    "посылка is:reply is:repost is:review rating:5 followers:[* TO 7]",
    *("ж AND з OR и", "(", '"', "NOT ж", "ж OR NOT з", "канал:ж", "rating:[5 TO 1]", "ж*", "ж AND з and и"),
)


def _public_addresses(house: Busy) -> Iterator[str]:
    yield from ("/accounts/login/", "/sign-in/unknown/", "/s/unknown/", "/nowhere/")
    token = new_token()
    house.episode.link.digest = token_digest(token)
    house.episode.link.save()
    yield f"/s/{token}/"
    yield reverse("chat:frame", args=[public_key(house.chat)])


@pytest.mark.django_db
def test_customers_are_written_to_in_the_language_of_the_house_whatever_the_agent_reads(
    translated: None, tmp_path: Path
) -> None:
    world = World()
    case = world.case(identity=world.identity(""), source=open_postbox(world, tmp_path / "posts"))
    ana = world.agent()
    with translation.override(LANGUAGE):
        assert gettext("there") == pseudo("there")
        words = [
            fill_variables(text="Hello {{customer.first_name}} {{customer.handle}}", case=case, agent=ana),
            apology_text(Apology("Mara", "It broke.", "mend it", at(1), "a voucher")),
        ]
        resolve_case(case=case, by=ana, ask=True, idempotency_key="solved-by-ana", now=at(9))
    words.append(Message.objects.latest("pk").text)
    assert "Is it solved" in words[-1]
    assert not any("⟦" in each for each in words), words


# What each form says when it is sent empty, or with nonsense.
FORMS = [
    ("/w/harbour/sources/new/mail/", {}),
    ("/w/harbour/sources/new/mail/", {"name": "Ж", "setting-address": "Ж", "setting-imap_port": "Ж"}),
    ("/w/harbour/cases/501/replies/", {"text": "", "idempotency_key": "key-of-a-form"}),
    ("/w/harbour/cases/501/notes/", {"text": ""}),
    ("/w/harbour/listening/searches/new/", {"name": "", "text": "ж"}),
    ("/w/harbour/listening/searches/new/", {"name": "Ж", "text": "("}),
    ("/w/harbour/cases/501/snooze/", {"until": "Ж"}),
    ("/w/harbour/cases/501/assignment/", {"agent": "999999"}),
    ("/w/harbour/cases/501/labels/", {"new": "Ж" * 100}),
    ("/w/harbour/cases/501/merge/", {"case": "Ж"}),
    ("/w/harbour/cases/501/split/", {}),
    ("/w/harbour/views/", {"name": ""}),
    ("/w/harbour/replies/new/", {"title": ""}),
    ("/w/harbour/bulk/", {"action": "resolve"}),
    ("/preferences/", {"name": "", "theme": "Ж"}),
    ("/accounts/login/", {"login": "Ж", "password": ""}),
]


@pytest.mark.django_db
def test_refused_forms_speak_it_too(translated: None, tmp_path: Path) -> None:
    house = Busy(tmp_path)
    member = Client(headers={"accept-language": LANGUAGE})
    member.force_login(house.agent)
    known, left, refused = house.known, {}, 0
    for address, fields in FORMS:
        client = Client(headers={"accept-language": LANGUAGE}) if address.startswith("/accounts") else member
        answer = client.post(address, fields)
        if "text/html" in answer.headers["Content-Type"] and answer.content:
            refused += 1
            if found := english_in(read_page(answer.content), known):
                left[f"{address} {fields}"] = found
    assert refused > 8
    assert not left, "\n".join(f"{address}: {texts}" for address, texts in left.items())


@pytest.mark.parametrize("text", ["%(n)d cases", "Hello <b>{name}</b> &amp; 100%%", r"line\nnext \"word\""])
def test_the_pseudo_language_keeps_what_a_translator_must_keep(text: str) -> None:
    kept = re.findall(r"%\(n\)d|<b>|</b>|\{name\}|&amp;|%%|\\n|\\\"", text)
    assert kept
    assert all(part in pseudo(text) for part in kept)
    assert not re.search(r"\b(cases|Hello|line|next|word)\b", pseudo(text))
