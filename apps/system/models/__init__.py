"""What the operator's platform stores."""

from .audit import AuditEntry
from .mail import OutboxMail
from .support import SupportMessage, SupportRequest

__all__ = ["AuditEntry", "OutboxMail", "SupportMessage", "SupportRequest"]
