"""The doors for API requests: who is asking, by which credential."""

from .authentication import BearerAuthentication, WebSessionAuthentication
from .bearers import find_bearer, forget_sessions, forget_users

__all__ = ["BearerAuthentication", "WebSessionAuthentication", "find_bearer", "forget_sessions", "forget_users"]
