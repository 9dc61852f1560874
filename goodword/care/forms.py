"""Forms of care."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from goodword.care.models import MakeGoodKind
from goodword.promises.due import DueRefused, read_due


class SavedReplyForm(forms.Form):
    """A saved reply as it is written; `save_reply` checks its variables."""

    shortcut = forms.SlugField(
        label=_("Shortcut"),
        max_length=40,
        help_text=_("Typed after / in the composer. Letters, digits, - and _; no spaces."),
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(label=_("Text"), widget=forms.Textarea({"rows": 8, "dir": "auto"}), max_length=20_000)


class ApologyForm(forms.Form):
    """An apology in its parts. Where something is given, it has a kind, words and an amount."""

    happened = forms.CharField(
        label=_("What happened"), max_length=600, widget=forms.Textarea({"rows": 2, "dir": "auto", "autofocus": True})
    )
    doing = forms.CharField(
        label=_("What we do now: “We'll …”"), max_length=300, help_text=_("For example: send you another one")
    )
    due = forms.CharField(
        label=_("By when, on the customer's clock"), widget=forms.DateTimeInput({"type": "datetime-local"})
    )
    kind = forms.ChoiceField(
        label=_("What we give"), choices=[("", _("nothing")), *MakeGoodKind.choices], required=False
    )
    what = forms.CharField(
        label=_("In the customer's words"),
        max_length=200,
        required=False,
        help_text=_("For example: a voucher of 15 euros. It follows “we give you”."),
    )
    amount = forms.DecimalField(label=_("Worth"), min_value=0, max_digits=9, decimal_places=2, required=False)
    idempotency_key = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def __init__(self, *args: object, zone: ZoneInfo, now: datetime, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self._zone, self._now = zone, now

    def clean_due(self) -> datetime:
        """A moment ahead, in the customer's zone."""
        try:
            return read_due(self.cleaned_data["due"], zone=self._zone, now=self._now).astimezone(self._zone)
        except DueRefused as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """What is given is said and has its worth."""
        given = self.cleaned_data
        if given.get("kind"):
            for name in ("what", "amount"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("Say what is given, and how much it is worth."))
        return given
