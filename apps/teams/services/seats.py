"""Who stays active where a plan has fewer seats than the team has members. Nobody is taken out."""

from collections.abc import Sequence

from django.db import transaction

from apps.teams.models import Membership, Team

from .standing import forget_members

Role, State = Membership.Role, Membership.State


@transaction.atomic
def suspend_beyond_seats(*, team: Team, seats: int, keep: Sequence[int] = ()) -> list[int]:
    """Suspend active members beyond `seats`; returns the users' ids, none when all have a seat.

    The owner always stays; then those in `keep` (users' ids, in that order), then whoever came first. A suspended
    member keeps the place and gets it back when the owner says so and a seat is free: never by itself.
    """
    Team.objects.select_for_update().only("pk").get(pk=team.pk)
    active = list(Membership.objects.filter(team=team, state=State.ACTIVE).order_by("created_at", "id"))
    chosen = {user_id: position for position, user_id in enumerate(keep)}

    def rank(member: Membership) -> tuple[bool, int]:
        return member.role != Role.OWNER, chosen.get(member.user_id, len(chosen))

    beyond = sorted(active, key=rank)[max(seats, 1) :]  # a stable sort: those not chosen stay in order of arrival
    Membership.objects.filter(pk__in=[member.pk for member in beyond]).update(state=State.SUSPENDED)
    suspended = [member.user_id for member in beyond]
    forget_members(suspended)
    return suspended
