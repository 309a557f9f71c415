"""What the operator's platform stores."""

from .audit import AuditEntry
from .imports import ImportedRow
from .ledgers import LedgerAudit
from .mail import OutboxMail
from .support import SupportMessage, SupportRequest

__all__ = ["AuditEntry", "ImportedRow", "LedgerAudit", "OutboxMail", "SupportMessage", "SupportRequest"]
