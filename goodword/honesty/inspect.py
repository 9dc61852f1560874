"""Everything that speaks against a draft: its words, and what is known of its reader, its matter and earlier replies.

`read_words` judges the words; the rest needs data, which the room above gives with the draft.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.honesty.drafts import Read
from goodword.honesty.flags import FLAGS, Level
from goodword.honesty.models import HouseRules, SentOver, Statement
from goodword.honesty.policy import levels_of
from goodword.honesty.rules import GOOD, Finding
from goodword.honesty.rules.advert import undisclosed
from goodword.honesty.rules.claims import conflict
from goodword.honesty.rules.contradiction import contradicting
from goodword.honesty.rules.known import known_in
from goodword.honesty.rules.quoted import quoted_from
from goodword.honesty.rules.sameness import times_said
from goodword.honesty.rules.secret import confidential_in, secrets_in
from goodword.staff.models import Workspace


@dataclass(frozen=True, slots=True)
class Said:
    """What the house said elsewhere: the title of an article or the day of a reply, and the words.

    What only our team may read is `inside`, and never offered as better words.
    """

    where: str
    text: str
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What is going to be read outside, by everybody if it is `public`, in the channel `feed`.

    `known` is data of the customer that not everybody knows, `said_before` what was sent to others within the hours
    of the house's rules, `person_id` who it is written to. `articles` of the knowledge base are about the matter, as
    are those of `inside`, which only our team may read; `told` is what this customer was told before, the latest
    first, each with the day. Who is not `to_hurt`, and asked for a plain fact, is not brushed off by one.
    """

    text: str
    public: bool
    person_id: int | None = None
    known: Sequence[str] = ()
    said_before: Sequence[str] = ()
    feed: str = ""
    articles: Sequence[Said] = ()
    inside: Sequence[Said] = ()
    told: Sequence[Said] = ()
    to_hurt: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as a page shows it, in the reader's language. `instead` takes the place of the words `span`."""

    flag: str
    label: str | Promise
    level: Level
    span: str
    why: str
    instead: str | None

    @property
    def leaves_out(self) -> bool:
        """Whether nothing takes the words' place."""
        return self.instead == ""


def inspect(draft: Draft, read: Read, *, workspace: Workspace, rules: HouseRules, now: datetime) -> list[Found]:
    """What speaks against it by this house's policy, what blocks first; each flag once for the same words."""
    levels = levels_of(workspace)
    found = [
        *_of_words(read, to_hurt=draft.to_hurt),
        *_of_data(draft, rules),
        *_of_statements(draft, workspace, now),
        *_of_what_was_said(draft),
    ]
    if any(each.flag in _OFFERS for each in found):
        found += _too_many_in_feed(draft, workspace, rules, now)
        if capped := _too_many_offers(draft, workspace, rules, now):
            found = _told_why_capped(found, capped)
            levels["sell"] = Level.BLOCK if levels["sell"] == Level.WARN else levels["sell"]
    shown = [
        Found(each.flag, FLAGS[each.flag].label, levels[each.flag], each.span, each.why, each.better)
        for at, each in enumerate(found)
        if levels[each.flag] != Level.OFF and not any(_holds(other, each) for other in found[:at])
    ]
    return sorted(shown, key=lambda each: each.level != Level.BLOCK)


_OFFERS = ("sell", "advert")


def _holds(one: Finding, other: Finding) -> bool:
    """Whether one finding says what the other does, of the same words or more."""
    return one.flag == other.flag and other.span in one.span


def _of_words(read: Read, *, to_hurt: bool) -> Iterator[Finding]:
    for each in read.findings:
        if each.flag == GOOD or (each.flag == "cold" and not to_hurt):
            continue
        better = _(each.better) if each.better else None
        if each.flag == "sell":
            better = ""  # what sells is left out
        elif each.flag == "cold" and better:
            better = f"{better} {each.span}"
        yield Finding(each.flag, each.span, _(each.why), better)


def _of_data(draft: Draft, rules: HouseRules) -> Iterator[Finding]:
    for span in secrets_in(draft.text):
        yield Finding("secret", span, _("It looks like a key or a password: whoever reads it can use it."), "•••")
    for span in confidential_in(draft.text, rules.confidential_words):
        yield Finding("secret", span, _("Your house keeps this word to itself."), None)
    for article in draft.inside:
        if (quoted := quoted_from(draft.text, article.text)) is not None:
            why = _("It stands in the article “%(title)s”, which only your team may read.") % {"title": article.where}
            yield Finding("secret", quoted, why, None)
    if draft.public:
        for span in known_in(draft.text, draft.known):
            yield Finding("private", span, _("This is the customer's own, and everybody can read the reply."), "•••")
        if (tie := undisclosed(draft.text)) is not None:
            why = _("Whoever gets something for praising a thing says so, where nobody can miss it.")
            yield Finding("advert", tie, why, _("Advert: %(words)s") % {"words": tie})
    others = times_said(draft.text, draft.said_before) if draft.public else 0
    if others >= rules.same_cases:
        why = ngettext(
            "%(n)d other customer was told the same in the last %(hours)d hours. Readers see a machine.",
            "%(n)d other customers were told the same in the last %(hours)d hours. Readers see a machine.",
            others,
        ) % {"n": others, "hours": rules.same_hours}
        yield Finding("repeated", draft.text.strip(), why, None)


def _of_statements(draft: Draft, workspace: Workspace, now: datetime) -> Iterator[Finding]:
    for statement in Statement.objects.of(workspace).in_force(now).order_by("pk"):
        span = contradicting(draft.text, about=statement.about, denies=statement.denies)
        if span is not None:
            why = _("We say elsewhere: “%(words)s”") % {"words": statement.words}
            yield Finding("contradicts", span, why, statement.words)


def _of_what_was_said(draft: Draft) -> Iterator[Finding]:
    """Where figures, or yes and no, are others than in our articles and in what this customer was told."""
    for article in draft.articles:
        if (found := conflict(draft.text, article.text, about=article.where)) is not None:
            why = _("Our article “%(title)s” says: “%(words)s”") % {"title": article.where, "words": found.other}
            yield Finding("article", found.said, why, None if article.inside else found.other)
            break
    for said in draft.told:
        if (found := conflict(draft.text, said.text)) is not None:
            why = _("On %(day)s we told them: “%(words)s”") % {"day": said.where, "words": found.other}
            yield Finding("told", found.said, why, None)
            break


def _too_many_in_feed(draft: Draft, workspace: Workspace, rules: HouseRules, now: datetime) -> Iterator[Finding]:
    """Who follows a channel came for words, not for offers."""
    if not (draft.public and draft.feed):
        return
    since = now - timedelta(days=rules.feed_days)
    before = SentOver.objects.of(workspace).standing().filter(feed=draft.feed, flag__in=_OFFERS, at__gte=since)
    count = before.values("subject").distinct().count()
    if count < rules.feed_offers:
        return
    why = ngettext(
        "%(n)d offer stands there already, of the last %(days)d days.",
        "%(n)d offers stand there already, of the last %(days)d days.",
        count,
    ) % {"n": count, "days": rules.feed_days}
    yield Finding("budget", draft.text.strip(), why, None)


def _told_why_capped(found: list[Finding], capped: Finding) -> list[Finding]:
    """What sells says why it is stopped now, and can still be left out."""
    if not any(each.flag == capped.flag for each in found):
        return [*found, capped]
    return [msgspec.structs.replace(each, why=capped.why) if each.flag == capped.flag else each for each in found]


def _too_many_offers(draft: Draft, workspace: Workspace, rules: HouseRules, now: datetime) -> Finding | None:
    """Who came for help is offered something so many times, and then left in peace."""
    if draft.person_id is None:
        return None
    since = now - timedelta(days=rules.offer_days)
    before = SentOver.objects.of(workspace).standing().filter(person_id=draft.person_id, flag="sell", at__gte=since)
    count = before.values("subject").distinct().count()
    if count < rules.most_offers:
        return None
    why = ngettext(
        "They came for help and were offered something %(n)d time in %(days)d days: that is enough.",
        "They came for help and were offered something %(n)d times in %(days)d days: that is enough.",
        count,
    ) % {"n": count, "days": rules.offer_days}
    return Finding("sell", draft.text.strip(), why, None)
