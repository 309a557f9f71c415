"""Making a team: a row, its owner, and a schema from the stock."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.plans.models import Plan
from apps.plans.selectors import get_plan_version
from apps.teams.errors import FreeTeamExists, SlugTaken, SuperadminNotMember
from apps.teams.models import Membership, Team

from .naming import clean_slug, clean_team_name, make_slug, refuse_taken_slug
from .standing import forget_members
from .stock import take_schema

_SLUG_ATTEMPTS = 3


@transaction.atomic
def create_team(*, name: str, owner: User, plan: str = "free", slug: str | None = None) -> Team:
    """Make a team with `owner` as its only member, and its schema, ready to use.

    Costs a millisecond while the stock lasts, a fraction of a second beyond. Raises `TeamNameInvalid`, `SlugInvalid`,
    `SlugTaken`, `FreeTeamExists` (a user owns at most one Free team), `SuperadminNotMember`; then nothing is made.
    """
    lock_user(owner)
    name = clean_team_name(name)
    if owner.is_superuser:
        raise SuperadminNotMember
    if plan == Plan.Code.FREE and owns_free_team(owner):
        raise FreeTeamExists
    if slug is not None:
        slug = clean_slug(slug)
        refuse_taken_slug(slug)
    team = _insert_team(name=name, slug=slug, plan=plan)
    Membership.objects.create(team=team, user=owner, role=Membership.Role.OWNER)
    forget_members([owner.pk])
    return team


@transaction.atomic
def welcome_user(user: User) -> Team | None:
    """Give a new user a first team on the Free plan; None for one who already belongs to a team, and for staff."""
    lock_user(user)
    if user.is_superuser or Membership.objects.filter(user=user).exists():
        return None
    return create_team(name=f"{user.display_name[:60]}’s team", owner=user)


def lock_user(user: User) -> None:
    """Teams of one user are made one after the other: the one-Free-team rule is checked under this lock."""
    User.objects.select_for_update().only("pk").get(pk=user.pk)


def owns_free_team(user: User) -> bool:
    return (
        Membership.objects.filter(user=user, role=Membership.Role.OWNER, team__plan_version__plan__code=Plan.Code.FREE)
        .exclude(team__state=Team.State.ARCHIVED)
        .exists()
    )


def _insert_team(*, name: str, slug: str | None, plan: str) -> Team:
    """Insert under the chosen slug, or under one made from the name, which two racing calls may make alike."""
    now = timezone.now()
    team = Team(name=name, plan_version=get_plan_version(plan), billing_anchor_at=now, created_at=now)
    team.schema_name = take_schema()
    for _ in range(_SLUG_ATTEMPTS):
        team.slug = slug or make_slug(name)
        try:
            with transaction.atomic():
                team.save(force_insert=True)
        except IntegrityError:
            continue
        return team
    raise SlugTaken(details={"slug": team.slug})
