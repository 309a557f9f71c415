"""Why a report cannot be read or bought."""

from apps.core.errors import DomainError, Kind


class ProfileLocked(DomainError):
    """Carries `{preview, quote}` in its details."""

    code = "profile.locked"
    kind = Kind.PAYMENT_REQUIRED
    message = "This report is not unlocked yet."


class ProfilePrivate(DomainError):
    code = "profile.private"
    kind = Kind.UNPROCESSABLE
    message = "This account is private: there is no report to unlock."


class BudgetUsed(DomainError):
    code = "lookup.budget_used"
    kind = Kind.RATE_LIMITED
    message = "Today's budget of look-ups is used up."
