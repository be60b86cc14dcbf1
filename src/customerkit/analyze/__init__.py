"""From customers to insights: behaviour, needs, preferences."""

from customerkit.analyze.insights import Insights, insights

__all__ = ["Insights", "insights"]
