"""What the platform can tell."""

from .ledgers import count_differing_ledgers, list_latest_audits
from .support import count_waiting_requests, get_support_request, list_support_requests

__all__ = [
    "count_differing_ledgers",
    "count_waiting_requests",
    "get_support_request",
    "list_latest_audits",
    "list_support_requests",
]
