"""Forms of staff."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from goodword.staff.models import Agent, Role

if TYPE_CHECKING:
    AgentForm = forms.ModelForm[Agent]
else:
    AgentForm = forms.ModelForm  # takes no parameter at run time


class PreferencesForm(AgentForm):
    """What an agent chooses for themselves."""

    language = forms.ChoiceField(
        label=_("Language"), choices=lambda: [("", _("as the browser")), *settings.LANGUAGES], required=False
    )

    class Meta:
        model = Agent
        fields: ClassVar[list[str]] = ["name", "theme", "language", "single_keys"]
        labels: ClassVar[dict[str, object]] = {"theme": _("Theme")}


class InviteForm(forms.Form):
    """Whom to invite, and what they may do."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("Customers see replies signed with the first name.")
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.AGENT)


class WorkspaceForm(forms.Form):
    """What a workspace is called, and by which clock it works."""

    name = forms.CharField(label=_("Name of the brand"), max_length=80)
    zone = forms.ChoiceField(label=_("Time zone"), help_text=_("All times are shown in it, to everyone."))

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
        self.fields["zone"].choices = [(zone, zone.replace("_", " ")) for zone in ["UTC", *zones]]  # type: ignore[attr-defined]
