"""Makes a change of memberships or teams act at once on the door's cached answers."""

from collections.abc import Iterable

from django.core.cache import cache
from django.db import transaction

from apps.teams.models import Membership, Team
from apps.teams.selectors.standing import version_key


def forget_members(user_ids: Iterable[int]) -> None:
    """Call in the transaction that changes these users' memberships; their next request reads the database.

    At once, for what the caller itself still does, and again after the commit: what others read in between is old.
    """
    keys = [version_key(user_id) for user_id in user_ids]
    cache.delete_many(keys)
    transaction.on_commit(lambda: cache.delete_many(keys))


def forget_team(team: Team) -> None:
    """Call in the transaction that changes what a team is: state, plan, name, slug."""
    forget_members(list(Membership.objects.filter(team=team).values_list("user_id", flat=True)))
