"""When a connector fails in a way its contract doesn't foresee: what is logged, and what is shown."""

from __future__ import annotations

import logging
import traceback

from django.utils.translation import gettext as _

log = logging.getLogger(__name__)


def note_failure(error: Exception, *, source_id: int, doing: str) -> str:
    """Log where it failed, and return the reason to show.

    The exception's own message is left out of both, since it may quote what a customer wrote.
    """
    name = type(error).__name__
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("the connector of source %s failed while %s: %s\n%s", source_id, doing, name, frames)
    return _("The connector failed (%s).") % name
