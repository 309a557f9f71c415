"""Teams, users, the trail and the support's queue over all teams: for the staff only."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from apps.accounts.models import User
from apps.admin.errors import TeamUnknown, UserUnknown
from apps.billing.models import Subscription
from apps.system.models import AuditEntry, SupportRequest
from apps.teams.models import Membership, Team


def list_operator_teams(*, search: str = "", **filters: str) -> QuerySet[Team]:
    """Teams, the newest first, each with its plan, `members` (active) and `owner` (an e-mail address).

    `search` looks into name, slug and members' addresses; `filters` are `state`, `billing_state` and `plan`.
    """
    found = _describe_teams()
    if search:
        people = Membership.objects.filter(user__email__icontains=search).values("team_id")
        found = found.filter(Q(name__icontains=search) | Q(slug__icontains=search) | Q(pk__in=people))
    if plan := filters.pop("plan", None):
        found = found.filter(plan_version__plan__code=plan)
    return found.filter(**filters).order_by("-id")


def get_team(team_id: int) -> dict[str, Any]:
    """A team with its people and the subscription it lives on; raises `TeamUnknown`. Three queries."""
    team = _describe_teams().filter(pk=team_id).first()
    if team is None:
        raise TeamUnknown
    live = Subscription.objects.filter(account__team_id=team.pk, ended_at=None).select_related("plan_version__plan")
    people = Membership.objects.filter(team_id=team.pk).select_related("user").order_by("id")
    return {"team": team, "subscription": live.first(), "people": list(people)}


def list_users(*, search: str = "", is_active: bool | None = None) -> QuerySet[User]:
    """Users, the newest first; `search` looks into address and name."""
    found = User.objects.defer("password")
    if search:
        found = found.filter(Q(email__icontains=search) | Q(full_name__icontains=search))
    if is_active is not None:
        found = found.filter(is_active=is_active)
    return found.order_by("-id")


def get_user(user_id: int) -> dict[str, Any]:
    """A user with his places in teams; raises `UserUnknown`. Two queries."""
    user = User.objects.defer("password").filter(pk=user_id).first()
    if user is None:
        raise UserUnknown
    places = Membership.objects.filter(user_id=user_id).select_related("team__plan_version__plan").order_by("id")
    return {"user": user, "places": list(places)}


def list_audit(**filters: Any) -> QuerySet[AuditEntry]:
    """The trail of the staff, the latest first; `filters` are `action`, `team_id` and `actor_id`."""
    return AuditEntry.objects.filter(**filters).select_related("actor").order_by("-id")


def list_support(**filters: Any) -> QuerySet[SupportRequest]:
    """Support requests with what was said, the latest first; `filters` are `state`, `priority` and `team_id`."""
    found = SupportRequest.objects.filter(**filters).select_related("member")
    return found.prefetch_related("messages__author").order_by("-id")


def _describe_teams() -> QuerySet[Team]:
    owners = Membership.objects.filter(team_id=OuterRef("pk"), role=Membership.Role.OWNER)
    active = Count("memberships", filter=Q(memberships__state=Membership.State.ACTIVE))
    return Team.objects.select_related("plan_version__plan").annotate(
        members=active, owner=Subquery(owners.values("user__email")[:1])
    )
