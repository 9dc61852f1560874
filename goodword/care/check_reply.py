"""What speaks against a reply: honesty's checks, with what care knows of its reader and of the replies before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from goodword.care.models import Case, Delivery, Message, MessageKind
from goodword.care.own_text import own_text
from goodword.care.terms import Terms, terms_of
from goodword.care.weigh import reading_of
from goodword.community.find_articles import find_articles
from goodword.community.models import Article
from goodword.community.models.article import Readers
from goodword.honesty.drafts import ask_worker, read_words, wait_for_worker
from goodword.honesty.inspect import Draft, Found, Said, inspect
from goodword.honesty.models import HouseRules
from goodword.honesty.policy import house_rules
from goodword.honesty.send_over import keep_reason
from goodword.language import pii
from goodword.people.models import Identity
from goodword.staff.models import Agent, Workspace

MOST_BEFORE = 300  # replies that a draft is compared with
MOST_ARTICLES = 3  # of the knowledge base that a draft is held against, those that are most about its matter
MOST_FOUND = 12  # articles that are looked at, some of them out of date or for our team only
MOST_TOLD = 20  # replies to this customer that a draft is held against
HURT_SEVERITY = 2.5  # of 4
HURT_FEELING = 0.9  # chance of anger, or that it reads as negative
MOST_PRIVATE = 20  # of the customer's private messages that are looked at for their data


def read_reply(case: Case, text: str, *, private: bool, now: datetime) -> tuple[list[Found], bool]:
    """What is found by now in a draft that is being written, and whether nobody will find more."""
    text, terms = own_text(text), terms_of(case)
    if not text:
        return [], True
    read = ask_worker(case.workspace, text, public=_is_public(terms, private), now=now)
    rules = house_rules(case.workspace)
    draft = _draft(case, text, public=_is_public(terms, private), rules=rules, now=now)
    return inspect(draft, read, workspace=case.workspace, rules=rules, now=now), read.whole


def check_before_sending(case: Case, text: str, *, private: bool, now: datetime) -> None:
    """Give the worker a moment to read the words to the end. Call it before, and outside of, the sending."""
    text = own_text(text)
    if text:
        wait_for_worker(case.workspace, text, public=_is_public(terms_of(case), private), now=now)


def check_reply(case: Case, text: str, *, private: bool, terms: Terms, now: datetime) -> list[Found]:
    """What is found in a reply that is to be sent, by what is known at this moment."""
    public = _is_public(terms, private)
    rules = house_rules(case.workspace)
    draft = _draft(case, text, public=public, rules=rules, now=now)
    read = read_words(case.workspace, text, public=public)
    return inspect(draft, read, workspace=case.workspace, rules=rules, now=now)


def check_words_for_reuse(workspace: Workspace, text: str, *, now: datetime) -> list[Found]:
    """What is found in words that may be sent to anybody, in public too."""
    rules, read = house_rules(workspace), read_words(workspace, text, public=True)
    known = _articles(workspace.pk, text, now)
    draft = Draft(text=text, public=True, articles=known.believed, inside=known.inside)
    return inspect(draft, read, workspace=workspace, rules=rules, now=now)


def keep_reply_reason(message: Message, found: Sequence[Found], *, reason: str, by: Agent, now: datetime) -> None:
    """Why the reply goes out although something was found; call it in the transaction that queues it."""
    case = message.case
    keep_reason(
        found=found,
        reason=reason,
        by=by,
        workspace_id=case.workspace_id,
        subject=f"message:{message.pk}",
        person_id=case.identity.person_id,
        case=(case.pk, case.number),
        feed="" if message.private else case.channel,
        now=now,
    )


def _is_public(terms: Terms, private: bool) -> bool:
    return not terms.becomes_private(private)


def _draft(case: Case, text: str, *, public: bool, rules: HouseRules, now: datetime) -> Draft:
    known = _articles(case.workspace_id, text, now)
    return Draft(
        text=text,
        public=public,
        person_id=case.identity.person_id,
        known=_known_data(case) if public else (),
        said_before=_said_to_others(case, since=now - timedelta(hours=rules.same_hours)) if public else (),
        feed=case.channel if public else "",
        articles=known.believed,
        inside=known.inside,
        told=_told_before(case),
        to_hurt=_is_hurt(case),
    )


def _is_hurt(case: Case) -> bool:
    """Whether what the customer said last reads as trouble that wants a word of sympathy; yes where nothing is read."""
    last = Message.objects.filter(pk=case.last_inbound_id).select_related("mention").first()
    if last is None or last.mention is None or not last.mention.reading:
        return True
    reading = reading_of(last.mention)
    return reading.severity >= HURT_SEVERITY or max(reading.anger, reading.negative) >= HURT_FEELING


@dataclass(frozen=True, slots=True)
class _Known:
    """What the knowledge base says of the matter: in articles that are believed today, and in our team's own."""

    believed: Sequence[Said]
    inside: Sequence[Said]


def _articles(workspace_id: int, text: str, now: datetime) -> _Known:
    found = find_articles(
        Article.objects.standing().defer("words"), workspace_id=workspace_id, text=text, limit=MOST_FOUND
    )
    believed = [article for article in found if not article.needs_review(now.date())]
    inside = [article for article in found if article.readers == Readers.INSIDE]
    return _Known(_said(believed[:MOST_ARTICLES]), _said(inside))


def _said(articles: Sequence[Article]) -> list[Said]:
    return [Said(article.title, article.text, inside=article.readers == Readers.INSIDE) for article in articles]


def _told_before(case: Case) -> list[Said]:
    """What people wrote to this customer, in this case and in others, the latest first."""
    replies = (
        Message.objects.of(case.workspace_id)
        .filter(kind=MessageKind.REPLY, automatic=False, case__identity__person_id=case.identity.person_id)
        .exclude(delivery__in=[Delivery.UNDONE, Delivery.FAILED, Delivery.HELD])
    )
    latest = replies.order_by("-at").values_list("at", "text")[:MOST_TOLD]
    zone = ZoneInfo(case.workspace.zone)
    return [Said(where=date_format(at.astimezone(zone), "DATE_FORMAT"), text=text) for at, text in latest]


def _known_data(case: Case) -> list[str]:
    """What we know of the customer and not everybody does: their addresses elsewhere, and what they told us apart."""
    identities = Identity.objects.of(case.workspace_id).filter(person_id=case.identity.person_id)
    elsewhere = [
        value
        for channel, native_id, handle, email in identities.values_list("channel", "native_id", "handle", "email")
        for value in ((email,) if channel == case.channel else (email, native_id, handle))
    ]
    apart = (
        Message.objects.of(case.workspace_id)
        .filter(case=case, kind=MessageKind.INBOUND, mention__private=True)
        .order_by("-at", "-pk")
        .values_list("mention__text", flat=True)[:MOST_PRIVATE]
    )
    told = [text[slice(*found.span)] for text in apart for found in pii.find(text)]
    return [value for value in (*elsewhere, *told) if value]


def _said_to_others(case: Case, *, since: datetime) -> list[str]:
    """What agents answered in public in other cases, the latest first."""
    replies = (
        Message.objects.of(case.workspace_id)
        .filter(kind=MessageKind.REPLY, private=False, automatic=False, agent__isnull=False, at__gte=since)
        .exclude(case=case)
        .exclude(delivery__in=[Delivery.UNDONE, Delivery.FAILED])
    )
    return list(replies.order_by("-at").values_list("text", flat=True)[:MOST_BEFORE])
