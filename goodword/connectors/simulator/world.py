"""All conversations of the demo, and what happens next among them."""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

import msgspec

from goodword.connectors.simulator import script
from goodword.connectors.simulator.conversation import Conversation, Step
from goodword.connectors.simulator.journal import Entry
from goodword.connectors.simulator.script import ORDINARY
from goodword.connectors.simulator.seen import Seen
from goodword.connectors.simulator.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Pace:
    """How the world behaves; of these only the reactions and the chatter may change during a demo."""

    seed: int
    speed: float
    backlog_days: int
    reaction: timedelta
    chatter: timedelta | None


class World:
    """Built by telling it the journal's entries in order; knows then what is due."""

    def __init__(self, pace: Pace) -> None:
        self.entries: list[Entry] = []
        self.by_key: dict[str, Entry] = {}
        self.by_id: dict[str, Entry] = {}
        self._pace = pace
        self._script = script.load()
        self._conversations: dict[str, Conversation] = {}
        self._timeline: Timeline | None = None
        self._due: list[tuple[datetime, int, str, Step]] = []  # a heap; outdated steps are dropped when they come up
        self._ticket = count()
        self._seen = Seen()
        self._seed = pace.seed
        self._next_ordinary = 0
        self._last_ordinary: datetime | None = None
        self._awake_since: datetime | None = None

    @property
    def has_started(self) -> bool:
        """Whether the first entry, which fixes the seed and the pace, has been written."""
        return self._timeline is not None

    def start_entry(self, at: datetime) -> Entry:
        """The entry that begins a world at this moment."""
        pace = self._pace
        return Entry(
            n=1, event="start", at=at, seed=pace.seed, speed=pace.speed, backlog_days=pace.backlog_days, by="brand"
        )

    def apply(self, entry: Entry) -> None:
        """Take in what happened."""
        self.entries.append(entry)
        if entry.event == "start":
            self._start(entry)
            return
        if entry.event in {"delivered", "read"}:
            self._seen.take_in(entry)
            return
        if entry.event == "sent":
            self._seen.expect(entry)
        if entry.key:
            self.by_key[entry.key] = entry
        self.by_id.setdefault(entry.id, entry)
        if entry.story.startswith(ORDINARY):
            self._note_ordinary(entry)
        conversation = self._conversations.get(entry.story)
        if conversation is not None:  # None: told by a script that has since been changed
            conversation.entries.append(entry)
            self._plan(entry.story)

    def happening(self, now: datetime) -> Iterator[Entry]:
        """What is due at `now`, oldest first. Each entry must be applied before the next is asked for."""
        self._plan_ordinary(now)
        yield from self._reports(now)
        while self._due and self._due[0][0] <= now:
            _, _, story_id, step = heapq.heappop(self._due)
            if self._is_current(story_id, step):
                yield self._entry(story_id, step)
                self._plan_ordinary(now)

    def _reports(self, now: datetime) -> Iterator[Entry]:
        while (report := self._seen.due(now)) is not None:
            yield msgspec.structs.replace(report, n=len(self.entries) + 1)

    def conversation_of(self, thread: str | None, in_reply_to: str | None) -> str | None:
        """The story that a reply belongs to."""
        if in_reply_to is not None and in_reply_to in self.by_id:
            return self.by_id[in_reply_to].story
        return thread if thread in self._conversations else None

    def last_in(self, story_id: str) -> Entry | None:
        """The newest thing said in a conversation."""
        return next((e for e in reversed(self._conversations[story_id].entries) if e.event in {"said", "sent"}), None)

    def is_deleted(self, entry_id: str) -> bool:
        """Whether its author has taken it back."""
        entry = self.by_id.get(entry_id)
        if entry is None or entry.story not in self._conversations:
            return False
        return any(e.event == "deleted" and e.about == entry_id for e in self._conversations[entry.story].entries)

    def story(self, story_id: str) -> script.Story | None:
        """The script of a conversation, unless it is no longer known."""
        conversation = self._conversations.get(story_id)
        return conversation.story if conversation else None

    def _start(self, entry: Entry) -> None:
        self._seed = entry.seed
        self._timeline = Timeline.starting(entry.at, backlog_days=entry.backlog_days, speed=entry.speed)
        for story in self._script.stories:
            self._open(story, self._timeline.to_real(script.moment(story.at)))

    def _open(self, story: script.Story, starts: datetime) -> None:
        lang = self._script.person(story.by).lang
        self._conversations[story.id] = Conversation(
            story=story, starts=starts, lines=self._script.lines[lang], seed=self._seed, reaction=self._pace.reaction
        )
        self._plan(story.id)

    def _note_ordinary(self, entry: Entry) -> None:
        index = int(entry.story.removeprefix(ORDINARY))
        if index >= self._next_ordinary:
            self._next_ordinary = index + 1
            self._last_ordinary = entry.at
        if entry.story not in self._conversations:
            self._open(self._script.ordinary_story(index, self._seed), entry.at)

    def _plan(self, story_id: str) -> None:
        assert self._timeline is not None
        step = self._conversations[story_id].next_step(self._timeline)
        if step is not None:
            heapq.heappush(self._due, (step.due, next(self._ticket), story_id, step))

    def _is_current(self, story_id: str, step: Step) -> bool:
        assert self._timeline is not None
        return self._conversations[story_id].next_step(self._timeline) == step

    def _plan_ordinary(self, now: datetime) -> None:
        """Ordinary days go on while somebody listens, and don't pile up while nobody does."""
        if self._pace.chatter is None:
            return
        if self._awake_since is None:
            self._awake_since = now
        story_id = f"{ORDINARY}{self._next_ordinary}"
        if story_id in self._conversations:
            return
        chance = random.Random(f"{self._seed}/{story_id}")  # noqa: S311 - a script, not a secret
        starts = max(self._awake_since, self._last_ordinary or self._awake_since) + self._pace.chatter * chance.uniform(
            0.5, 1.5
        )
        self._open(self._script.ordinary_story(self._next_ordinary, self._seed), starts)

    def _entry(self, story_id: str, step: Step) -> Entry:
        changed = self.by_id.get(step.about) if step.about and step.event != "said" else None
        last = self.last_in(story_id)
        return Entry(
            n=len(self.entries) + 1,
            event=step.event,
            at=step.due,
            id=f"{story_id}.{step.name}",
            story=story_id,
            step=step.name,
            by=step.by,
            text=step.text,
            about=step.about,
            parent=changed.parent if changed else last.id if last else None,
            private=changed.private if changed else bool(last and last.private),
            picture=changed.picture if changed else step.picture,
            first_said=changed.at if changed else None,
        )
