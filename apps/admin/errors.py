"""What the operator's console refuses."""

from apps.core.errors import DomainError, InvalidInput, Kind, NotFound


class OperatorOnly(DomainError):
    code = "forbidden"
    kind = Kind.FORBIDDEN
    message = "This is for the operator's staff only."


class ReasonRequired(InvalidInput):
    """Every act of the staff says why."""

    code = "reason.required"
    message = "Say why, in at most 300 characters."


class AmountInvalid(InvalidInput):
    """A grant or a correction names a known unit, an amount above zero, and an end that lies ahead."""


class PlanInvalid(InvalidInput):
    """What was agreed with a team does not fit: not a paid plan, or a date that lies before what is paid."""


class TeamUnknown(NotFound):
    code = "team.not_found"
    message = "There is no such team."


class TeamStateInvalid(DomainError):
    code = "team.archived"
    kind = Kind.CONFLICT
    message = "The team is archived."


class StripeBills(DomainError):
    code = "billing.stripe"
    kind = Kind.CONFLICT
    message = "Stripe bills this team: end or change its subscription at Stripe."


class UserUnknown(NotFound):
    code = "user.not_found"
    message = "There is no such user."


class UserProtected(DomainError):
    code = "user.protected"
    kind = Kind.CONFLICT
    message = "Nobody closes his own account here, and a scrubbed account stays closed."
