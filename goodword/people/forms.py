"""Forms of people."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DescriptionForm(forms.Form):
    """Who a customer is, in an agent's words."""

    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("Empty: as they call themselves on their channel.")
    )
    about = forms.CharField(
        label=_("About"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What colleagues should know before they answer. Only the team reads it."),
    )
