"""Match: find the records that are one person."""
