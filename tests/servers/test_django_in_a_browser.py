"""The example project in a real browser: its pages are shown, and its forms are sent."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from running.process import end, free_port, until, wrapped

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "django"
SETTINGS = """
from shop.settings import *
ROOT_URLCONF = "entry"
X_FRAME_OPTIONS = "SAMEORIGIN"
"""
# A browser without a keyboard logs in by a link, and types by a script in a page around.
ENTRY = '''
from django.contrib.auth import get_user_model, login
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path
from shop.urls import urlpatterns as pages

TYPIST = """<!doctype html><title>typist</title><pre id="said">nothing yet</pre>
<iframe id="page" src="/admin/customerkit/customer/1/change/"></iframe><script>
let turn = 0;
document.getElementById("page").onload = event => {
  const page = event.target.contentDocument;
  if (turn++ === 0) {
    page.querySelector("[name=city]").value = "York";
    page.querySelector("input[type=submit].default").click();
  } else {
    document.getElementById("said").textContent = page.body.innerText;
  }
};
</script>"""

def enter(request):
    login(request, get_user_model().objects.get(username="sales"))
    return HttpResponseRedirect(request.GET["next"])

def typist(request):
    return HttpResponse(TYPIST)

urlpatterns = [*pages, path("enter/", enter), path("typist/", typist)]
'''
ROWS = "customer_id,name,email,city\n1,Jane Doe,JANE@example.com,Leeds\n"


@pytest.fixture
def chromium() -> str:
    pytest.importorskip("django", reason="Django is not installed: no page of it is shown")
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    pytest.skip("a browser: chromium is not found; the admin pages were not seen in one")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """Run the example with a base of one customer, cleaned, and one more to clean."""
    (tmp_path / "entry_settings.py").write_text(SETTINGS)
    (tmp_path / "entry.py").write_text(ENTRY)
    (tmp_path / "crm.csv").write_text(ROWS)
    (tmp_path / "more.csv").write_text(ROWS.replace("1,Jane Doe,JANE", "2,Bo Ray,BO"))
    source = str(Path(__file__).parents[2] / "src")
    paths = [str(tmp_path), str(EXAMPLE), source, os.environ.get("PYTHONPATH", "")]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "DJANGO_SETTINGS_MODULE": "entry_settings",
        "DJANGO_SUPERUSER_PASSWORD": "only for this test",
        "SHOP_DATABASE": str(tmp_path / "shop.sqlite3"),
    }

    def manage(*words: str) -> None:
        command = [sys.executable, str(EXAMPLE / "manage.py"), *words]
        done = subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    manage("migrate", "-v0")
    manage("createsuperuser", "--noinput", "--username", "sales", "--email", "s@example.com")
    manage("customerkit", "collect", "crm.csv", "--channel", "crm")
    manage("customerkit", "clean")
    manage("customerkit", "collect", "more.csv", "--channel", "shop")
    yield from running(tmp_path, environment)


def running(folder: Path, environment: dict[str, str]) -> Iterator[str]:
    place = f"127.0.0.1:{free_port()}"
    command = [sys.executable, EXAMPLE / "manage.py", "runserver", place, "--noreload"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            wrapped(command, None), env=environment, cwd=folder, stdout=log, stderr=log
        )
    try:
        until(lambda: answers(f"http://{place}/typist/"), 60, (folder / "log").read_text)
        yield f"http://{place}"
    finally:
        end(process, signal.SIGTERM)
    said = (folder / "log").read_text()
    wrong = [line for line in said.splitlines() if '" 4' in line or '" 5' in line]
    assert [line for line in wrong if "favicon" not in line] == []


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


@pytest.fixture
def shown(chromium: str, server: str, tmp_path: Path) -> Callable[[str], str]:
    """Return a function that gives a page as the browser has it when all scripts ran."""

    def show(page: str) -> str:
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        profile = f"--user-data-dir={tmp_path / 'profile'}"
        last = [profile, "--virtual-time-budget=20000", "--dump-dom"]
        url = f"{server}/enter/?next={quote(page)}"
        done = subprocess.run(
            [chromium, *options, *last, url],
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        return done.stdout

    return show


def test_pages_are_shown_and_a_form_is_sent(shown: Callable[[str], str]) -> None:
    customers = shown("/admin/customerkit/customer/?q=jane")
    assert "Jane Doe" in customers
    assert "Plan of cleaning" in customers
    customer = shown("/admin/customerkit/customer/1/change/")
    assert "all records that state it agree" in customer
    assert "BO@example.com" in shown("/admin/customerkit/customer/plan/")
    said = shown("/typist/")
    assert "Customers: 1 changed." in said
    assert "pinned by a person" in said
