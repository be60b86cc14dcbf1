"""Charts as plain SVG, each a pure function from numbers to a drawing.

Every drawing has a title, a description in words and numbers, labels that are
text, and colours that colour-blind people can tell apart.
"""

from customerkit.report.charts.bars import bars, stacked
from customerkit.report.charts.dots import dots, gauge, moved
from customerkit.report.charts.heat import heat
from customerkit.report.charts.lines import trend
from customerkit.report.charts.waterfall import waterfall

__all__ = ["bars", "dots", "gauge", "heat", "moved", "stacked", "trend", "waterfall"]
