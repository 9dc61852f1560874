"""Forms of staff."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from goodword.staff.models import Agent

if TYPE_CHECKING:
    AgentForm = forms.ModelForm[Agent]
else:
    AgentForm = forms.ModelForm  # takes no parameter at run time


class PreferencesForm(AgentForm):
    """What an agent chooses for themselves."""

    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("as the browser")), *settings.LANGUAGES], required=False
    )

    class Meta:
        model = Agent
        fields: ClassVar[list[str]] = ["name", "theme", "language", "single_keys"]
