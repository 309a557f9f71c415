"""What the operator's platform stores."""

from .audit import AuditEntry
from .ledgers import LedgerAudit
from .mail import OutboxMail
from .support import SupportMessage, SupportRequest

__all__ = ["AuditEntry", "LedgerAudit", "OutboxMail", "SupportMessage", "SupportRequest"]
