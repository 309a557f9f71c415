"""How answers look: report bytes, 202 with a job, the credit headers, `Prefer: wait=N`."""

import hashlib
import re
from typing import Any, cast

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.core.api.throttling import RateLimit
from apps.core.conditional import is_unchanged
from apps.credits.access import set_credit_headers
from apps.credits.selectors import get_balance
from apps.discovery.selectors.reports import ReportKey, get_report_bytes
from apps.discovery.services.budgets import get_budget
from apps.discovery.services.trails import record_access
from apps.jobs.models import Job
from apps.jobs.selectors import show_job
from apps.teams.models import Team

LONGEST_WAIT = 60
_WAIT = re.compile(r"(?:^|[,;\s])wait\s*=\s*\"?(\d{1,6})", re.IGNORECASE)


def member_of(request: Request) -> User:
    """Who asks. Behind the team's door it is always a user, never a visitor."""
    return cast("User", request.user)


def read_wait(request: Request) -> float | None:
    """The seconds of `Prefer: wait=N`, at most 60; 0 for `respond-async`; None when nothing is said."""
    prefer = request.headers.get("Prefer", "")
    if found := _WAIT.search(prefer):
        return float(min(int(found[1]), LONGEST_WAIT))
    return 0.0 if "respond-async" in prefer.lower() else None


def answer_report(
    request: Request, key: ReportKey, *, status: int = 200, extra: dict[str, Any] | None = None
) -> HttpResponse:
    """The report as its ready bytes, or 304 when the caller has this state."""
    record_access(member=member_of(request), profile_id=key.profile_id)
    if extra is None and is_unchanged(request, key.etag):
        return with_cache_headers(HttpResponse(status=304), key.etag)
    body = get_report_bytes(key, extra=extra)
    response = HttpResponse(body, status=status, content_type="application/json")
    return with_cache_headers(response, key.etag)


def with_cache_headers(response: Any, etag: str) -> Any:
    """Private, to be asked for again each time, and different for each team."""
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Authorization", "Cookie", "X-Team"))
    return response


def make_list_etag(request: Request, *parts: object) -> str:
    """A weak tag of a list's state: the parts that change it, and what was asked for."""
    text = "|".join([*map(str, parts), request.get_full_path()])
    return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def answer_job(job: Job, *, held: int | None = None) -> Response:
    """202: the work goes on in this job."""
    headers = {"Location": f"/api/v1/jobs/{job.pk}", "Retry-After": "1"}
    response = Response({"job": show_job(job)}, status=202, headers=headers)
    if held is not None:
        set_credit_headers(response, held=held, balance=get_balance()["balance"])
    return response


def set_charge_headers(response: Any, *, charged: int) -> Any:
    set_credit_headers(response, charged=charged, balance=get_balance()["balance"])
    return response


def set_wait_header(response: Any, wait: float | None) -> Any:
    if wait is not None:
        response["Preference-Applied"] = f"wait={int(wait)}"
    return response


def note_budget(request: Request, *, team: Team, kind: str) -> None:
    """Have the `RateLimit-*` headers speak of the day's budget: it is what such a request runs out of first."""
    budget = get_budget(team=team, kind=kind)
    request._rate_limit = RateLimit(  # type: ignore[attr-defined]
        limit=budget.limit, remaining=budget.remaining, reset=budget.reset_seconds
    )
