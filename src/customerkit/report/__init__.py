"""What people look at: reports, charts, tables for terminals and notebooks."""

from customerkit.report.document import Facts, document, gather, summary, write

__all__ = ["Facts", "document", "gather", "summary", "write"]
