"""From customers to insights: behaviour, needs, preferences."""

from customerkit.analyze.insights import insights
from customerkit.analyze.results import Insights

__all__ = ["Insights", "insights"]
