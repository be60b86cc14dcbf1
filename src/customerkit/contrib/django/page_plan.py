"""The plan: what cleaning would change, and why; applied as one run."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

import customerkit as ck
from customerkit.contrib.django.conf import APP
from customerkit.contrib.django.pages import settled
from customerkit.errors import ConflictError, CustomerKitError

_SHOWN = 200
_MOVED = "The base has changed since this plan was shown; here is the plan of now."


def view(pages: Any, request: HttpRequest) -> HttpResponse:
    """Show the plan, or apply it when it is posted.

    Args:
        pages: The pages of customers.
        request: The request; whoever may change runs may apply.
    """
    pages.need(pages.has_view_permission(request))
    may_apply = request.user.has_perm(f"{APP}.change_run")
    if request.method == "POST":
        pages.need(may_apply)
        try:
            pages.told(request, _applied(pages, request))
            return HttpResponseRedirect(pages.address("changelist"))
        except ConflictError:
            messages.warning(request, _MOVED)
        except CustomerKitError as error:
            pages.told(request, error)
        return HttpResponseRedirect(request.path)
    with pages.opened(request) as base:
        facts = _facts(base)
    return pages.page(request, "plan.html", {"title": "Plan", "may_apply": may_apply, **facts})


def _facts(base: ck.CustomerBase) -> dict[str, Any]:
    state = _state(base)
    plan = base.plan()
    if not plan.pending:
        return {"state": state, "ruleset": plan.ruleset}
    ranked = sorted(plan.counts.items(), key=lambda item: (-item[1], item[0]))
    some = [(_key(change), change) for change in islice(plan.changes(), _SHOWN)]
    records, customers = plan.view.counts()
    return {
        "plan": plan,
        "state": state,
        "ruleset": plan.ruleset,
        "counts": [(*why, count) for why, count in ranked],
        "changes": some,
        "records": records,
        "customers": customers,
        "more": len(plan) - len(some),
        "suggestions": plan.suggestions[:20],
    }


def _applied(pages: Any, request: HttpRequest) -> str:
    """Apply the plan that was shown; what was left out is remembered as rejected."""
    rejected = set(request.POST.getlist("shown")) - set(request.POST.getlist("keep"))
    reason = request.POST.get("reason") or None
    with pages.opened(request) as base, base.backend.transaction():
        if request.POST.get("state") != _state(base):
            raise ConflictError(_MOVED)
        plan = base.plan(reason=reason)
        if not plan.pending:
            return "There was nothing to clean."
        if rejected:
            plan = plan.filter(lambda change: _key(change) not in rejected)
        run, done = plan.apply()
    return f"Run {run}. {settled(done)}"


def _state(base: ck.CustomerBase) -> str:
    return "-".join(map(str, base.unit.state()))


def _key(change: ck.Change) -> str:
    return f"{change.record}.{change.field}.{change.rule}"
