"""Find what people talk about that no search names yet, keep it, and tell leads when it is more than usual."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.language import topics as language
from goodword.language.searches.limits import SEARCH_LENGTH
from goodword.listen.burst_posts import typical_mentions
from goodword.listen.events import TopicRose
from goodword.listen.explore import Rise, rises_in
from goodword.listen.figures import in_figures
from goodword.listen.heard_voices import HeardVoice, Part, heard_voices
from goodword.listen.models import Mention, Sentiment, Topic, TopicBurst, TopicReview
from goodword.staff.models import Notice, Role, Workspace
from goodword.staff.notify import notify
from goodword.staff.who_may import who_may

LOOKS_BACK = timedelta(days=14)
STEPS = 28
"""Parts of that time in which its mentions are counted."""
_AGAIN_AFTER = timedelta(hours=1)  # also where nothing was heard: what was new yesterday is not new today
_LIVE = timedelta(days=1)  # bursts that were noticed longer ago are no news
_ONE_BURST = timedelta(hours=12)
_LONGEST = 200  # characters of a phrase
_HANDLE = re.compile(r"(?<!\w)@(\w+)")
_ADDRESSED = 0.1  # of what is said
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


def review_topics(*, workspace_id: int, now: datetime) -> bool:
    """Look through what was said lately, if that is due: something new was heard, or the last look is an hour old."""
    newest_at = _newest_at(workspace_id, now)
    last = TopicReview.objects.of(workspace_id).first()
    if last and last.newest_at == newest_at and now - last.reviewed_at < _AGAIN_AFTER:
        return False
    # Where nothing was heard for long, the last that was is looked at: an archive has topics too.
    is_live = newest_at is None or now - newest_at < LOOKS_BACK
    until = now if newest_at is None or is_live else newest_at + timedelta(seconds=1)
    since = until - LOOKS_BACK
    voices = heard_voices(workspace_id=workspace_id, since=since, until=until)
    workspace = Workspace.objects.get(pk=workspace_id)
    by_id = {voice.parts[0].mention_id: voice for voice in voices}
    found = language.find_topics(
        [language.Said(pk, voice.text, voice.parts[0].at.timestamp(), voice.weight) for pk, voice in by_id.items()],
        now=until.timestamp(),
        besides=[workspace.name, *_handles(voices)],
    )
    with transaction.atomic():
        review, is_first = TopicReview.objects.select_for_update().update_or_create(
            workspace_id=workspace_id,
            defaults={
                **{"since": since, "until": until, "reviewed_at": now, "newest_at": newest_at},
                "looked_at": sum(len(voice.parts) for voice in voices),
            },
        )
        kept = _keep(review, [(topic, [by_id[pk] for pk in topic.posts]) for topic in found], by_id)
        heard_from = max(since, voices[0].parts[0].at) if voices else since
        for topic, parts in kept:
            for rise in _live_rises(parts, heard_from, until):
                ids = [part.mention_id for part in parts if rise.since <= part.at < rise.until]
                _notice(topic, rise, ids, tell=is_live and not is_first, now=now)
    return True


def _handles(voices: Sequence[HeardVoice]) -> list[str]:
    """Those that much of what is said is addressed to: they name the brand, not what is said of it."""
    addressed = Counter(handle for voice in voices for handle in set(_HANDLE.findall(voice.text.casefold())))
    return [handle for handle, count in addressed.items() if count >= _ADDRESSED * len(voices)]


def _newest_at(workspace_id: int, now: datetime) -> datetime | None:
    heard = Mention.objects.of(workspace_id).heard(since=_EVER, until=now)
    return heard.order_by("-at", "-pk").values_list("at", flat=True).first()


def _keep(
    review: TopicReview,
    found: Sequence[tuple[language.Topic[int], Sequence[HeardVoice]]],
    by_id: Mapping[int, HeardVoice],
) -> list[tuple[Topic, list[Part]]]:
    """Those that were there already go on under their ids; those that nobody talks about any more go."""
    known = Topic.objects.of(review.workspace_id).order_by("place")
    by_wording = {wording: row for row in reversed(known) for wording in row.wordings}
    gone = {row.pk for row in by_wording.values()}
    kept = []
    for place, (topic, voices) in enumerate(found):
        before = next((row for wording in topic.wordings if (row := by_wording.get(wording))), None)
        row = before if before is not None and before.pk in gone else None
        gone.discard(row.pk if row else 0)
        parts = sorted(chain.from_iterable(voice.parts for voice in voices), key=lambda part: part.at)
        row = row or Topic(workspace_id=review.workspace_id, found_at=review.reviewed_at)
        _tell(row, review, place, topic, voices, parts)
        row.typical = [msgspec.to_builtins(by_id[pk].shown()) for pk in topic.typical]
        row.save()
        kept.append((row, parts))
    Topic.objects.of(review.workspace_id).filter(pk__in=gone).delete()
    return kept


def _tell(
    row: Topic,
    review: TopicReview,
    place: int,
    topic: language.Topic[int],
    voices: Sequence[HeardVoice],
    parts: Sequence[Part],
) -> None:
    feelings = [part.sentiment for part in parts]
    row.place = place
    row.phrases = [phrase[:_LONGEST] for phrase in topic.phrases]
    row.wordings = [wording[:_LONGEST] for wording in topic.wordings]
    row.search = search_for(topic.wordings)
    row.mentions, row.voices, row.people = len(parts), len(voices), len({part.identity_id for part in parts})
    row.negative = feelings.count(Sentiment.NEGATIVE)
    row.neutral = feelings.count(Sentiment.NEUTRAL)
    row.positive = feelings.count(Sentiment.POSITIVE)
    row.is_new, row.is_rising, row.growth = topic.is_new, topic.is_rising, topic.growth
    row.first_at, row.last_at = parts[0].at, parts[-1].at
    row.steps = _steps([part.at for part in parts], review)


def _steps(moments: Iterable[datetime], review: TopicReview) -> list[int]:
    step, steps = (review.until - review.since) / STEPS, [0] * STEPS
    for moment in moments:
        steps[min(STEPS - 1, int((moment - review.since) / step))] += 1
    return steps


def search_for(wordings: Sequence[str]) -> str:
    """A search that finds what holds one of these, as far as there is room for them."""
    search = ""
    for wording in wordings:
        longer = f'{search} OR "{wording}"' if search else f'"{wording}"'
        if len(longer) > SEARCH_LENGTH:
            break
        search = longer
    return search


def _live_rises(parts: Sequence[Part], since: datetime, until: datetime) -> list[Rise]:
    return [rise for rise in rises_in([part.at for part in parts], since, until) if until - rise.until < _LIVE]


def _notice(topic: Topic, rise: Rise, mention_ids: Sequence[int], *, tell: bool, now: datetime) -> None:
    """Keep a burst; leads are told of a new one. A burst that goes on, or that looks a little different now, is the
    one that is known.
    """
    known = TopicBurst.objects.of(topic.workspace_id).filter(topic=topic)
    if known.filter(noticed_at__gt=rise.until - _ONE_BURST).exists():
        return
    burst = TopicBurst.objects.create(
        workspace_id=topic.workspace_id,
        topic=topic,
        since=rise.since,
        noticed_at=rise.until,
        observed=rise.observed,
        expected=rise.expected,
        confidence=rise.confidence,
        typical=typical_mentions(workspace_id=topic.workspace_id, mention_ids=mention_ids),
    )
    if not tell:
        return
    fact = TopicRose(workspace_id=topic.workspace_id, topic_id=topic.pk, burst_id=burst.pk, name=topic.name)
    record(fact, now=now)
    notify(
        workspace_id=topic.workspace_id,
        agent_ids=who_may(Role.LEAD, workspace=topic.workspace_id).values_list("pk", flat=True),
        kind=Notice.Kind.BURST,
        subject=fact.subject,
        text=_("%(name)s: %(observed)d mentions where %(expected)s were expected")
        % {"name": topic.name, "observed": rise.observed, "expected": in_figures(rise.expected)},
        now=rise.until,
    )
