"""Mail to agents about cases: a line and a link, never what the customer wrote."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from goodword.kernel.jobs import enqueue, task
from goodword.staff.models import Agent


def send_later(*, agent_ids: Sequence[int], subject: str, workspace: str, case_number: int) -> None:
    """In the transaction of what it is about. Without a mail server nothing is sent (see `settings.EMAIL_HOST`)."""
    enqueue(mail_agents, agent_ids=list(agent_ids), subject=subject, workspace=workspace, case_number=case_number)


@task(queue="reactions")
def mail_agents(*, agent_ids: list[int], subject: str, workspace: str, case_number: int) -> None:
    """One mail each, so that nobody reads another's address."""
    link = settings.PUBLIC_URL + reverse("care:case", args=[workspace, case_number])
    for agent in Agent.objects.filter(pk__in=agent_ids, is_active=True):
        send_mail(subject, f"{subject}\n\n{link}\n", None, [agent.email])
