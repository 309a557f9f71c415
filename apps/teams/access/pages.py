"""Web pages of a team, under `/t/<slug>/`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from apps.accounts.models import User
from apps.core.errors import DomainError, NotFound
from apps.teams.errors import RoleForbidden
from apps.teams.models import Membership, Team
from apps.teams.roles import Permission, name_roles

from .requests import admit, finish, leave

View = Callable[..., HttpResponseBase]


class TeamRequest(HttpRequest):
    """What a view behind `team_page` gets: a request of a signed-in member, inside its team. For type checks only."""

    user: User
    team: Team
    membership: Membership


def team_page(permission: Permission = Permission.TEAM_VIEW) -> Callable[[View], View]:
    """Decorate a view under `/t/<slug:team_slug>/`: it runs inside the team, with `request.team` and `.membership`.

    Visitors are sent to the login; for people who are not members there is no such page (404); a role that may not,
    a suspended team or an unpaid one gets the 403 page with the reason. `team_slug` is taken off the view's arguments.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            kwargs.pop("team_slug", None)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            try:
                _admit_or_refuse(request, permission)
                return finish(request, view(request, *args, **kwargs))
            finally:
                leave()

        inside.team_permission = permission  # type: ignore[attr-defined]
        return inside

    return decorate


def part_of(page: str, *names: str, with_query: bool = False) -> Callable[[View], View]:
    """Decorate, below `team_page`, a view that answers a part of a page: only scripts of that page get it.

    Whoever opens its address by hand is led to `page`, which takes the team and those of the view's arguments that
    `names` says; with the query too where the page understands the same filters.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def inside(request: TeamRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.headers.get("HX-Request") == "true":
                response = view(request, *args, **kwargs)
            else:
                address = reverse(page, args=[request.team.slug, *(kwargs[name] for name in names)])
                query = request.GET.urlencode() if with_query else ""
                response = redirect(f"{address}?{query}" if query else address)
            patch_vary_headers(response, ("HX-Request",))
            return response

        inside.part_of = page  # type: ignore[attr-defined]
        return inside

    return decorate


def _admit_or_refuse(request: HttpRequest, permission: Permission) -> None:
    try:
        admit(request, permission)
    except NotFound as error:
        raise Http404 from error
    except RoleForbidden as error:
        raise PermissionDenied(f"“{permission.label}” is for {name_roles(permission)} of the team.") from error
    except DomainError as error:
        raise PermissionDenied(error.message) from error
