"""What changes the platform's rows."""

from apps.system.mail.writing import write_mail

from .auditing import REASON_MAX, Target, record_action
from .support import Asker, answer_request, close_request, open_request, write_again

__all__ = [
    "REASON_MAX",
    "Asker",
    "Target",
    "answer_request",
    "close_request",
    "open_request",
    "record_action",
    "write_again",
    "write_mail",
]
