"""An order and its customer are written together, or neither is."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from customerkit.contrib.django import open_base
from customerkit.model.customer import customer_id
from shop.models import Order


@require_POST
@transaction.atomic
def order(request: HttpRequest) -> JsonResponse:
    """Take an order: the customer is known by the e-mail address, or new."""
    with open_base(actor="web shop") as base:
        said: dict[str, Any] = {name: request.POST[name] for name in ("full_name", "email")}
        known = base.find(email=said["email"], limit=1)
        done = base.update(known[0].id if known else None, channel="shop", **said)
        customer = known[0].id if known else customer_id(done.created[0])
    placed = Order.objects.create(customer=customer, product=request.POST["product"])
    return JsonResponse({"order": placed.pk, "customer": customer}, status=201)
