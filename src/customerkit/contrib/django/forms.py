"""The form of a customer: what a person says of one, based on a version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

import customerkit as ck
from customerkit.model.profile import fields, groups

_LONG = frozenset({"notes"})


def label(name: str) -> str:
    """Return what people call a field.

    Example:
        >>> label("birth_date")
        'Birth date'
    """
    return name.replace("_", " ").capitalize()


class CustomerForm(forms.Form):
    """Hold every field of a customer, and the version that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(required=False, label="Why", help_text="Logged with the change.")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in fields():
            widget = forms.Textarea(attrs={"rows": 3}) if name in _LONG else forms.TextInput()
            self.fields[name] = forms.CharField(
                required=False,
                label=label(name),
                widget=widget,
                show_hidden_initial=True,
            )

    @property
    def said(self) -> dict[str, Any]:
        """Return what a person said: the fields that changed; an emptied one is cleared.

        A name and an address are taken whole from whoever says them, so what else of
        them was shown is said too.
        """
        changed = [name for name in self.changed_data if name in fields()]
        units = {fields()[name].group for name in changed} - {None}
        whole = [name for unit in sorted(map(str, units)) for name in groups()[unit]]
        kept = {name: value for name in whole if (value := self.cleaned_data[name])}
        return {**kept, **{name: self.cleaned_data[name] or ck.CLEARED for name in changed}}

    def main(self) -> list[Any]:
        """Return the fields that most customers have."""
        return [self[name] for name, item in fields().items() if name == item.base]

    def further(self) -> list[Any]:
        """Return the further slots of fields that hold several values."""
        return [self[name] for name, item in fields().items() if name != item.base]


def form_of(customer: ck.Customer) -> CustomerForm:
    """Return the form that shows a customer as it is."""
    return CustomerForm(initial={**customer.values, "version": customer.version})


def again(customer: ck.Customer, said: Mapping[str, Any], reason: str) -> CustomerForm:
    """Return the form that says on a newer version what a person said on an older one."""
    words = {name: "" if value is ck.CLEARED else value for name, value in said.items()}
    data: dict[str, Any] = {"version": customer.version, "reason": reason}
    for name in fields():
        data[f"initial-{name}"] = customer.values.get(name, "")
        data[name] = words.get(name, data[f"initial-{name}"])
    return CustomerForm(data)
