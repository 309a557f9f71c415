"""allauth, seen as the outside world."""

from .headless import Answer, call_in_flow, call_signed_in

__all__ = ["Answer", "call_in_flow", "call_signed_in"]
