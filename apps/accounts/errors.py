"""Why an account refuses."""

from apps.core.errors import DomainError, Kind, NotFound


class AuthenticationRequired(DomainError):
    code = "auth.required"
    kind = Kind.UNAUTHENTICATED
    message = "Sign in to do this."


class CredentialInvalid(DomainError):
    """A token, key or session that does not count (any more)."""

    code = "auth.invalid"
    kind = Kind.UNAUTHENTICATED
    message = "The credential is invalid, expired or revoked."


class InvalidCredentials(DomainError):
    """Wrong password, unknown address and deactivated account alike."""

    code = "auth.invalid_credentials"
    kind = Kind.UNAUTHENTICATED
    message = "The e-mail address or the password is not right."


class EmailUnverified(DomainError):
    """`details.flow_token` continues with `email/verify`; a fresh code was sent."""

    code = "auth.email_unverified"
    kind = Kind.FORBIDDEN
    message = "Verify your e-mail address first: we sent you a code."


class CodeInvalid(DomainError):
    code = "auth.code_invalid"
    kind = Kind.INVALID
    message = "The code is not right."


class CodeExpired(DomainError):
    """Too old, used, or tried too often: the flow is over."""

    code = "auth.code_expired"
    kind = Kind.INVALID
    message = "This code can no longer be used. Ask for a new one."


class SignupClosed(DomainError):
    code = "auth.signup_closed"
    kind = Kind.FORBIDDEN
    message = "Sign-up is closed."


class SecondFactorRequired(DomainError):
    """The sign-in behind this session or token had none: sign in again with one, or confirm the session by one."""

    code = "auth.second_factor_required"
    kind = Kind.FORBIDDEN
    message = "This needs a sign-in with a second factor."


class ReauthenticationRequired(DomainError):
    """`auth/reauthenticate` gives five minutes; a fresh sign-in does not count."""

    code = "auth.reauthentication_required"
    kind = Kind.FORBIDDEN
    message = "Confirm that it is you first."


class FactorExists(DomainError):
    code = "auth.factor_exists"
    kind = Kind.CONFLICT
    message = "There is one already. Remove it first."


class FactorMissing(DomainError):
    code = "auth.factor_missing"
    kind = Kind.CONFLICT
    message = "Set a second factor up first."


class TooManyKeys(DomainError):
    code = "auth.too_many_keys"
    kind = Kind.CONFLICT
    message = "There are 20 security keys already. Remove one first."


class FactorUnknown(NotFound):
    """None of this kind, or somebody else's."""


class EmailPending(DomainError):
    """Else somebody could lock out the owner of an address that is not theirs."""

    code = "auth.email_pending"
    kind = Kind.CONFLICT
    message = "Verify all your e-mail addresses, or remove those you cannot, before you set up a second factor."


class TooManyAttempts(DomainError):
    code = "rate_limited"
    kind = Kind.RATE_LIMITED
    message = "Too many attempts. Try again later."


class CsrfFailed(DomainError):
    """The web session needs the CSRF token in `X-CSRFToken`."""

    code = "csrf.failed"
    kind = Kind.FORBIDDEN
    message = "The CSRF token is missing or wrong."


class SessionUnknown(NotFound):
    """Unknown, ended, or somebody else's."""


class PasswordWrong(DomainError):
    """The password of a user who is signed in already."""

    code = "auth.password_wrong"
    kind = Kind.INVALID
    message = "That is not your current password."


# What every route answers that needs a sign-in.
SIGNED_OUT = (AuthenticationRequired, CredentialInvalid)
