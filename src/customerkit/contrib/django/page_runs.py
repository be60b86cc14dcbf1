"""Runs: what was written, when, by whom; any of them can be undone."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

import customerkit as ck
from customerkit.contrib.django.pages import BasePages, settled
from customerkit.errors import CustomerKitError
from customerkit.report.shown import moment


class RunPages(BasePages):
    """List runs, show one, and undo it."""

    list_display = ("called", "verb", "when", "actor", "channel", "source", "reason", "undone")
    list_filter = ("verb", "channel")
    search_fields = ("actor", "reason", "source", "channel")
    ordering = ("-run_id",)
    page_template = "run.html"

    @admin.display(description="run", ordering="run_id")
    def called(self, row: Any) -> str:
        """Return the number."""
        return f"run {row.run_id}"

    @admin.display(description="when (UTC)", ordering="recorded")
    def when(self, row: Any) -> str:
        """Return when it was recorded."""
        return moment(row.recorded)

    @admin.display(description="undone")
    def undone(self, row: Any) -> str:
        """Return which run undid it."""
        return f"by run {row.undone_by}" if row.undone_by else ""

    def facts(self, base: ck.CustomerBase, row: Any) -> dict[str, Any]:
        """Return what the log says of the run."""
        details = json.loads(row.details) if row.details else {}
        said = {
            "verb": row.verb,
            "when (UTC)": moment(row.recorded),
            "who": row.actor,
            "why": row.reason,
            "channel": row.channel,
            "source": row.source,
            "cleaned by run": row.cleaned_by,
            "undone by run": row.undone_by,
        }
        counts = details.pop("counts", {})
        told = {name: value for name, value in said.items() if value is not None}
        text = json.dumps(details, ensure_ascii=False, indent=2) if details else ""
        return {"title": f"Run {row.run_id}", "said": told, "counts": counts, "details": text}

    def done(self, request: HttpRequest, row: Any) -> HttpResponse:
        """Undo the run."""
        try:
            with self.opened(request) as base:
                done = base.undo(row.run_id, reason=request.POST.get("reason") or None)
            self.told(request, f"Run {row.run_id} was undone. {settled(done)}")
        except CustomerKitError as error:
            self.told(request, error)
        return HttpResponseRedirect(self.address("change", row.run_id))
