"""What a customer does next in one conversation: follows the script, reacts to an answer, or loses patience.

Pure: the same entries give the same next step, so that a world can be rebuilt from its journal after any crash.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from goodword.connectors.simulator.journal import Entry, Event
from goodword.connectors.simulator.script import Beat, Lines, Story, span
from goodword.connectors.simulator.timeline import Timeline
from goodword.connectors.simulator.tone import Tone, tone

_MAX_PUSHBACKS = 2
_MAX_DISPUTES = 2
_CONTENT = {"thanks", "confirm", "rating"}


@dataclass(frozen=True, slots=True)
class Step:
    """Something the customer (or, in the scripted past, the brand) will do, unless something else happens first."""

    due: datetime
    name: str  # unique in its conversation
    event: Event
    by: str
    text: str = ""
    about: str | None = None
    picture: str = ""


@dataclass(slots=True)
class Conversation:
    """A story, and what has happened of it."""

    story: Story
    starts: datetime
    lines: Lines
    seed: int
    reaction: timedelta
    entries: list[Entry] = field(default_factory=list)

    def next_step(self, timeline: Timeline) -> Step | None:
        """What comes first, of all that may come."""
        possible = (self._scripted(timeline), self._reaction(), self._chase(timeline))
        return min((step for step in possible if step), key=lambda step: step.due, default=None)

    def _scripted(self, timeline: Timeline) -> Step | None:
        """The next beat. Once the brand has answered by itself, only edits and deletions go by the script."""
        played = {entry.step for entry in self.entries}
        answered = any(entry.event == "sent" for entry in self.entries)
        for position, beat in enumerate(self.story.beat):
            name = f"beat-{position}"
            is_change = beat.edit is not None or beat.delete is not None
            if name not in played and (is_change or not answered):
                return self._beat(name, beat, timeline.later(self.starts, span(beat.after)))
        return None

    def _beat(self, name: str, beat: Beat, due: datetime) -> Step:
        by = "brand" if beat.by == "brand" else self.story.by
        if beat.delete is not None:
            return Step(due, name, "deleted", by, about=self._id_of_beat(beat.delete))
        event: Event = "said" if beat.edit is None else "edited"
        about = None if beat.edit is None else self._id_of_beat(beat.edit)
        return Step(due, name, event, by, beat.text.strip(), about=about, picture=beat.picture)

    def _id_of_beat(self, position: int) -> str:
        return next(entry.id for entry in self.entries if entry.step == f"beat-{position}")

    def _reaction(self) -> Step | None:
        """An answer to what the brand wrote last, if that calls for one and has none yet."""
        answer = self._last_sent()
        if answer is None or not self.story.react or any(entry.about == answer.id for entry in self.entries):
            return None
        chance = random.Random(f"{self.seed}/{answer.id}")  # noqa: S311 - a script, not a secret
        said = self._words(tone(answer.text, answer.purpose), chance)
        if said is None:
            return None
        step, text = said
        due = answer.at + self.reaction * chance.uniform(0.6, 1.6)
        return Step(due, f"{step}-{self._count(step)}", "said", self.story.by, text, about=answer.id)

    def _words(self, heard: Tone, chance: random.Random) -> tuple[str, str] | None:
        story, lines = self.story, self.lines
        if heard is Tone.ASKS_RATING:
            return "rating", lines.rating[5 - self.stars()]
        if heard is Tone.ASKS_SOLVED and self._satisfied():
            return "confirm", story.confirm or chance.choice(lines.confirm)
        if heard is Tone.ASKS_SOLVED and self._count("dispute") < _MAX_DISPUTES:
            return "dispute", story.dispute or chance.choice(lines.dispute)
        if heard is Tone.BRUSH_OFF and self._count("pushback") < _MAX_PUSHBACKS:
            return "pushback", (story.pushback if not self._count("pushback") else "") or chance.choice(lines.pushback)
        if heard is Tone.HELPFUL and not self._content():
            return "thanks", (story.thanks if not self._count("thanks") else "") or chance.choice(lines.thanks)
        return None

    def _chase(self, timeline: Timeline) -> Step | None:
        """Another message, when the last word is the customer's or "we are looking into it", for too long."""
        done = self._count("chase")
        words = self.story.chase
        if not self.entries or not self.story.react:
            return None
        last = self.entries[-1]
        if last.by == "brand":
            is_holding = last.event == "sent" and tone(last.text, last.purpose) is Tone.HOLDING
            words = words or self.lines.chase
            if not is_holding:
                return None
        if done >= len(words) or last.event == "deleted" or _kind_of(last) in _CONTENT:
            return None
        due = timeline.later(last.at, span(self.story.patience))
        return Step(due, f"chase-{done}", "said", self.story.by, words[done])

    def _satisfied(self) -> bool:
        """Whether it is solved for the customer: something was done since the last "no", and often that takes two."""
        helped = False
        for entry in self.entries:
            if _kind_of(entry) == "dispute":
                helped = False
            elif entry.by == "brand" and tone(entry.text, entry.purpose) is Tone.HELPFUL:
                helped = True
        return helped and (self.story.solved_by == "help" or self._count("dispute") > 0)

    def _content(self) -> bool:
        """Whether the customer has already said thanks, and nothing has spoiled it since."""
        for entry in reversed(self.entries):
            if _kind_of(entry) in {"dispute", "pushback", "chase"}:
                return False
            if _kind_of(entry) in _CONTENT:
                return True
        return False

    def stars(self) -> int:
        """How the customer rates it, 1 to 5: as written in the story, or by what it took."""
        if self.story.rate is not None:
            return self.story.rate
        return max(1, 5 - self._count("pushback") - self._count("dispute") - self._count("chase"))

    def _last_sent(self) -> Entry | None:
        return next((entry for entry in reversed(self.entries) if entry.event == "sent"), None)

    def _count(self, kind: str) -> int:
        return sum(_kind_of(entry) == kind for entry in self.entries)


def _kind_of(entry: Entry) -> str:
    return entry.step.rsplit("-", 1)[0]
