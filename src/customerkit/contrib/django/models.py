"""The tables of the base as models, to read; what writes goes through the base."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from customerkit.contrib.django.conf import APP, alias
from customerkit.errors import ReadOnlyStoreError
from customerkit.model.customer import Name, customer_id
from customerkit.model.profile import fields
from customerkit.model.table import Column, Table
from customerkit.model.tables import TABLES
from customerkit.scoring import cleanliness
from customerkit.store.backends.django import prefixed

_SAID = {
    "customers": ("customer", "customers"),
    "runs": ("run", "runs"),
    "quarantine": ("row in quarantine", "quarantine"),
}


def _refused(*_: Any, **__: Any) -> NoReturn:
    raise ReadOnlyStoreError(
        "rows of the base are not written one by one, for nobody could explain or undo it; "
        "use customerkit.contrib.django.open_base() and its update, collect, clean or delete"
    )


class Reading(models.QuerySet):
    """Query rows, and refuse to write them."""

    create = bulk_create = bulk_update = update = delete = _refused
    acreate = abulk_create = abulk_update = aupdate = adelete = _refused


class Rows(models.Manager.from_queryset(Reading)):  # type: ignore[misc] # made by Django
    """Find rows where the base is."""

    def get_queryset(self) -> Any:
        """Return all rows of the database that the setting names."""
        return super().get_queryset().using(self._db or alias())


class Row(models.Model):
    """Be one row of a table."""

    objects = Rows()
    save = delete = save_base = asave = adelete = _refused

    class Meta:
        """Make no table of this class."""

        abstract = True


class _Person(Row):
    """Say how a customer is called."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return " ".join(filter(None, (customer_id(self.customer_id), self.name)))

    @property
    def name(self) -> str:
        """Return the name, from its parts where no channel gave it whole."""
        parts = (self.full_name, self.given_name, self.middle_name, self.family_name)
        return str(Name(*parts, self.prefix, self.suffix))

    @property
    def clean_score(self) -> float:
        """Return how probable it is that a steward would change no value; uncalibrated."""
        return cleanliness({name: getattr(self, name) for name in fields()})


def _column(column: Column, table: Table) -> Any:
    """Return the field of a column; that of a key is never empty."""
    only = table.key == (column.name,)
    told = {"primary_key": True} if only else {"null": column.name not in table.key}
    kinds = {
        "text": models.TextField,
        "integer": models.BigIntegerField,
        "real": models.FloatField,
        "blob": models.BinaryField,
    }
    return kinds[column.type](**told)


def _model(table: Table) -> Any:
    """Return the model of a table."""
    words = table.name.replace("_", " ")
    one, many = _SAID.get(table.name, (words.removesuffix("s"), words))
    told = {
        "app_label": APP,
        "db_table": prefixed(table).name,
        "managed": False,
        "verbose_name": one,
        "verbose_name_plural": many,
    }
    body: dict[str, Any] = {column.name: _column(column, table) for column in table.columns}
    if len(table.key) > 1:
        body["pk"] = models.CompositePrimaryKey(*table.key)
    body |= {"__module__": __name__, "__doc__": f"Be one row of {table.name}."}
    body["Meta"] = type("Meta", (), told)
    name = "".join(part.title() for part in table.name.split("_")).removesuffix("s")
    return type(name, (_Person if table.name == "customers" else Row,), body)


MODELS: dict[str, Any] = {table.name: _model(table) for table in TABLES}
"""Every table's model by the table's name; ``customerkit.Customer`` is that of customers."""
globals().update({model.__name__: model for model in MODELS.values()})  # as Django expects them
Customer, Run, Record = MODELS["customers"], MODELS["runs"], MODELS["records"]
Member, Quarantine = MODELS["members"], MODELS["quarantine"]
