"""Kits for authors of backends."""
