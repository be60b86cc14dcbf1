"""Quarantine: rows that could not be read are fixed and collected again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

import customerkit as ck
from customerkit.collect.worksheet import worksheet
from customerkit.contrib.django.pages import BasePages
from customerkit.errors import CustomerKitError
from customerkit.report.shown import cut
from customerkit.store.unit import details

_CELL = "cell-"


class QuarantinePages(BasePages):
    """List the rows that wait, show one by its columns, and replay it."""

    list_display = ("called", "run_id", "line", "kind", "code", "message", "text")
    list_filter = ("kind", "code")
    search_fields = ("raw",)
    ordering = ("quarantine_id",)
    page_template = "quarantine.html"

    @admin.display(description="row", ordering="quarantine_id")
    def called(self, row: Any) -> str:
        """Return the number."""
        return f"row {row.position}"

    @admin.display(description="original text")
    def text(self, row: Any) -> str:
        """Return the beginning of what could not be read."""
        return cut(row.raw, 80)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the rows that wait."""
        return super().get_queryset(request).filter(state="open")

    def facts(self, base: ck.CustomerBase, row: Any) -> dict[str, Any]:
        """Return the cells of the row by the columns of its source."""
        run = base.unit.one(row.run_id)
        sheet = worksheet(base.unit, row.run_id)
        cells = next(line for line in sheet.dicts() if line["quarantine_id"] == row.quarantine_id)
        columns = list(details(run)["columns"])
        form = _form(columns, {name: cells.get(name) for name in columns})
        title = f"Row {row.position} of {run.source or run.channel}"
        return {"title": title, "run": run, "form": form, "more": cells.get("quarantine_more")}

    def done(self, request: HttpRequest, row: Any) -> HttpResponse:
        """Collect the row again as it was fixed."""
        try:
            with self.opened(request) as base:
                columns = details(base.unit.one(row.run_id))["columns"]
                given = request.POST
                fixed = {n: given.get(f"{_CELL}{at}", "").strip() for at, n in enumerate(columns)}
                reason = given.get("reason") or None
                (found,) = base.replay(
                    [{**fixed, "quarantine_id": row.quarantine_id}], reason=reason
                )
        except CustomerKitError as error:
            self.told(request, error)
            return HttpResponseRedirect(self.address("change", row.quarantine_id))
        if found.quarantined:
            messages.warning(request, "The row still cannot be read; it waits again, see why.")
        else:
            self.told(request, f"The row was collected again, {found}.")
        return HttpResponseRedirect(self.address("changelist"))


def _form(columns: list[str], values: dict[str, Any]) -> forms.Form:
    """Return a form of one field a column, whatever the columns are called."""
    form = forms.Form()
    for at, name in enumerate(columns):
        form.fields[f"{_CELL}{at}"] = forms.CharField(
            label=name, required=False, initial=values.get(name)
        )
    return form
