"""What a migration does: create what the base has not yet."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import router
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState

from customerkit.contrib.django.conf import alias
from customerkit.contrib.django.models import MODELS
from customerkit.model.tables import TABLES
from customerkit.store.backends.django import DjangoBackend


def declared() -> str:
    """Return a digest of all tables as they are declared now."""
    said = [(t.name, t.key, t.indexes, [(c.name, c.type) for c in t.columns]) for t in TABLES]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


class Ensure(Operation):
    """Create the tables, columns and indexes that are missing, as opening a base does.

    It adds and never drops: what channels said is not taken back by a migration.

    Args:
        tables: The digest of the tables that a migration was written for, so that a
            test can tell which change of theirs has no migration yet.
    """

    reduces_to_sql = False
    reversible = False

    def __init__(self, tables: str) -> None:
        self.tables = tables

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing: what models there are is said beside."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Create what is missing where the base is, and nowhere else."""
        here = schema_editor.connection.alias
        if here == alias() and router.allow_migrate(here, app_label):
            DjangoBackend(f"django://{here}").ensure(TABLES)

    def database_backwards(self, *_: Any) -> None:
        """Keep the tables."""

    def describe(self) -> str:
        """Say what it does."""
        return "Create what the customer base is missing"


def models() -> list[Any]:
    """Return the operations that tell Django of the models, which it does not manage."""
    states = map(ModelState.from_model, MODELS.values())
    return [
        CreateModel(state.name, list(state.fields.items()), state.options, state.bases)
        for state in states
    ]
