"""What the operator's platform stores."""

from .mail import OutboxMail
from .support import SupportMessage, SupportRequest

__all__ = ["OutboxMail", "SupportMessage", "SupportRequest"]
