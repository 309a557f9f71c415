"""What the superadmins' pages show."""

from datetime import timedelta
from typing import Any

from django.db.models import Case, Count, When
from django.utils import timezone

from apps.accounts.models import User
from apps.core.resilience import breaker_states
from apps.credits.models import Entry, Grant, Hold, Revocation
from apps.credits.selectors import compute_balance
from apps.jobs.models import Job
from apps.jobs.selectors import count_dead_letters
from apps.plans.models import Plan
from apps.profiles.models import Post, Profile
from apps.profiles.selectors import list_source_states
from apps.teams.access import enter_team
from apps.teams.models import Team

LEDGER_ROWS = 100
LEDGER_GRANTS = 100


def get_overview() -> dict[str, Any]:
    """Counts of customers, creators and work as they are now; no team's schema is read."""
    return {
        "teams": _count_teams(),
        "users": User.objects.filter(is_active=True).count(),
        "new_users": User.objects.filter(date_joined__gt=timezone.now() - timedelta(days=7)).count(),
        "creators": _count_creators(),
        "posts": Post.objects.count(),
        "jobs": _count_jobs(),
        "dead_letters": count_dead_letters(),
        "sources": list_source_states(),
        "breakers": breaker_states(),
    }


def _count_teams() -> dict[str, Any]:
    active = Team.objects.filter(state=Team.State.ACTIVE)
    by_plan = dict(active.values_list("plan_version__plan__code").annotate(number=Count("pk")).order_by())
    plans = [{"name": plan.name, "teams": by_plan.get(plan.code, 0)} for plan in Plan.objects.all()]
    return {"active": sum(by_plan.values()), "all": Team.objects.count(), "by_plan": plans}


def _count_creators() -> dict[str, int]:
    creators = Profile.objects.all()
    day = timezone.now() - timedelta(days=1)
    return {
        "all": creators.count(),
        "synthetic": creators.filter(synthetic=True).count(),
        "refreshed": creators.filter(refreshed_at__gt=day).count(),
        "stale": creators.filter(stale_since__isnull=False).count(),
        "suppressed": creators.filter(suppressed_at__isnull=False).count(),
    }


def _count_jobs() -> dict[str, Any]:
    day = timezone.now() - timedelta(days=1)
    by_state = dict(Job.objects.filter(created_at__gt=day).values_list("state").annotate(number=Count("pk")).order_by())
    active = Job.objects.filter(state__in=Job.ACTIVE)
    by_queue = list(active.values("queue", "state").annotate(number=Count("pk")).order_by("queue", "state"))
    return {"day": by_state, "active": by_queue}


def get_ledger(team: Team, *, before: int | None = None) -> dict[str, Any]:
    """A team's balance, open holds and a page of entries, read inside the team and complete when it is left.

    `entries` are the latest, or those before the number given; `older` is the number from which the page goes on, or
    None.
    """
    with enter_team(team):
        found = Entry.objects.select_related("member").order_by("-seq")
        rows = list((found.filter(seq__lt=before) if before else found)[: LEDGER_ROWS + 1])
        return {
            "balance": compute_balance(),
            "holds": list(Hold.objects.filter(state=Hold.State.HELD).select_related("member")[:50]),
            "grants": list(Grant.objects.order_by(Case(When(remaining=0, then=1), default=0), "-id")[:LEDGER_GRANTS]),
            "revocations": list(Revocation.objects.select_related("grant").order_by("-id")[:LEDGER_GRANTS]),
            "entries": rows[:LEDGER_ROWS],
            "older": rows[LEDGER_ROWS - 1].seq if len(rows) > LEDGER_ROWS else None,
            "total": Entry.objects.count(),
        }
