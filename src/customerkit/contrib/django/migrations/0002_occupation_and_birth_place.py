"""Add the columns of occupation and place of birth."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from customerkit.contrib.django.operations import Ensure


class Migration(migrations.Migration):
    """Bring older bases up to date."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("customerkit", "0001_initial")]
    operations: ClassVar = [Ensure("a7ecd93cc05db0ba")]
