"""The one way an app says no: a fact with a stable code. Handlers turn the kind into a status."""

from enum import IntEnum
from typing import Any

from django.db import InterfaceError, OperationalError

# What Django raises while the database does not answer, or asks for another try (a deadlock, a full server).
DATABASE_AWAY = (OperationalError, InterfaceError)


class Kind(IntEnum):
    """What sort of refusal; the value is the HTTP status the API answers with."""

    INVALID = 400
    UNAUTHENTICATED = 401
    PAYMENT_REQUIRED = 402
    FORBIDDEN = 403
    NOT_FOUND = 404
    CONFLICT = 409
    UNPROCESSABLE = 422
    RATE_LIMITED = 429
    UNAVAILABLE = 503


class DomainError(Exception):
    """A refusal that a caller can act on. Subclasses set `code`, `kind` and `message`."""

    code = "error"
    kind = Kind.INVALID
    message = "The request could not be carried out."

    def __init__(
        self,
        message: str | None = None,
        *,
        code: str | None = None,
        details: dict[str, Any] | None = None,
        retry_after: int | None = None,
    ) -> None:
        self.message = message or self.message
        self.code = code or self.code
        self.details: dict[str, Any] = details or {}
        self.retry_after = retry_after
        super().__init__(self.message)

    @property
    def status(self) -> int:
        return int(self.kind)

    def as_dict(self) -> dict[str, Any]:
        """The body of `{"error": …}`: code, message, details."""
        return {"code": self.code, "message": self.message, "details": self.details}


class NotFound(DomainError):
    """Unknown and foreign objects alike."""

    code = "not_found"
    kind = Kind.NOT_FOUND
    message = "Not found."


class InvalidInput(DomainError):
    """`details` names the fields with their reasons."""

    code = "invalid"
    kind = Kind.INVALID
    message = "Some fields are invalid."


class ServiceUnavailable(DomainError):
    """The database does not answer."""

    code = "service.unavailable"
    kind = Kind.UNAVAILABLE
    message = "The service does not answer at the moment. Please try again."
