"""Forms of care."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SavedReplyForm(forms.Form):
    """A saved reply as it is written; `save_reply` checks its variables."""

    shortcut = forms.SlugField(
        label=_("Shortcut"),
        max_length=40,
        help_text=_("Typed after / in the composer. Letters, digits, - and _; no spaces."),
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(label=_("Text"), widget=forms.Textarea({"rows": 8, "dir": "auto"}), max_length=20_000)
