"""What a report tells, gathered from a base: numbers and masked examples, no layout."""

from customerkit.report.facts.activity import Activity, activity
from customerkit.report.facts.changes import Changes, Example, changes
from customerkit.report.facts.people import Apart, People, people
from customerkit.report.facts.quality import LABELS, Quality, quality
from customerkit.report.facts.sources import Sourced, Sources, sources

__all__ = [
    "LABELS",
    "Activity",
    "Apart",
    "Changes",
    "Example",
    "People",
    "Quality",
    "Sourced",
    "Sources",
    "activity",
    "changes",
    "people",
    "quality",
    "sources",
]
