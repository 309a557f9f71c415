"""Where a user stands: his memberships with their teams, as the door asks on every request.

A process keeps what it read for some seconds, under a version that all processes share. A change drops the version
(services/standing.py), so it acts on the next request everywhere. The version is read before the database, so an answer
read before a change is never kept under the version of after it.
"""

import secrets
from copy import copy

from redis.exceptions import RedisError

from apps.core.caching import Recent
from apps.core.gateways import shared_redis
from apps.teams.models import Membership

# A lost invalidation (Redis away at the moment of a change) heals after this long.
STANDING_SECONDS = 20
_VERSION_SECONDS = 3600
# By user and version.
_kept: Recent[list[Membership]] = Recent(size=5_000, seconds=STANDING_SECONDS)


def list_standing(user_id: int) -> list[Membership]:
    """List a user's memberships, oldest first, with team, plan version and plan, as objects of the caller's."""
    return [copy_membership(membership) for membership in read_standing(user_id)]


def read_standing(user_id: int) -> list[Membership]:
    """The same, shared by all threads of the process: to look at, not to change.

    Costs one read of Redis, and one query when this process has not asked for some seconds. Without Redis every call is
    a query.
    """
    version = _read_version(user_id)
    kept = _kept.find((user_id, version)) if version else None
    if kept is not None:
        return kept
    memberships = list(
        Membership.objects.filter(user_id=user_id).select_related("team__plan_version__plan").order_by("id")
    )
    if version:
        _kept.keep((user_id, version), memberships)
    return memberships


def version_key(user_id: int) -> str:
    """The key whose loss makes every kept standing of the user worthless."""
    return f"af:teams:standing:{user_id}"


def _read_version(user_id: int) -> bytes | None:
    """The version that counts now, made when there is none; None without Redis."""
    key = version_key(user_id)
    try:
        found = shared_redis().get(key)
        if found is None:
            found = secrets.token_bytes(8)
            shared_redis().set(key, found, ex=_VERSION_SECONDS)
    except RedisError:
        return None
    return bytes(found)  # type: ignore[arg-type]


def copy_membership(membership: Membership) -> Membership:
    """A membership and team of the caller's own; plan and version, which nobody changes, stay shared."""
    own = copy(membership)
    own.team = copy(membership.team)
    return own
