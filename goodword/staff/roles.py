"""What each role may do, in words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goodword.staff.models import Role

ROLES: Sequence[tuple[Role, str | Promise]] = (
    (Role.ADMIN, _("All a lead may, and connects sources and lets people in.")),
    (Role.LEAD, _("All an agent may, and changes many cases at once, writes saved replies and makes teams.")),
    (Role.AGENT, _("Answers, assigns, resolves, and merges.")),
    (Role.VIEWER, _("Reads everything, changes nothing.")),
)
