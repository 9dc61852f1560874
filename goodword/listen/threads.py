"""Which conversation a mention belongs to: by the network's own name for it, by what it answers, by its references.

Order doesn't matter: a parent that comes after its answers joins their threads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from goodword.connectors.contract import Heard
from goodword.kernel.copying import copy_in
from goodword.listen.models import Mention, Source, Thread

# What ties things together: a thread that exists, a message id within its scope, or the network's name of a thread.
Tie = tuple[str, str, str] | tuple[str, int, str]


class Bundles:
    """Disjoint sets of ties (union by path halving)."""

    def __init__(self) -> None:
        self._leader: dict[Tie, Tie] = {}

    def leader(self, tie: Tie) -> Tie:
        """The tie that stands for all that `tie` is bound to."""
        leader = self._leader.setdefault(tie, tie)
        while leader != (above := self._leader.setdefault(leader, leader)):
            self._leader[tie] = above
            tie, leader = leader, above
        return leader

    def bind(self, ties: Iterable[Tie]) -> Tie:
        """Bind all of `ties` together and return their leader. At least one must be given."""
        leaders = [self.leader(tie) for tie in ties]
        for other in leaders[1:]:
            self._leader[other] = leaders[0]
        return leaders[0]


@dataclass(frozen=True, slots=True)
class Placed:
    """The thread of each new mention, by native id, and the threads that were found to be part of another."""

    thread_ids: dict[str, int]
    joined: dict[int, int]  # thread → the one it went into


def ties_of(heard: Heard) -> list[Tie]:
    """Everything that ties `heard` to others.

    Message ids count only within the scope: in mail that is the customer's address, so that nobody enters a stranger's
    conversation by quoting an id, let alone a number in a subject.
    """
    ids = [heard.native_id, *heard.references, *([heard.parent] if heard.parent else [])]
    ties: list[Tie] = [("message", external_id, heard.thread_scope) for external_id in ids]
    if heard.thread:
        ties.append(("name", heard.thread, ""))
    return ties


def place(*, source: Source, heard: Sequence[Heard]) -> Placed:
    """Find or make the thread of each. Call it in turn (`Step.UNDERSTANDING`), before the mentions are inserted."""
    bundles = Bundles()
    for item in heard:
        bundles.bind(ties_of(item))
    known_threads = _bind_what_is_known(source, heard, bundles)
    by_leader: dict[Tie, list[int]] = defaultdict(list)
    for thread_id in known_threads:
        by_leader[bundles.leader(("thread", thread_id, ""))].append(thread_id)
    joined = {loser: min(thread_ids) for thread_ids in by_leader.values() for loser in sorted(thread_ids)[1:]}
    _join(source, joined)
    home: dict[Tie, int] = {leader: min(thread_ids) for leader, thread_ids in by_leader.items()}
    _make_missing(source, heard, bundles, home)
    thread_ids = {item.native_id: home[bundles.leader(ties_of(item)[0])] for item in heard}
    return Placed(thread_ids=thread_ids, joined=joined)


def _bind_what_is_known(source: Source, heard: Sequence[Heard], bundles: Bundles) -> set[int]:
    """Bind threads that exist: of what was answered, of answers that came first, and of siblings. Their ids."""
    own = {item.native_id for item in heard}
    pointed_at = {external_id for item in heard for external_id in (*item.references, item.parent or "")} - {""}
    names = {item.thread for item in heard if item.thread}
    threads: set[int] = set()
    mentions = Mention.objects.of(source.workspace_id).filter(source=source)
    answered = mentions.filter(external_id__in=pointed_at).values_list("external_id", "thread_scope", "thread_id")
    # All that answer one thing are in one thread already, so one of them stands for a post with thousands.
    answering = (
        mentions.filter(parent_external_id__in=own | pointed_at)
        .order_by("parent_external_id", "thread_scope")
        .distinct("parent_external_id", "thread_scope")
        .values_list("parent_external_id", "thread_scope", "thread_id")
    )
    for external_id, scope, thread_id in (*answered, *answering):
        threads.add(thread_id)
        bundles.bind([("thread", thread_id, ""), ("message", external_id, scope)])
    named = Thread.objects.of(source.workspace_id).filter(source=source, native_id__in=names)
    for thread_id, name, joined_into in named.values_list("id", "native_id", "joined_into"):
        standing = joined_into or thread_id
        threads.add(standing)
        bundles.bind([("thread", standing, ""), ("name", name or "", "")])
    return threads


def _join(source: Source, joined: dict[int, int]) -> None:
    for loser, winner in joined.items():
        Mention.objects.of(source.workspace_id).filter(thread_id=loser).update(thread_id=winner)
        Thread.objects.of(source.workspace_id).filter(Q(pk=loser) | Q(joined_into=loser)).update(joined_into=winner)


def _make_missing(source: Source, heard: Sequence[Heard], bundles: Bundles, home: dict[Tie, int]) -> None:
    """Make threads for bundles that have none. A name goes to the first thread that bears it."""
    name_of: dict[Tie, str | None] = {}
    for item in heard:
        leader = bundles.leader(ties_of(item)[0])
        if leader not in home:
            name_of[leader] = name_of.get(leader) or item.thread
    made = copy_in(
        [Thread(workspace_id=source.workspace_id, source=source, native_id=name) for name in name_of.values()]
    )
    home.update(zip(name_of, (thread.pk for thread in made), strict=True))
