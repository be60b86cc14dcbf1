"""What the pages of the admin share: they show rows, and write through the base alone."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

import customerkit as ck
from customerkit.contrib.django.conf import APP, open_base
from customerkit.errors import CustomerKitError


class BasePages(admin.ModelAdmin):
    """List rows of the base, and show one; whoever may change acts by a verb."""

    actions = None
    list_per_page = 50
    show_full_result_count = False
    page_template = ""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Say no: rows are not added one by one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: rows are not deleted one by one."""
        return False

    def opened(self, request: HttpRequest) -> ck.CustomerBase:
        """Return the base, in which the user of a request is the author of runs."""
        return open_base(actor=request.user.get_username())

    def need(self, allowed: bool) -> None:
        """Refuse a user who may not do it.

        Raises:
            PermissionDenied: They may not.
        """
        if not allowed:
            raise PermissionDenied

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """List the rows."""
        title = str(self.opts.verbose_name_plural).capitalize()
        found: HttpResponse = super().changelist_view(
            request, {"title": title, **(extra_context or {})}
        )
        return found

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show one row, or do what was asked for it and show it again."""
        row = self.get_object(request, object_id)
        if row is None:
            self.need(self.has_view_permission(request))
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method != "POST":
            self.need(self.has_view_permission(request, row))
            return self.shown(request, row)
        self.need(self.has_change_permission(request, row))
        return self.done(request, row)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the page of the row, which shows what became of it."""
        return HttpResponseRedirect(self.address("change", object_id))

    def shown(self, request: HttpRequest, row: Any, **more: Any) -> HttpResponse:
        """Return the page of a row."""
        with self.opened(request) as base:
            facts = self.facts(base, row)
        told = {"row": row, "title": str(row), "may_change": self.has_change_permission(request)}
        return self.page(request, self.page_template, {**told, **facts, **more})

    def facts(self, base: ck.CustomerBase, row: Any) -> dict[str, Any]:
        """Return what the page of a row tells."""
        return {}

    def done(self, request: HttpRequest, row: Any) -> HttpResponse:
        """Do what was asked for a row."""
        raise PermissionDenied

    def page(self, request: HttpRequest, template: str, facts: dict[str, Any]) -> HttpResponse:
        """Return a page of the admin."""
        told = {**self.admin_site.each_context(request), "opts": self.opts, **facts}
        return TemplateResponse(request, f"admin/customerkit/{template}", told)

    def address(self, what: str, *args: Any) -> str:
        """Return the address of a page of these rows."""
        site = self.admin_site.name
        name = f"admin:{APP}_{self.opts.model_name}_{what}"
        return str(reverse(name, args=args, current_app=site))

    def told(self, request: HttpRequest, said: CustomerKitError | str) -> None:
        """Tell the user how it went."""
        level = messages.ERROR if isinstance(said, CustomerKitError) else messages.SUCCESS
        messages.add_message(request, level, str(said))


def settled(done: ck.Settled) -> str:
    """Say what a run changed."""
    counts = {
        "created": done.created,
        "changed": done.changed,
        "merged": done.merged,
        "removed": done.removed,
    }
    said = [f"{len(found):,} {name}" for name, found in counts.items() if found]
    return "Customers: " + (", ".join(said) or "no change") + "."
