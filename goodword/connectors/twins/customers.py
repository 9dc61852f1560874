"""People on a simulated network, who write to the brand, and react to what it answers. Drawn from a seed."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator

from goodword.connectors.twins.world import Account, Post, World

_PEOPLE = (
    ("mara", "Mara Jovanović", 240),
    ("ola", "Ola Bergström", 35),
    ("kenji", "Kenji Mori", 12_800),
    ("amina", "Amina Diallo", 610),
    ("tom", "Tom Whitfield", 88),
)
_COMPLAINTS = (
    "the seam of my new jacket opened on the second day. What now?",
    "I've been waiting for order 48213 for three weeks and nobody answers my mails.",
    "your app logs me out each time I open it. #broken",
    "I was charged twice for one pair of shoes. Please give it back.",
    "the headlamp got so hot that the strap is scorched. Is this safe??",
    "how do I wash the rucksack without ruining it?",
    "thanks for the quick exchange last week, that was kind of you!",
    "the shop said Tuesday, then Thursday, now nobody knows. What is going on?",
)
_REACTIONS = (
    "Thank you, that solved it!",
    "Thanks, it works now.",
    "That didn't help, it is still the same.",
    "OK. When will that be?",
)
_REACTS = 0.8  # to an answer, the others fall silent
_LOOK = 0.2  # seconds


class Customers:
    """Speak once in about `pace` seconds; react to an answer after about as long."""

    def __init__(self, world: World, *, pace: float, seed: int = 7) -> None:
        self._world = world
        self._pace = pace
        self._chance = random.Random(seed)  # noqa: S311  # a story, no secret
        self._people = [world.account(handle, name=name, followers=many) for handle, name, many in _PEOPLE]
        self._unsaid: list[str] = []

    def speak(self) -> Post:
        """Somebody writes to the brand."""
        if not self._unsaid:
            self._unsaid = self._chance.sample(_COMPLAINTS, len(_COMPLAINTS))
        return self._world.say(self._somebody(), f"@{self._world.brand.handle} {self._unsaid.pop()}")

    def react(self, answer: Post) -> Post | None:
        """Whoever was answered says something to it, or nothing."""
        answered = self._world.post(answer.parent or 0)
        if answered is None or answered.author == self._world.brand or self._chance.random() > _REACTS:
            return None
        text = f"@{self._world.brand.handle} {self._chance.choice(_REACTIONS)}"
        return self._world.say(answered.author, text, parent=answer.number, visible=answer.visible)

    def live(self, stop: threading.Event) -> None:
        """Go on until `stop` is set."""
        told, wait = 0, 0.0
        waiting: list[tuple[float, Post]] = []  # seconds left, and the answer
        while not stop.wait(_LOOK):
            wait -= _LOOK
            if wait <= 0:
                self.speak()
                wait = self._chance.uniform(0.5, 1.5) * self._pace
            for answer in self._answers(told):
                waiting.append((self._chance.uniform(0.5, 1.5) * self._pace, answer))
            told = len(self._world.changes(0))
            waiting = [(left - _LOOK, answer) for left, answer in waiting]
            for _left, answer in [each for each in waiting if each[0] <= 0]:
                self.react(answer)
            waiting = [each for each in waiting if each[0] > 0]

    def _answers(self, after: int) -> Iterator[Post]:
        for change in self._world.changes(after):
            if change.post.author == self._world.brand and change.post.parent is not None:
                yield change.post

    def _somebody(self) -> Account:
        return self._chance.choice(self._people)
