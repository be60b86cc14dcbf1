"""The shop's own table, beside those of the base."""

from __future__ import annotations

from django.db import models


class Order(models.Model):
    """One order of a customer, who is named by the id that the base gave."""

    customer = models.CharField(max_length=20)
    product = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.product} for {self.customer}"
