"""Add the columns of another name that somebody goes by."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from customerkit.contrib.django.operations import Ensure


class Migration(migrations.Migration):
    """Bring older bases up to date."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("customerkit", "0002_occupation_and_birth_place")
    ]
    operations: ClassVar = [Ensure("42e091878abe9e78")]
