"""The app: ``INSTALLED_APPS = [..., "customerkit.contrib.django"]``."""

from __future__ import annotations

from django.apps import AppConfig


class CustomerKitConfig(AppConfig):
    """Tell Django of the app."""

    name = "customerkit.contrib.django"
    label = "customerkit"
    verbose_name = "Customers"
    default_auto_field = "django.db.models.BigAutoField"
