"""Makes a change of memberships or teams act at once on the door's cached answers."""

from collections.abc import Iterable
from functools import partial

import structlog
from django.db import transaction
from redis.exceptions import RedisError

from apps.core.gateways import shared_redis
from apps.teams.models import Membership, Team
from apps.teams.selectors.standing import version_key

logger = structlog.get_logger(__name__)


def forget_members(user_ids: Iterable[int]) -> None:
    """Call in the transaction that changes these users' memberships; their next request reads the database.

    At once, for what the caller itself still does, and again after the commit: what others read in between is old.
    """
    keys = [version_key(user_id) for user_id in user_ids]
    _drop(keys)
    transaction.on_commit(partial(_drop, keys))


def forget_team(team: Team) -> None:
    """Call in the transaction that changes what a team is: state, plan, name, slug."""
    forget_members(list(Membership.objects.filter(team=team).values_list("user_id", flat=True)))


def _drop(keys: list[str]) -> None:
    try:
        if keys:
            shared_redis().delete(*keys)
    except RedisError:
        logger.warning("teams.standing_not_dropped", users=len(keys))
