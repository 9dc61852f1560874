"""Door for time: letters go out once a week."""

from __future__ import annotations

from goodword.insight.mail_letters import mail_letters
from goodword.kernel.clock import current_time
from goodword.kernel.jobs import every
from goodword.learn.letter_post import lay_out
from goodword.learn.models import LetterReader
from goodword.staff.models import Workspace

_AT_ONCE = 100


@every("*/5 * * * *", queue="outside")
def post_letters(timestamp: int) -> None:
    """Every five minutes: lay out what became due in each workspace's zone, and send it."""
    written_to = LetterReader.objects.order_by().values("workspace").distinct()
    for workspace in Workspace.objects.filter(pk__in=written_to):
        lay_out(workspace=workspace, now=current_time())
    mail_letters(limit=_AT_ONCE, clock=current_time)
