"""Forms of the knowledge base."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goodword.community.models.article import Readers
from goodword.community.save_article import LONGEST
from goodword.staff.models import Agent, Role, Workspace
from goodword.staff.who_may import who_may


class ArticleForm(forms.Form):
    """A question and its answer."""

    title = forms.CharField(label=_("Question"), max_length=120, help_text=_("As customers ask it."))
    text = forms.CharField(
        label=_("Answer"),
        widget=forms.Textarea({"rows": 10, "dir": "auto"}),
        max_length=LONGEST,
        help_text=_("Plain and short. The first paragraph is what goes into a reply where the whole is too long."),
    )
    readers = forms.ChoiceField(label=_("Who may read it"), choices=Readers.choices, initial=Readers.INSIDE)
    owner = forms.ModelChoiceField(Agent.objects.none(), label=_("Who answers for it"), empty_label=None)
    review_on = forms.DateField(label=_("Look at it again by"), widget=forms.DateInput({"type": "date"}))

    def __init__(self, workspace: Workspace, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].queryset = who_may(Role.VIEWER, workspace=workspace)  # type: ignore[attr-defined]
