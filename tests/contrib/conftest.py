"""Run Django's example project in this process, on databases of its tests."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import customerkit as ck

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "django"

try:
    import django
    import sqlalchemy  # noqa: F401 - the backend needs it
except ImportError:
    pass  # each file of tests says itself what it misses
else:
    sys.path.insert(0, str(EXAMPLE))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
    zone = os.environ.get("TZ")
    django.setup()
    os.environ.pop("TZ", None)  # Django sets the zone of the whole process, also for other tests
    if zone is not None:
        os.environ["TZ"] = zone
    time.tzset()

PEOPLE = [
    {
        "customer_id": "1",
        "full_name": "Jane <script>alert(1)</script> Doe",
        "email": " JANE@example.com",
        "street": "1 High Street",
        "city": "Leeds",
        "postcode": "LS1 1AA",
    },
    {
        "customer_id": "2",
        "full_name": "Bo Ray",
        "email": "bo.example.com",
        "phone": "+442079460000",
    },
]
ORDERS = b"""order id,customer id,date,product,quantity,unit price
1,7,2026-01-05,Tea,2,4.50
2,7,2026-01-09,Tea,two,4.50
"""


@pytest.fixture(scope="session", autouse=True)
def databases() -> Iterator[None]:
    """Make the databases of the tests, by the migrations, and drop them at the end."""
    from django.test.runner import DiscoverRunner

    runner = DiscoverRunner(verbosity=0, interactive=False)
    runner.setup_test_environment(debug=False)
    made = runner.setup_databases()
    yield
    runner.teardown_databases(made)
    runner.teardown_test_environment()


@pytest.fixture
def undone(databases: None) -> Iterator[None]:
    """Roll everything back that a test writes to the project's database, as TestCase does."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def base(undone: None, tmp_path: Path) -> Iterator[ck.CustomerBase]:
    """Return the project's base with two clean customers, one row in quarantine, and a plan."""
    from customerkit.contrib.django import open_base

    with open_base("importer") as made:
        made.collect(PEOPLE, channel="crm")
        made.clean()
        (tmp_path / "orders.csv").write_bytes(ORDERS)
        made.collect(tmp_path / "orders.csv", channel="shop")
        made.collect([{"customer_id": "7", "email": " JANE@example.com "}], channel="news")
        yield made


@pytest.fixture
def user(undone: None) -> Callable[..., Any]:
    """Return a function that logs a user of the staff in who has some permissions."""
    from django.contrib.auth.models import Permission, User
    from django.test import Client

    def log_in(*permissions: str, csrf: bool = False) -> Any:
        made = User.objects.create_user(f"staff{User.objects.count()}", is_staff=True)
        made.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        client = Client(enforce_csrf_checks=csrf)
        client.force_login(made)
        return client

    return log_in


@pytest.fixture
def alias() -> Iterator[Callable[[Path], str]]:
    """Return a function that gives a database of Django its alias, one a folder."""
    from django.db import connections

    made: list[str] = []

    def give(where: Path) -> str:
        name = str(where).strip("/").replace("/", ".")
        if name not in connections.settings:
            sample: dict[str, Any] = connections.settings["default"]
            connections.settings[name] = {**sample, "NAME": str(where / "store.sqlite3")}
            made.append(name)
        return name

    yield give
    for name in made:
        connections[name].close()
        del connections[name]
        del connections.settings[name]
