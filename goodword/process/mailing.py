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
    for agent_id in agent_ids:
        enqueue(mail_agent, agent_id=agent_id, subject=subject, workspace=workspace, case_number=case_number)


@task(queue="outside")
def mail_agent(*, agent_id: int, subject: str, workspace: str, case_number: int) -> None:
    """A job each: nobody reads another's address, and one that is refused is tried again alone."""
    link = settings.PUBLIC_URL + reverse("care:case", args=[workspace, case_number])
    for agent in Agent.objects.filter(pk=agent_id, is_active=True):
        send_mail(subject, f"{subject}\n\n{link}\n", None, [agent.email])
