"""Create the tables of the base.

Models are derived from the same declarations, so no later migration alters them; one
that follows a change of the tables has only another ``Ensure``.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from customerkit.contrib.django.operations import Ensure, models


class Migration(migrations.Migration):
    """Create the tables of the base."""

    initial = True
    dependencies: ClassVar[list[tuple[str, str]]] = []
    operations: ClassVar = [Ensure("486a64592988d9e1"), *models()]
