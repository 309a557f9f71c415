"""The frame around every page of the app: who is here, in which team, with what left."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from apps.accounts.models import User
from apps.credits.selectors import get_balance
from apps.discovery.selectors.rows import list_recent_unlocks
from apps.teams.access import Permission, can
from apps.teams.models import Membership, Team
from apps.teams.selectors import read_standing

from .standing import find_payment_notice

RECENT = 3
ROLE_WORDS = {"owner": "the owner", "admin": "an admin", "manager": "a manager", "member": "a member"}


def get_shell(request: HttpRequest) -> dict[str, Any]:
    """`user`, `team`, `teams`, and inside a team its `balance`, `recent` reports and the `payment` that is missing.
    All None or empty for visitors.

    A page outside a team (methodology, account) shows the user's first team, without reading that team's schema.
    """
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"user": None, "team": None, "teams": [], "balance": None, "recent": [], "payment": None}
    standing = [
        one
        for one in read_standing(user.pk)
        if one.state == Membership.State.ACTIVE and one.team.state != Team.State.ARCHIVED
    ]
    inside: Membership | None = getattr(request, "membership", None)
    shown = inside or next(iter(standing), None)
    shown_id = shown.team_id if shown else None
    return {
        "user": _describe_user(user),
        "team": _describe_team(shown) if shown else None,
        "teams": [_list_team(one, current=one.team_id == shown_id) for one in standing],
        "balance": get_balance() if inside else None,
        "recent": list_recent_unlocks(limit=RECENT) if inside else [],
        "payment": find_payment_notice(inside) if inside else None,
    }


def _describe_user(user: User) -> dict[str, Any]:
    names = user.display_name.replace(".", " ").split() or [user.email]
    initials = "".join(name[0] for name in (names[0], *names[1:][-1:])).upper()
    return {"name": user.display_name, "email": user.email, "initials": initials, "is_staff": user.is_staff}


def _describe_team(membership: Membership) -> dict[str, Any]:
    team = membership.team
    return {
        "name": team.name,
        "slug": team.slug,
        "plan": team.plan_version.plan.name,
        "is_paid": team.plan_version.is_paid,
        "role_words": ROLE_WORDS[membership.role],
        "may_pay": can(membership, Permission.BILLING_MANAGE),
    }


def _list_team(membership: Membership, *, current: bool) -> dict[str, Any]:
    team = membership.team
    return {"name": team.name, "url": _get_dashboard_url(team.slug), "current": current}


@lru_cache(maxsize=10_000)
def _get_dashboard_url(slug: str) -> str:
    # Whoever is in a hundred teams has a hundred of these on every page.
    return reverse("portal:dashboard", args=[slug])
