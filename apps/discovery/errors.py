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


class ReportLimited(DomainError):
    """Never raised: the code of an answer that has too little content to be charged."""

    code = "report.limited"
    kind = Kind.UNPROCESSABLE
    message = "There is too little content for a report. Nothing was charged."


class ContactsLocked(DomainError):
    """Carries `{available, quote}` in its details."""

    code = "email.locked"
    kind = Kind.PAYMENT_REQUIRED
    message = "The contact addresses of this creator are not unlocked yet."


class AnalyticsLocked(DomainError):
    """Carries `{quote}` in its details."""

    code = "post.locked"
    kind = Kind.PAYMENT_REQUIRED
    message = "The analytics of this post were not bought yet."
