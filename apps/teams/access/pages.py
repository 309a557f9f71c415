"""Web pages of a team, under `/t/<slug>/`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from apps.accounts.models import User
from apps.core.errors import DomainError, NotFound
from apps.teams.models import Membership, Team
from apps.teams.roles import Permission

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


def _admit_or_refuse(request: HttpRequest, permission: Permission) -> None:
    try:
        admit(request, permission)
    except NotFound as error:
        raise Http404 from error
    except DomainError as error:
        raise PermissionDenied(error.message) from error
