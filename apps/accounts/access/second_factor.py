"""Did this sign-in have a second factor? allauth notes in the session by which means somebody came in."""

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from rest_framework.request import Request

from apps.accounts.errors import SecondFactorRequired
from apps.accounts.gateways.sessions import find_session

from .bearers import Bearer


def has_second_factor(request: HttpRequest | Request) -> bool:
    """True when the session was opened or confirmed by a second factor that the user still has; at most two queries.

    Of an access token its session counts. A key of a team has none, whoever made it. A factor that was taken away
    counts in no session any more, however old.
    """
    session = _find_session(request)
    methods = session.get(AUTHENTICATION_METHODS_SESSION_KEY, []) if session else []
    used = [method["id"] for method in methods if method.get("method") == "mfa" and "id" in method]
    return bool(used) and Authenticator.objects.filter(user_id=request.user.pk, pk__in=used).exists()


def lacks_second_factor(request: HttpRequest | Request) -> bool:
    """Does the staff need a second factor (always in production) that this sign-in did not have?"""
    return settings.STAFF_SECOND_FACTOR and not has_second_factor(request)


def demand_second_factor(request: HttpRequest | Request) -> None:
    """Raises `SecondFactorRequired` for a sign-in of the staff that lacks one."""
    if lacks_second_factor(request):
        raise SecondFactorRequired


def _find_session(request: HttpRequest | Request) -> SessionBase | None:
    credential = getattr(request, "auth", None)
    if isinstance(credential, Bearer):
        return find_session(credential.session_key)
    return request.session if credential is None else None
