"""Customers: search, filter, one with the sources of its values, and the plan."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

import customerkit as ck
from customerkit.contrib.django import page_plan
from customerkit.contrib.django.bands import ChannelFilter, CleanFilter, among
from customerkit.contrib.django.finding import found
from customerkit.contrib.django.forms import CustomerForm, again, form_of, label
from customerkit.contrib.django.pages import BasePages, settled
from customerkit.errors import ConflictError, CustomerKitError
from customerkit.model.customer import customer_id
from customerkit.report.shown import moment, share


class CustomerPages(BasePages):
    """List customers, show one with where its values come from, and edit it."""

    list_display = ("called", "name", "clean", "email", "phone", "city")
    list_filter = (ChannelFilter, CleanFilter)
    search_fields = ("full_name", "given_name", "family_name", "email", "phone", "city", "company")
    search_help_text = "A name, a city, a company; an e-mail address, a phone, or a channel's key."
    ordering = ("customer_id",)
    change_list_template = "admin/customerkit/customers.html"
    page_template = "customer.html"

    @admin.display(description="customer", ordering="customer_id")
    def called(self, row: Any) -> str:
        """Return the id."""
        return customer_id(row.customer_id)

    @admin.display(description="name", ordering="family_name")
    def name(self, row: Any) -> str:
        """Return the name."""
        return str(row.name)

    @admin.display(description="clean")
    def clean(self, row: Any) -> str:
        """Return the clean score."""
        return share(row.clean_score)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the customers that count; one that was merged leads to where it went."""
        rows = super().get_queryset(request)
        return rows.filter(status="active") if _is_list(request) else rows

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Return whom a text means by a key, and those who have its words in a value."""
        words, doubled = super().get_search_results(request, queryset, search_term)
        if not search_term.strip():
            return words, doubled
        with self.opened(request) as base:
            numbers = found(base, search_term.strip())
        named = queryset.filter(Q(customer_id__in=among(numbers)))
        return words | named, doubled

    def get_urls(self) -> list[Any]:
        """Return the pages, and the one of the plan."""
        plan = self.admin_site.admin_view(self.plan_view)
        return [path("plan/", plan, name="customerkit_customer_plan"), *super().get_urls()]

    def plan_view(self, request: HttpRequest) -> HttpResponse:
        """Show what cleaning would change; apply it when it is posted."""
        return page_plan.view(self, request)

    # ── one customer ─────────────────────────────────────────────────────────

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **more: Any) -> Any:
        """Show one customer; one that was merged leads to where it went."""
        row = self.get_object(request, object_id)
        if row is not None and row.status == "merged":
            self.need(self.has_view_permission(request, row))
            return HttpResponseRedirect(self.address("change", row.redirect))
        return super().change_view(request, object_id, *args, **more)

    def facts(self, base: ck.CustomerBase, row: Any) -> dict[str, Any]:
        """Return the values with their sources, and the history."""
        reference = customer_id(row.customer_id)
        told: dict[str, Any] = {"history": list(map(_version, reversed(base.history(reference))))}
        if row.status != "active":
            return {**told, "gone": row.status}
        customer = base.get(reference)
        values = [(label(name), base.explain(reference, name)) for name in customer.values]
        told |= {"customer": customer, "values": values, "clean": share(row.clean_score)}
        return {"form": form_of(customer), **told}

    def done(self, request: HttpRequest, row: Any) -> HttpResponse:
        """Update the customer by what was typed."""
        form = CustomerForm(request.POST)
        if not form.is_valid():
            return self.shown(request, row, form=form)
        said, reason = form.said, form.cleaned_data["reason"]
        try:
            self._update(request, row, said, form)
        except ConflictError as error:
            return self._conflict(request, row, said, reason, error)
        except CustomerKitError as error:
            self.told(request, error)
            return self.shown(request, row, form=form)
        return HttpResponseRedirect(self.address("change", row.customer_id))

    def _update(
        self, request: HttpRequest, row: Any, said: dict[str, Any], form: CustomerForm
    ) -> None:
        if not said:
            self.told(request, "Nothing was changed.")
            return
        reference, told = customer_id(row.customer_id), form.cleaned_data
        with self.opened(request) as base:
            log = {"expected": told["version"], "reason": told["reason"] or None}
            self.told(request, settled(base.update(reference, **log, **said)))

    def _conflict(
        self,
        request: HttpRequest,
        row: Any,
        said: dict[str, Any],
        reason: str,
        error: ConflictError,
    ) -> HttpResponse:
        """Show what somebody else wrote meanwhile beside what this person wants to write."""
        with self.opened(request) as base:
            customer = base.get(customer_id(row.customer_id))
        both = [
            (label(name), customer.values.get(name), None if value is ck.CLEARED else value)
            for name, value in said.items()
        ]
        form = again(customer, said, reason)
        self.told(request, error)
        return self.shown(request, self.get_object(request, row.pk), form=form, conflict=both)


def _is_list(request: HttpRequest) -> bool:
    found = request.resolver_match
    return found is not None and str(found.url_name).endswith("_changelist")


def _version(version: Any) -> dict[str, Any]:
    changes = [(label(name), old, new) for name, (old, new) in version.changes.items()]
    return {"version": version, "when": moment(version.recorded), "changes": changes}
