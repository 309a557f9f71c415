"""Which team a request means, and whether the user belongs to it."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from apps.accounts.models import User
from apps.teams.errors import MembershipSuspended, TeamArchived, TeamNotFound, TeamRequired, TeamSuspended
from apps.teams.models import Membership, Team
from apps.teams.selectors import find_slug_of_host
from apps.teams.selectors.standing import copy_membership, read_standing

_PAGE = re.compile(r"^/t/([^/]+)(/|$)")


def team_for_request(request: HttpRequest | Request) -> Membership:
    """Return the signed-in user's membership in the team that the request means, with its team loaded.

    Host, `X-Team` and the path `/t/<slug>/` may name it, and must agree; where none does, the user's only team is
    meant. Raises `TeamNotFound` for an unknown, foreign or contradictory name (superadmins are no members of any team),
    `TeamRequired` when several are possible, and the state's refusal for a closed team or membership.
    Costs one cache read.
    """
    names = set(_list_names(request))
    if len(names) > 1:
        raise TeamNotFound
    return membership_in(signed_in(request), slug=names.pop() if names else None)


def signed_in(request: HttpRequest | Request) -> User:
    """The user of a request that is known to have one; raises 401 otherwise."""
    if not request.user.is_authenticated:
        raise NotAuthenticated
    return request.user


def membership_in(user: User, *, slug: str | None) -> Membership:
    """The user's membership in the team of that slug, or in his only team; refuses as `team_for_request` does."""
    standing = [] if user.is_superuser else read_standing(user.pk)
    found = _only(standing) if slug is None else _find(standing, slug)
    _refuse_closed(found)
    membership = copy_membership(found)
    membership.user = user
    return membership


def _list_names(request: HttpRequest | Request) -> Iterator[str]:
    host, _port = split_domain_port(request.get_host())
    if host not in settings.PRODUCT_HOSTS and (slug := find_slug_of_host(host)):
        yield slug
    if header := request.headers.get("X-Team"):
        yield header
    if page := _PAGE.match(request.path_info):
        yield page[1]


def _find(standing: list[Membership], slug: str) -> Membership:
    for membership in standing:
        if membership.team.slug == slug:
            return membership
    raise TeamNotFound


def _only(standing: list[Membership]) -> Membership:
    """The user's only usable team; the only one at all, when none is usable, so that its refusal says why."""
    possible = [membership for membership in standing if _is_open(membership)] or standing
    if len(possible) > 1:
        raise TeamRequired
    if not possible:
        raise TeamNotFound
    return possible[0]


def _is_open(membership: Membership) -> bool:
    return membership.state == Membership.State.ACTIVE and membership.team.state == Team.State.ACTIVE


def _refuse_closed(membership: Membership) -> None:
    if membership.team.state == Team.State.SUSPENDED:
        raise TeamSuspended
    if membership.team.state == Team.State.ARCHIVED:
        raise TeamArchived
    if membership.state == Membership.State.SUSPENDED:
        raise MembershipSuspended
