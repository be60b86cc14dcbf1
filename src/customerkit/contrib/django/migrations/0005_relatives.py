"""Add the columns of relatives, by whom people are told from others of their name."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from customerkit.contrib.django.operations import Ensure


class Migration(migrations.Migration):
    """Bring older bases up to date."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("customerkit", "0004_accounts")]
    operations: ClassVar = [Ensure("d4a11ae996e9f673")]
