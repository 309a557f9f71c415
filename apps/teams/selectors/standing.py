"""Where a user stands: his memberships with their teams, as the door asks on every request."""

import secrets

from django.core.cache import cache

from apps.teams.models import Membership

# A lost invalidation (Redis away at the moment of a change) heals after this long.
STANDING_SECONDS = 20
_VERSION_SECONDS = 3600


def version_key(user_id: int) -> str:
    """The key whose loss makes every cached standing of the user worthless."""
    return f"teams:standing:version:{user_id}"


def list_standing(user_id: int) -> list[Membership]:
    """List a user's memberships, oldest first, with team, plan version and plan loaded.

    Costs one cache read, or one query on a miss. A standing counts only under the version it was read under, so an
    answer read before a change and stored after it is never used. Without Redis every call is a query.
    """
    versioned, stored = version_key(user_id), f"teams:standing:{user_id}"
    found = cache.get_many([versioned, stored])
    version = found.get(versioned)
    if version and (standing := found.get(stored)) and standing[0] == version:
        return list(standing[1])
    if not version:
        version = secrets.token_hex(8)
        cache.set(versioned, version, _VERSION_SECONDS)
    memberships = list(
        Membership.objects.filter(user_id=user_id).select_related("team__plan_version__plan").order_by("id")
    )
    cache.set(stored, (version, memberships), STANDING_SECONDS)
    return memberships
