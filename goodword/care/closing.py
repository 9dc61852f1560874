"""The closing message, which asks the customer whether it is solved. Until it has arrived, nobody was asked."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from goodword.care.closing_words import QUESTIONS, SAME
from goodword.care.delivery import ARRIVED
from goodword.care.for_customers import for_customers
from goodword.care.models import Case, Episode, Message, MessageKind, ResolutionLink
from goodword.connectors.contract import Purpose
from goodword.kernel.ids import new_token, token_digest

LINK_LIVES = timedelta(days=30)
LOOKED_BACK = 10  # messages of the customer
TELLING = 20  # characters from which on the language of a message can be told


def was_asked(*, by: datetime | None = None) -> Exists:
    """A condition on episodes: the network took the closing message, by that moment if one is given."""
    closing = Message.objects.filter(
        case=OuterRef("case"), episode=OuterRef("pk"), purpose=Purpose.RESOLUTION, delivery__in=ARRIVED
    )
    if by is not None:
        # What we said stands as a mention with the time at which the network took it; `at` is when it was written.
        closing = closing.alias(arrived_at=Coalesce("mention__at", "at")).filter(arrived_at__lte=by)
    return Exists(closing)


def closing_text(words: str, link: str | None, *, lang: str = "") -> str:
    """The agent's words, and below them the question in a paragraph of its own: in `lang` where we know how to ask."""
    if lang in QUESTIONS:
        plain, with_link = QUESTIONS[lang]
        return _below(words, plain if link is None else with_link % {"link": link})
    with for_customers():
        if link is None:
            question = _("Is it solved for you? Please answer with yes or no.")
        else:
            asks = _("Is it solved for you? Please answer with yes or no, or tell us here: %(link)s")
            question = asks % {"link": link}
    return _below(words, question)


def _below(words: str, question: str) -> str:
    return f"{words.strip()}\n\n{question}" if words.strip() else question


def language_of(case: Case) -> str:
    """The ISO 639 code of what the customer wrote last; of a few letters nobody can tell, so an earlier message may."""
    heard = Message.objects.filter(case=case, kind=MessageKind.INBOUND, mention__isnull=False).order_by("-at", "-pk")
    latest = heard.values_list("mention__text", "mention__read_lang", "mention__lang")[:LOOKED_BACK]
    spoken = [(text, (read or said or "").lower().partition("-")[0]) for text, read, said in latest]
    told = [lang for text, lang in spoken if len(text) >= TELLING and lang not in {"", "und"}]
    lang = next(iter(told), "") or next((lang for _text, lang in spoken if lang), "")
    return SAME.get(lang, lang)


def own_words_of(message: Message) -> str:
    """The agent's words without the question and the link, which are made anew each time."""
    return message.text.rpartition("\n\n")[0]


def link_in(message: Message) -> QuerySet[ResolutionLink]:
    """The link that a closing message brings, whichever case and episode it has come to since; none if it has none."""
    found = re.search(r"/s/([\w-]+)/$", message.text)
    return ResolutionLink.objects.filter(digest=token_digest(found[1]) if found else "")


def issue_link(episode: Episode, now: datetime) -> str:
    """Make the episode's address. It can't be read again; a second resolution of the episode makes a new one."""
    token = new_token()
    ResolutionLink.objects.create(
        workspace_id=episode.workspace_id,
        episode=episode,
        digest=token_digest(token),
        asked_at=now,
        expires_at=now + LINK_LIVES,
    )
    return f"{settings.PUBLIC_URL}/s/{token}/"
