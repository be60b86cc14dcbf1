"""The sections of a report: from what was gathered to what is read."""

from customerkit.report.sections.behaviour import behaviour
from customerkit.report.sections.cleaned import cleaned
from customerkit.report.sections.collected import collected
from customerkit.report.sections.customers import customers
from customerkit.report.sections.needs import needs, still_open
from customerkit.report.sections.runs import runs
from customerkit.report.sections.trust import trust

__all__ = ["behaviour", "cleaned", "collected", "customers", "needs", "runs", "still_open", "trust"]
