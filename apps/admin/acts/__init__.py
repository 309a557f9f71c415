"""The acts that the site offers on teams, grants, debts, users, versions and payments: form, service, and what it says
after.
"""

from .base import Act
from .payments import INVOICE_ACTS, TOPUP_ACTS
from .rows import GRANT_ACTS, REVOCATION_ACTS, USER_ACTS, VERSION_ACTS
from .teams import TEAM_ACTS

__all__ = [
    "GRANT_ACTS",
    "INVOICE_ACTS",
    "REVOCATION_ACTS",
    "TEAM_ACTS",
    "TOPUP_ACTS",
    "USER_ACTS",
    "VERSION_ACTS",
    "Act",
]
