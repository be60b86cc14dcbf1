"""The pages for people: customers, their plan, runs, and what could not be read."""

from __future__ import annotations

from django.contrib import admin

from customerkit.contrib.django.models import Customer, Quarantine, Run
from customerkit.contrib.django.page_customers import CustomerPages
from customerkit.contrib.django.page_quarantine import QuarantinePages
from customerkit.contrib.django.page_runs import RunPages

admin.site.register(Customer, CustomerPages)
admin.site.register(Quarantine, QuarantinePages)
admin.site.register(Run, RunPages)
