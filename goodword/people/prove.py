"""Proof of control: a code goes to one account in private, and counts when it is said by the other.

Names prove nothing, and what stands in a public profile can be copied. Who reads what was sent to one account alone,
and writes as the other, has both; the merge then rests on that, and can be undone like any other. Where the sender can
be forged, as in a mail, nobody is shown to write as the other: what was heard is shown to an agent, who decides.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.kernel.ids import token_digest
from goodword.people.events import ProofAsked
from goodword.people.merge import CannotMergePeople, merge_people
from goodword.people.models import ControlProof, Identity, Person, PersonMerge
from goodword.staff.models import Agent

GOOD_FOR = timedelta(days=7)
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that looks like another
_CODE = re.compile(r"\bGW-([A-HJ-NP-Z2-9]{4})-?([A-HJ-NP-Z2-9]{4})\b", re.IGNORECASE)


class NothingToProve(Exception):
    """The two are one already, or can't be asked; the message says which."""


@transaction.atomic
def open_proof(*, asked: Identity, other: Person, by: Agent, now: datetime) -> str:
    """A new code, to be sent to `asked` where nobody else reads it; an earlier one for the same two counts no more.

    Raises `NothingToProve`.
    """
    if asked.ours or asked.workspace_id != other.workspace_id:
        raise NothingToProve(_("Choose somebody else."))
    if asked.person_id == other.pk or other.merged_into_id is not None:
        raise NothingToProve(_("They are one person already."))
    open_ones = ControlProof.objects.of(asked.workspace_id).filter(asked=asked, other=other, proven_at=None)
    open_ones.delete()
    code = "GW-" + "-".join("".join(secrets.choice(_LETTERS) for _letter in range(4)) for _half in range(2))
    ControlProof.objects.create(
        workspace_id=asked.workspace_id,
        asked=asked,
        other=other,
        code_digest=token_digest(code),
        by=by,
        at=now,
        expires_at=now + GOOD_FOR,
    )
    fact = ProofAsked(workspace_id=asked.workspace_id, person_id=asked.person_id, other_id=other.pk)
    record(fact, now=now, actor_id=by.pk)
    return code


def waited_for(now: datetime) -> Iterable[ControlProof]:
    """Codes that may still be said, of all workspaces."""
    return ControlProof.objects.filter(proven_at=None, expires_at__gt=now).select_related("asked", "other", "by")


def codes_in(text: str) -> list[str]:
    """The codes that stand in a text, as they were given; letters may be small, and the dashes missing. Pure."""
    return [f"GW-{first}-{second}".upper() for first, second in _CODE.findall(text)]


@transaction.atomic
def hear_proof(
    *, proof: ControlProof, said_by: Identity, text: str, author_proven: bool, now: datetime
) -> PersonMerge | None:
    """Merge the two if `text`, which `said_by` wrote, holds the code. None where it doesn't, or comes too late.

    Only the account that was meant counts: in another's hands the code was copied. Unless the network vouches for who
    wrote it (`author_proven`), it is kept as evidence (`heard_evidence`) and nothing is merged.
    """
    proof = ControlProof.objects.select_for_update(of=("self",)).select_related("asked", "other", "by").get(pk=proof.pk)
    is_meant = said_by.person_id == proof.other_id and said_by.pk != proof.asked_id
    is_code = proof.code_digest in map(token_digest, codes_in(text))
    if proof.proven_at is not None or now >= proof.expires_at or not is_meant or not is_code:
        return None
    proof.proven_by, proof.proven_at = said_by, now
    proof.merge = _merge(proof, said_by, now) if author_proven else None
    proof.save(update_fields=["proven_by", "proven_at", "merge"])
    return proof.merge


def heard_unproven(person: Person) -> Iterable[ControlProof]:
    """Codes that were said between this person and another, where the network doesn't vouch for who wrote them."""
    heard = ControlProof.objects.of(person.workspace_id).filter(merge=None).exclude(proven_by=None)
    between = heard.filter(Q(asked__person=person) | Q(other=person)).exclude(asked__person=F("other"))
    return between.filter(other__merged_into=None).select_related("asked__person", "other", "proven_by")


def heard_evidence(proof: ControlProof, said_by: Identity) -> str:
    """What speaks for the two being one, once the code was said."""
    return _("A code sent to %(one)s (%(channel)s) in private was said by %(other)s (%(elsewhere)s).") % {
        "one": proof.asked.display_name,
        "channel": proof.asked.channel,
        "other": said_by.display_name,
        "elsewhere": said_by.channel,
    }


def _merge(proof: ControlProof, said_by: Identity, now: datetime) -> PersonMerge | None:
    evidence = heard_evidence(proof, said_by)
    try:
        return merge_people(
            kept=proof.asked.person, absorbed=proof.other, evidence=evidence, by=proof.by, confirmed=True, now=now
        )
    except CannotMergePeople:
        return None  # somebody merged them, or one of them, meanwhile
