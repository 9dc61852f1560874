"""Forms of honesty."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goodword.honesty.flags import FLAGS, Approver, Level
from goodword.honesty.models.statement import SEARCH_LENGTH
from goodword.language.searches import SearchError, parse


class RulesForm(forms.Form):
    """What each flag does, and what the checks go by. The fields of flags are named by them."""

    confidential = forms.CharField(
        label=_("Words that no reply may hold"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
        help_text=_("A word or phrase a line: names of projects, of people who are not to be named, prices to come."),
    )
    same_cases = forms.IntegerField(
        label=_("The same words are too many from so many other customers on"), min_value=1, max_value=1000
    )
    same_hours = forms.IntegerField(label=_("Within so many hours"), min_value=1, max_value=720)
    most_offers = forms.IntegerField(
        label=_("Offers that one customer who came for help may get"), min_value=0, max_value=100
    )
    offer_days = forms.IntegerField(label=_("Within so many days"), min_value=1, max_value=365)
    feed_offers = forms.IntegerField(
        label=_("Offers that everybody may read in one channel"), min_value=0, max_value=100
    )
    feed_days = forms.IntegerField(label=_("Within so many days"), min_value=1, max_value=365)
    approver = forms.ChoiceField(label=_("Held replies are approved by"), choices=Approver.choices)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        for name, flag in FLAGS.items():
            self.fields[name] = forms.ChoiceField(label=str(flag.label), choices=Level.choices)
        self.order_fields([*FLAGS, "confidential"])

    def levels(self) -> dict[str, Level]:
        """What was chosen for each flag."""
        return {name: Level(self.cleaned_data[name]) for name in FLAGS}

    def figures(self) -> dict[str, Any]:
        """The rest."""
        return {name: value for name, value in self.cleaned_data.items() if name not in FLAGS}


class SearchField(forms.CharField):
    """A search in the query language; what is wrong with it is said."""

    def clean(self, value: object) -> str:
        """Refuse what is no search."""
        text = str(super().clean(value))
        try:
            parse(text)
        except SearchError as error:
            raise forms.ValidationError(error.reason) from error
        return text


class StatementForm(forms.Form):
    """What the house says of a matter."""

    words = forms.CharField(
        label=_("What we say"),
        max_length=600,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text=_("In the words of a reply: it is offered in the place of what contradicts it."),
    )
    about = SearchField(
        label=_("What it is about"),
        max_length=SEARCH_LENGTH,
        help_text=_("A search that replies about it match, for example: checkout OR payment OR pay"),
    )
    denies = SearchField(
        label=_("What no reply about it may say"),
        max_length=SEARCH_LENGTH,
        help_text=_('A search, for example: fixed OR solved OR "works again"'),
    )
    until = forms.DateTimeField(
        label=_("In force until"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: until it is withdrawn."),
    )
