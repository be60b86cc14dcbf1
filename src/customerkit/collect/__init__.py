"""From channels to records."""
