"""The door of what not every team has."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from apps.core.errors import DomainError
from apps.plans.errors import PlanFeatureNotIncluded
from apps.teams.errors import ProposalsLocked
from apps.teams.selectors import PROPOSALS, require_team_feature

View = Callable[..., HttpResponseBase]


def requires_feature(feature: str) -> Callable[[View], View]:
    """Decorate a page's view under `@team_page`, or an API view's method: 403 unless the team has the feature.

    On a method it stands below `@idempotent()`, since the contract asks for the key first. The API answers with the
    error's code and which plans have the feature; a page is the 403 page with the reason.
    """
    refusal = ProposalsLocked if feature == PROPOSALS else PlanFeatureNotIncluded

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(*args: Any, **kwargs: Any) -> HttpResponseBase:
            request: Any = next(arg for arg in args[:2] if isinstance(arg, HttpRequest | Request))
            try:
                require_team_feature(request.team, feature)
            except DomainError as error:
                if isinstance(request, Request):
                    raise
                raise PermissionDenied(error.message) from error
            return view(*args, **kwargs)

        wrapper.refused_with = (*getattr(view, "refused_with", ()), refusal)  # type: ignore[attr-defined]
        return wrapper

    return decorate
