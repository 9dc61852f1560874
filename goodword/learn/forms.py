"""Forms of learn."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goodword.learn.improve import FEWEST_DAYS, MOST_DAYS
from goodword.learn.models.improvement import WATCHED_DAYS
from goodword.staff.models import Agent, Role, Workspace
from goodword.staff.who_may import who_may
from goodword.triage.models import Area, Audience, Cause


class AreaForm(forms.Form):
    """A part of the business."""

    name = forms.CharField(label=_("Name"), max_length=60)
    audiences = forms.MultipleChoiceField(
        label=_("Whose it is"),
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("They read of it in their weekly letter."),
    )


class CauseForm(forms.Form):
    """What goes wrong in an area."""

    area = forms.ModelChoiceField(Area.objects.none(), label=_("Area"), empty_label=None)
    name = forms.CharField(label=_("Cause"), max_length=80, help_text=_("As short as customers would say it."))

    def __init__(self, workspace: Workspace, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["area"].queryset = Area.objects.of(workspace).order_by("name")  # type: ignore[attr-defined]


class ProblemForm(forms.Form):
    """What lies behind many cases."""

    title = forms.CharField(label=_("Title"), max_length=120)
    cause = forms.ModelChoiceField(Cause.objects.none(), label=_("Cause"), empty_label=None)
    about = forms.CharField(
        label=_("What is known"), widget=forms.Textarea({"rows": 5, "dir": "auto"}), max_length=10_000, required=False
    )

    def __init__(self, workspace: Workspace, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["cause"].queryset = Cause.objects.of(workspace).in_use().in_order()  # type: ignore[attr-defined]


class ImprovementForm(forms.Form):
    """What is done about a problem."""

    what = forms.CharField(label=_("What is done"), max_length=200)
    owner = forms.ModelChoiceField(Agent.objects.none(), label=_("Who sees to it"), empty_label=None)
    due_on = forms.DateField(label=_("By when"), widget=forms.DateInput({"type": "date"}))
    days = forms.IntegerField(
        label=_("Days that are compared"),
        initial=WATCHED_DAYS,
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
        help_text=_("So many before it is in place, with so many after it."),
    )

    def __init__(self, workspace: Workspace, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].queryset = who_may(Role.VIEWER, workspace=workspace)  # type: ignore[attr-defined]
