"""What the operator's console refuses."""

from apps.core.errors import DomainError, Kind


class OperatorOnly(DomainError):
    code = "forbidden"
    kind = Kind.FORBIDDEN
    message = "This is for the operator's staff only."
