"""Forms of listening: what a connector wants to know, as its own fields say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goodword.connectors.contract import Connector, Field, FieldKind
from goodword.connectors.settings_schema import MAX_SETTING, fault_of
from goodword.listen.change_source import kept_secrets
from goodword.listen.models import Source
from goodword.listen.setting_faults import words_of


class ConnectForm(forms.Form):
    """A name, and the settings of one connector."""

    name = forms.CharField(
        label=_("Name of the source"), max_length=120, help_text=_("What your team calls it, e.g. Support mailbox.")
    )

    def __init__(
        self, connector: Connector, data: Mapping[str, Any] | None = None, *, obtains: Collection[str] = ()
    ) -> None:
        """`obtains`: fields that may stay empty, since signing in at the network fills them in."""
        super().__init__(data)
        self._declared = [field for field in connector.fields if not field.obtained]
        for field in self._declared:
            self.fields[f"setting-{field.name}"] = _form_field(field)
            if field.name in obtains:
                self.fields[f"setting-{field.name}"].required = False

    def clean(self) -> dict[str, Any]:
        """Each setting is what its field says."""
        for field in self._declared:
            name = f"setting-{field.name}"
            value = self.cleaned_data.get(name)
            if value and (fault := fault_of(field, value)):
                self.add_error(name, words_of(fault, field))
        return self.cleaned_data

    @property
    def typed(self) -> dict[str, str]:
        """What was filled in so far, valid or not."""
        return {field.name: str(self.data.get(f"setting-{field.name}") or "") for field in self._declared}

    @property
    def settings(self) -> dict[str, str]:
        """What was filled in, once valid."""
        return {field.name: self.cleaned_data[f"setting-{field.name}"] for field in self._declared}


class SettingsForm(ConnectForm):
    """The name and the settings of a source that is connected. Secrets that are kept may stay empty."""

    def __init__(self, source: Source, data: Mapping[str, Any] | None = None, *, obtains: Collection[str] = ()) -> None:
        super().__init__(source.connector, data, obtains=obtains)
        kept = kept_secrets(source)
        self.fields["name"].initial = source.name
        self._forgettable: list[str] = []
        for field in self._declared:
            shown = self.fields[f"setting-{field.name}"]
            if not field.secret:
                shown.initial = source.settings.get(field.name, field.default)
            elif field.name in kept:
                self._keep(field, shown)

    def _keep(self, field: Field, shown: forms.Field) -> None:
        """Let a kept secret be left alone and, where the connector can do without it, be forgotten."""
        is_needed, shown.required = shown.required, False
        shown.help_text = gettext("One is kept, and not shown. Leave this empty to go on with it.")
        if not is_needed:
            self._forgettable.append(field.name)
            label = gettext("Forget: %(secret)s") % {"secret": shown.label}
            self.fields[f"forget-{field.name}"] = forms.BooleanField(label=label, required=False)

    @property
    def forget(self) -> list[str]:
        """Secrets that are to be kept no longer, once valid."""
        return [name for name in self._forgettable if self.cleaned_data[f"forget-{name}"]]


class StopForm(forms.Form):
    """Why a source is stopped."""

    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("Stands in the ledger of gaps, for whoever wonders later.")
    )


def _form_field(field: Field) -> forms.Field:
    form_field: forms.Field
    if field.choices:
        form_field = forms.ChoiceField(choices=[(value, gettext(label)) for value, label in field.choices])
    else:
        form_field = forms.CharField(max_length=MAX_SETTING, widget=_widget(field))
    form_field.label, form_field.help_text = gettext(field.label), gettext(field.help)
    form_field.initial = field.default
    form_field.required = field.required and not field.default
    if field.tries_again:
        form_field.widget.attrs["data-tries-again"] = True
    return form_field


def _widget(field: Field) -> forms.Widget:
    if field.multiline:
        return forms.Textarea({"rows": 3, "autocomplete": "off"})
    if field.kind in {FieldKind.NUMBER, FieldKind.INTEGER}:
        bounds = {"min": field.minimum, "max": field.maximum, "step": "any" if field.kind is FieldKind.NUMBER else 1}
        return forms.NumberInput({name: bound for name, bound in bounds.items() if bound is not None})
    # What was typed is kept while it is tested; the answer is never stored by a browser.
    return forms.PasswordInput({"autocomplete": "off"}, render_value=True) if field.secret else forms.TextInput()
