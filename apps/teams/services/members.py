"""Who belongs to a team, and as what. Every change is made under the team's row lock."""

from django.db import transaction

from apps.accounts.models import User
from apps.plans.models import Plan
from apps.plans.selectors import UPGRADE_AT, list_plan_versions
from apps.teams.errors import (
    AlreadyMember,
    FreeTeamExists,
    MembershipSuspended,
    OwnerRequired,
    RoleForbidden,
    SeatsExhausted,
    SuperadminNotMember,
)
from apps.teams.models import Membership, Team
from apps.teams.roles import Permission, can
from apps.teams.selectors import count_seats_taken, get_member

from .creating import lock_user, owns_free_team
from .standing import forget_members

Role, State = Membership.Role, Membership.State


@transaction.atomic
def add_member(*, team: Team, user: User, role: str) -> Membership:
    """Make the user a member of the team, on a free seat.

    Raises `OwnerRequired` (a team has one owner already), `SuperadminNotMember`, `AlreadyMember`, `SeatsExhausted`.
    """
    _lock(team)
    if role == Role.OWNER:
        raise OwnerRequired
    if user.is_superuser:
        raise SuperadminNotMember
    if Membership.objects.filter(team=team, user=user).exists():
        raise AlreadyMember
    _require_seat(team)
    membership = Membership.objects.create(team=team, user=user, role=role)
    forget_members([user.pk])
    return membership


@transaction.atomic
def bring_member(*, team: Team, user: User, role: str) -> Membership:
    """The user's place in a team that came from elsewhere: active while seats last, suspended beyond them. Repeatable.

    Raises `OwnerRequired`, `SuperadminNotMember`.
    """
    _lock(team)
    known = Membership.objects.filter(team=team, user=user).first()
    if known is not None:
        return known
    try:
        return add_member(team=team, user=user, role=role)
    except SeatsExhausted:
        membership = Membership.objects.create(team=team, user=user, role=role, state=State.SUSPENDED)
        forget_members([user.pk])
        return membership


@transaction.atomic
def change_member(*, team: Team, member_id: int, role: str | None = None, state: str | None = None) -> Membership:
    """Give a member another role, or suspend or reactivate him; what is None stays.

    The owner's place changes only by `transfer_ownership` (`OwnerRequired`). Reactivating needs a free seat
    (`SeatsExhausted`). Raises `MemberNotFound` for members of other teams.
    """
    _lock(team)
    member = get_member(team=team, member_id=member_id)
    if Role.OWNER in {member.role, role}:
        raise OwnerRequired
    if state == State.ACTIVE and member.state != State.ACTIVE:
        _require_seat(team)
    member.role, member.state = role or member.role, state or member.state
    member.save(update_fields=["role", "state"])
    forget_members([member.user_id])
    return member


@transaction.atomic
def remove_member(*, actor: Membership, member_id: int) -> None:
    """Take a member out of the actor's team. Everybody may leave; taking others out is for who manages members.

    Raises `RoleForbidden`, `MemberNotFound`, and `OwnerRequired` for the owner.
    """
    if member_id != actor.user_id and not can(actor, Permission.MEMBERS_MANAGE):
        raise RoleForbidden(details={"permission": str(Permission.MEMBERS_MANAGE), "role": actor.role})
    _lock(actor.team)
    member = get_member(team=actor.team, member_id=member_id)
    if member.role == Role.OWNER:
        raise OwnerRequired
    member.delete()
    forget_members([member.user_id])


@transaction.atomic
def transfer_ownership(*, team: Team, member_id: int) -> Membership:
    """Make an active member the owner; the owner before becomes an admin. Repeating it for the owner changes nothing.

    Raises `MemberNotFound`, `MembershipSuspended`, and `FreeTeamExists` when the new owner has a Free team already.
    """
    _lock(team)
    member = get_member(team=team, member_id=member_id)
    if member.role == Role.OWNER:
        return member
    if member.state != State.ACTIVE:
        raise MembershipSuspended("A suspended member cannot own the team.")
    lock_user(member.user)
    if team.plan_version.plan.code == Plan.Code.FREE and owns_free_team(member.user):
        raise FreeTeamExists("This member already owns a team on the Free plan.")
    before = Membership.objects.get(team=team, role=Role.OWNER)
    Membership.objects.filter(pk=before.pk).update(role=Role.ADMIN)
    member.role = Role.OWNER
    member.save(update_fields=["role"])
    forget_members([before.user_id, member.user_id])
    return member


def _lock(team: Team) -> None:
    Team.objects.select_for_update().only("pk").get(pk=team.pk)


def _require_seat(team: Team) -> None:
    """Seats are counted against the plan as it is now, not as the caller's copy of the team remembers it."""
    seats = Team.objects.filter(pk=team.pk).values_list("plan_version__seats", flat=True).get()
    taken = count_seats_taken(team)
    if taken >= seats:
        plans = [version.plan.code for version in list_plan_versions() if version.seats > seats]
        raise SeatsExhausted(details={"seats": seats, "taken": taken, "included_in": plans, "upgrade": UPGRADE_AT})
