"""Migrations of the base: its tables are derived, and so is what is done here."""
