"""Add the columns of what others know a customer by: cards, policies, profiles."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from customerkit.contrib.django.operations import Ensure


class Migration(migrations.Migration):
    """Bring older bases up to date."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("customerkit", "0003_second_names")]
    operations: ClassVar = [Ensure("532cd5fdcac8e236")]
