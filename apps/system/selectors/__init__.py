"""What the platform can tell."""

from .support import count_waiting_requests, get_support_request, list_support_requests

__all__ = ["count_waiting_requests", "get_support_request", "list_support_requests"]
