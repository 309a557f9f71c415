"""Why a wallet says no."""

from apps.core.errors import DomainError, InvalidInput, Kind, NotFound


class InsufficientCredits(DomainError):
    """A plan that may top up ran out; the details say what is missing and where to get it."""

    code = "credits.insufficient"
    kind = Kind.PAYMENT_REQUIRED
    message = "Your team's allowance and credits do not cover this."


class AllowanceUsed(DomainError):
    """A plan that cannot top up has used what it includes for this period."""

    code = "plan.allowance_used"
    kind = Kind.PAYMENT_REQUIRED
    message = "Your plan's allowance for this period is used up."


class MemberCapReached(DomainError):
    """An owner or admin limited what this member may spend in a period."""

    code = "member.cap_reached"
    kind = Kind.FORBIDDEN
    message = "You have reached the limit that your team set for you."


class PriceChanged(DomainError):
    """The act costs more than the caller agreed to pay."""

    code = "price.changed"
    kind = Kind.CONFLICT
    message = "The price is higher than the one you agreed to."


class KeyReused(DomainError):
    """The same key came back with other contents."""

    code = "idempotency.key_reused"
    kind = Kind.CONFLICT
    message = "This key was already used for something else."


class MaxCreditsInvalid(InvalidInput):
    """`max_credits` is not a whole number of credits."""


class HoldClosed(DomainError):
    """The hold is unknown or was released, so there is nothing to charge."""

    code = "credits.hold_closed"
    kind = Kind.CONFLICT
    message = "The credits for this are no longer set aside. Please try again."


class LimitsInvalid(InvalidInput):
    """A member's limits name an unknown action or a wrong number."""

    message = "Some limits are invalid."


class CreditsOwed(DomainError):
    """Something bought was refunded after it was spent; the details say what is owed and how to settle it."""

    code = "credits.debt"
    kind = Kind.PAYMENT_REQUIRED
    message = "Your team owes credits for a payment that was taken back. Top up to go on."


class GrantNotFound(NotFound):
    """Nothing was granted, or taken back, under the key."""

    code = "grant.not_found"
    message = "There is no such grant."


class AdjustmentInvalid(InvalidInput):
    """A correction by hand names its reason and moves something."""

    message = "The correction is invalid."
