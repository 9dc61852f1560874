"""Ask a customer to prove that they are somebody we know elsewhere: a code goes to them in private."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.models import Case, Message
from goodword.care.new_reply import NewReply
from goodword.care.reply import queue_reply
from goodword.care.terms import NotAllowed, terms_of
from goodword.connectors.contract import Purpose
from goodword.kernel.ids import new_token
from goodword.people.models import Person
from goodword.people.prove import open_proof
from goodword.staff.models import Agent


def case_to_ask_in(person: Person) -> Case | None:
    """The newest case of theirs in which a reply is read by nobody else."""
    cases = Case.objects.of(person.workspace_id).standing().filter(identity__person=person).order_by("-last_message_at")
    return next((case for case in cases[:10] if _is_private(case)), None)


@transaction.atomic
def ask_for_proof(*, case: Case, other: Person, by: Agent, now: datetime) -> Message:
    """Send the customer of `case` a code that they say as `other`. It waits in the outbox like any reply.

    Raises `NothingToProve`, and all that `queue_reply` raises.
    """
    if not _is_private(case):
        raise NotAllowed(_("A code is worth something only in private: here everybody could read it."))
    code = open_proof(asked=case.identity, other=other, by=by, now=now)
    # Not under which name: who isn't them would learn who else is a customer.
    where = {"code": code, "channel": other.identities.order_by("-pk").values_list("channel", flat=True).first() or ""}
    words = _(
        "Do you write to us elsewhere, too (%(channel)s)? So that we can look at everything together, please send us"
        " this code from there, within a week: %(code)s. If you don't, you need do nothing."
    )
    return queue_reply(
        case=case,
        by=by,
        reply=NewReply(
            text=words % where,
            private=True,
            idempotency_key=f"proof-{new_token()}",
            purpose=Purpose.NOTICE,  # what the agent is writing stays a draft
        ),
        now=now,
    )


def _is_private(case: Case) -> bool:
    terms = terms_of(case)
    can = terms.capabilities.can_reply_privately or not terms.capabilities.public
    return not terms.refusal and (can or terms.becomes_private(False))
