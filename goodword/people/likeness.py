"""Who else somebody may be, and what speaks for it: a suggestion, never proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodword.people.find import look_alikes
from goodword.people.models import Identity, Person
from goodword.people.prove import heard_evidence, heard_unproven


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another person, and what they have in common, the strongest first."""

    other: Person
    evidence: Sequence[str]


def likenesses(person: Person) -> list[Likeness]:
    """Who said a code of theirs, or shares an address, a handle or a name, those with the most evidence first."""
    own = list(person.identities.all())
    said = _said_codes(person)
    others = {other.pk: other for other in (*look_alikes(person), *(other for other, _words in said.values()))}
    found = [
        Likeness(other, [*(said[pk][1] if pk in said else ()), *_common(person, own, other)])
        for pk, other in others.items()
    ]
    return sorted((one for one in found if one.evidence), key=lambda one: -len(one.evidence))


def _said_codes(person: Person) -> dict[int, tuple[Person, list[str]]]:
    """Of others, by their id: codes that were said where a sender can be forged."""
    said: dict[int, tuple[Person, list[str]]] = {}
    for proof in heard_unproven(person):
        other = proof.asked.person if proof.other_id == person.pk else proof.other
        if proof.proven_by is not None:
            words = heard_evidence(proof, proof.proven_by)
            said.setdefault(other.pk, (other, []))[1].append(
                words + " " + _("There a sender can be forged: make sure of it before you make them one.")
            )
    return said


def _common(person: Person, own: Sequence[Identity], other: Person) -> list[str]:
    theirs = list(other.identities.all())
    evidence = [
        _("the same e-mail address on %(one)s and %(other)s") % {"one": mine.channel, "other": its.channel}
        for mine in own
        for its in theirs
        if mine.email and mine.email == its.email
    ]
    handles = {one.handle.lower().partition("@")[0] for one in own if one.handle}
    evidence += [
        _("the same handle, @%(handle)s") % {"handle": handle}
        for handle in sorted(handles & {one.handle.lower().partition("@")[0] for one in theirs if one.handle})
    ]
    names = {name.lower(): name for name in (person.name, *(one.name for one in own)) if name}
    shared = sorted(names.keys() & {name.lower() for name in (other.name, *(one.name for one in theirs)) if name})
    return evidence + [_("the same name, %(name)s") % {"name": names[each]} for each in shared]
