"""Customers in a Django project: its database, its transactions, its admin, its commands."""

from __future__ import annotations

from customerkit.contrib.django.conf import open_base

__all__ = ["open_base"]
