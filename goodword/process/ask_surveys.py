"""Ask some customers about the relationship: drawn at random from those whom nothing keeps busy with us just now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from goodword.care.lock import MergedAway
from goodword.care.models import Case, State
from goodword.care.new_reply import NewReply
from goodword.care.reply import queue_reply
from goodword.care.terms import NotAllowed, NoWords, TooLong, WindowClosed, terms_of
from goodword.connectors.contract import Purpose
from goodword.kernel.facts import record
from goodword.kernel.ids import new_token, token_digest
from goodword.people.models import Person
from goodword.process.events import SurveyAsked
from goodword.process.models import Survey, SurveyPlan
from goodword.process.rules.sample import draw
from goodword.process.rules.surveys import QUIET, SELDOM, Contact, may_ask
from goodword.process.survey_words import invitation

LINK_LIVES = timedelta(days=30)
_WEEK = timedelta(days=7)
_STILL_OURS = timedelta(days=365)  # who spoke with us in the last year has a relationship to speak of
_LOOKED_AT = 5_000  # people, of whom some are drawn


def ask_surveys(*, plan: SurveyPlan, limit: int, now: datetime) -> int:
    """Ask as many as the plan still wants in these seven days, `limit` at most; how many were asked."""
    recent = Survey.objects.of(plan.workspace_id).filter(kind=plan.kind, asked_at__gt=now - _WEEK, refused="")
    wanted = min(limit, plan.a_week - recent.count())
    if wanted <= 0:
        return 0
    drawn = draw(_quiet_people(plan.workspace_id, now), size=wanted, seed=f"{plan.pk}:{now.isoformat()}")
    return sum(_ask(plan, person_id, now) for person_id in drawn)


def _quiet_people(workspace_id: int, now: datetime) -> Sequence[int]:
    """People whom `may_ask` will most likely let through; it has the last word, one by one."""
    asked = Survey.objects.of(workspace_id).filter(asked_at__gt=now - SELDOM).values("person")
    cases = Case.objects.of(workspace_id).standing().filter(last_message_at__gt=now - _STILL_OURS)
    people = (
        cases.exclude(identity__person__in=asked)
        .order_by()
        .values("identity__person")
        .annotate(last=Max("last_message_at"), open=Count("pk", filter=~Q(state=State.RESOLVED)))
        .filter(last__lte=now - QUIET, open=0)
        .order_by("-last")
    )
    return list(people.values_list("identity__person", flat=True)[:_LOOKED_AT])


@transaction.atomic
def _ask(plan: SurveyPlan, person_id: int, now: datetime) -> bool:
    """Ask one person where they last spoke with us, privately. Who can't be asked there is left alone as long."""
    Person.objects.select_for_update().get(pk=person_id)
    if not may_ask(_contact(plan.workspace_id, person_id), now):
        return False
    of_theirs = Case.objects.of(plan.workspace_id).standing().filter(identity__person=person_id)
    case = of_theirs.select_related("workspace").latest("last_message_at")
    token = new_token()
    survey = Survey.objects.create(
        workspace_id=plan.workspace_id,
        kind=plan.kind,
        person_id=person_id,
        case=case,
        digest=token_digest(token),
        asked_at=now,
        expires_at=now + LINK_LIVES,
    )
    try:
        with transaction.atomic():
            _send(survey, f"{settings.PUBLIC_URL}/survey/{token}/", now)
    except (NotAllowed, NoWords, TooLong, WindowClosed, MergedAway) as error:
        survey.refused = str(error)[:300]
        survey.save(update_fields=["refused"])
        return False
    record(SurveyAsked(workspace_id=plan.workspace_id, survey_id=survey.pk, survey=plan.kind), now=now)
    return True


def _send(survey: Survey, link: str, now: datetime) -> None:
    """Whoever holds the link answers for the person, so it is sent to them alone."""
    terms = terms_of(survey.case)
    if terms.capabilities.public and not terms.becomes_private(terms.capabilities.can_reply_privately):
        raise NotAllowed(_("Everybody could read the link there."))
    survey.message = queue_reply(
        case=survey.case,
        by=None,
        reply=NewReply(
            text=invitation(survey.kind, survey.case.workspace.name, link),
            private=True,
            idempotency_key=f"survey-{survey.pk:08d}",
            purpose=Purpose.NOTICE,
            automatic=True,
        ),
        now=now,
    )
    survey.save(update_fields=["message"])


def _contact(workspace_id: int, person_id: int) -> Contact:
    """As it stands now; a person always has a case here."""
    found = (
        Case.objects.of(workspace_id)
        .standing()
        .filter(identity__person=person_id)
        .aggregate(
            last=Max(Greatest("last_message_at", Coalesce("resolved_at", "last_message_at"))),
            open=Count("pk", filter=~Q(state=State.RESOLVED)),
        )
    )
    asked = Survey.objects.of(workspace_id).filter(person=person_id).aggregate(last=Max("asked_at"))["last"]
    return Contact(has_open_case=found["open"] > 0, last_moved_at=found["last"], asked_at=asked)
