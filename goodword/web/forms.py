"""Forms of the pages that show several rooms."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from goodword.promises.models.presence import MOST_MINUTES


class PresenceForm(forms.Form):
    """What is promised for a channel."""

    channel = forms.ChoiceField(label=_("Channel"))
    number = forms.IntegerField(label=_("We answer within"), min_value=1, max_value=MOST_MINUTES)
    unit = forms.TypedChoiceField(
        label=_("Unit"), coerce=int, choices=[(1, _("minutes")), (60, _("hours")), (1440, _("days"))], initial=60
    )
    days_a_week = forms.IntegerField(
        label=_("Days a week on which somebody answers, at least"), min_value=0, max_value=7, initial=5
    )
    hours = forms.CharField(
        label=_("Hours, as customers read them"),
        max_length=120,
        required=False,
        help_text=_("For example: Monday to Friday, 9 to 18."),
    )

    def __init__(self, *args: object, channels: Sequence[str], **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["channel"].choices = [(name, name.capitalize()) for name in channels]  # type: ignore[attr-defined]

    def clean(self) -> None:
        """No answer time is longer than the longest."""
        minutes = self.cleaned_data.get("number", 0) * self.cleaned_data.get("unit", 0)
        if minutes > MOST_MINUTES:
            self.add_error("number", _("Promise at most fourteen days."))
        self.cleaned_data["answer_minutes"] = minutes


class BrandPageForm(forms.Form):
    """The page that everybody may read."""

    shown = forms.BooleanField(label=_("Everybody may read this page"), required=False)
    words = forms.CharField(
        label=_("Words above the figures"),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )


class BudgetForm(forms.Form):
    """What may be given."""

    currency = forms.RegexField(
        label=_("Currency"), regex=r"^[A-Za-z]{3}$", max_length=3, help_text=_("Three letters, such as EUR.")
    )
    a_month = forms.DecimalField(label=_("In a month"), min_value=0, max_digits=11, decimal_places=2)
    without_asking = forms.DecimalField(
        label=_("By an agent, without asking a lead, up to"), min_value=0, max_digits=9, decimal_places=2
    )


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
