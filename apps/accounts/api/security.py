"""Sign-out, password, re-authentication and sessions of a signed-in user."""

from collections.abc import Callable

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts import errors
from apps.accounts.access.bearers import Bearer
from apps.accounts.selectors import list_sessions
from apps.accounts.services.passwords import change_password, reauthenticate, reauthenticate_by_code
from apps.accounts.services.security_keys import reauthenticate_by_key
from apps.accounts.services.sessions import end_other_sessions, end_session
from apps.accounts.services.signing_in import sign_out
from apps.core.api.schema import refusals
from apps.core.errors import InvalidInput

from .base import AuthView, signed_in_user
from .serializers import ChangePasswordInput, ReauthenticateInput, SessionsOutput, TokensOutput

TAGS = ["auth"]
_CONFIRMATIONS: dict[str, Callable[..., None]] = {
    "password": reauthenticate,
    "code": reauthenticate_by_code,
    "credential": reauthenticate_by_key,
}


def token_session_key(request: Request) -> str:
    """The key of the access token's session; "" when the cookie speaks."""
    return request.auth.session_key if isinstance(request.auth, Bearer) else ""


def current_session_key(request: Request) -> str | None:
    return token_session_key(request) or request._request.session.session_key


class LogoutView(AuthView):
    """End this session."""

    @extend_schema(
        operation_id="auth_logout",
        tags=TAGS,
        summary="Sign out",
        description="Access and refresh token stop working at once.",
        request=None,
        responses={204: None, **refusals(*errors.SIGNED_OUT)},
    )
    def post(self, request: Request) -> Response:
        sign_out(request._request, user=signed_in_user(request), session_key=token_session_key(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ChangePasswordView(AuthView):
    """Another password."""

    @extend_schema(
        operation_id="auth_password_change",
        tags=TAGS,
        summary="Change the password",
        description="Ends all other sessions at once. A token client goes on with the new tokens of the answer.",
        request=ChangePasswordInput,
        responses={
            200: TokensOutput,
            **refusals(InvalidInput, errors.PasswordWrong, *errors.SIGNED_OUT, errors.TooManyAttempts),
        },
    )
    def post(self, request: Request) -> Response:
        given = ChangePasswordInput(data=request.data)
        given.is_valid(raise_exception=True)
        pair = change_password(
            request._request,
            user=signed_in_user(request),
            session_key=token_session_key(request),
            **given.validated_data,
        )
        access, refresh = pair or (None, None)
        return Response({"access": access, "refresh": refresh})


class ReauthenticateView(AuthView):
    """Prove it is still you."""

    @extend_schema(
        operation_id="auth_reauthenticate",
        tags=TAGS,
        summary="Confirm the password, or a second factor, again",
        description=(
            "Some acts ask for a password, a code or a security key given within the last five minutes. The latter "
            "two also make the session one of two factors."
        ),
        request=ReauthenticateInput,
        responses={
            204: None,
            **refusals(errors.PasswordWrong, errors.CodeInvalid, *errors.SIGNED_OUT, errors.TooManyAttempts),
        },
    )
    def post(self, request: Request) -> Response:
        given = ReauthenticateInput(data=request.data)
        given.is_valid(raise_exception=True)
        proof = given.validated_data
        confirm = _CONFIRMATIONS[next(iter(proof))]
        confirm(request._request, user=signed_in_user(request), session_key=token_session_key(request), **proof)
        return Response(status=status.HTTP_204_NO_CONTENT)


class SessionsView(AuthView):
    """Where the user is signed in."""

    @extend_schema(
        operation_id="auth_sessions_list",
        tags=TAGS,
        summary="List the sessions",
        responses={200: SessionsOutput, **refusals(*errors.SIGNED_OUT)},
    )
    def get(self, request: Request) -> Response:
        sessions = list_sessions(user=signed_in_user(request), current_key=current_session_key(request))
        return Response(SessionsOutput({"results": sessions, "next": None}).data)

    @extend_schema(
        operation_id="auth_sessions_end_others",
        tags=TAGS,
        summary="End all other sessions",
        responses={204: None, **refusals(*errors.SIGNED_OUT)},
    )
    def delete(self, request: Request) -> Response:
        end_other_sessions(user=signed_in_user(request), current_key=current_session_key(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class SessionView(AuthView):
    """One of them."""

    @extend_schema(
        operation_id="auth_sessions_end",
        tags=TAGS,
        summary="End a session",
        responses={204: None, **refusals(*errors.SIGNED_OUT, errors.SessionUnknown)},
    )
    def delete(self, request: Request, session_id: int) -> Response:
        end_session(user=signed_in_user(request), session_id=session_id)
        return Response(status=status.HTTP_204_NO_CONTENT)
