"""Answers that join people, teams and what lies below them."""

from .people import DashboardView, LoginView, SecondFactorView, VerifyEmailView
from .support import SupportMessagesView, SupportRequestsView, SupportRequestView

__all__ = [
    "DashboardView",
    "LoginView",
    "SecondFactorView",
    "SupportMessagesView",
    "SupportRequestView",
    "SupportRequestsView",
    "VerifyEmailView",
]
