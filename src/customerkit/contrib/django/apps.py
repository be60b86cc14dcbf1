"""The app: ``INSTALLED_APPS = [..., "customerkit.contrib.django"]``."""

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks

from customerkit.contrib.django.conf import APP


class CustomerKitConfig(AppConfig):
    """Tell Django of the app."""

    name = "customerkit.contrib.django"
    label = APP
    verbose_name = "Customer base"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what ``manage.py check`` asks."""
        from customerkit.contrib.django.checks import check_settings

        checks.register(check_settings, checks.Tags.database)
