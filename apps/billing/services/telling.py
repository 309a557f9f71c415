"""Mails to whoever pays, when how the team stands changes. They go through the outbox, with the change itself."""

from datetime import datetime

from apps.billing.models import BillingAccount
from apps.billing.selectors.papers import find_due_invoice
from apps.system.services import write_mail
from apps.teams.models import Membership, Team

_UNPAID = {"grace", "read_only"}


def tell_standing(account: BillingAccount, *, team: Team, what: str, until: datetime | None = None) -> None:
    """Tell the owner, and the address for invoices, of `grace`, `read_only`, `recovered` or `ended`."""
    owner = Membership.objects.select_related("user").filter(team=team, role=Membership.Role.OWNER).first()
    addresses = [owner.user.email] if owner and owner.user.is_active else []
    to = list(dict.fromkeys([*addresses, *([account.email] if account.email else [])]))
    if to:
        due = find_due_invoice(team) if what in _UNPAID else None
        write_mail("billing_standing", to=to, context={"team": team, "what": what, "until": until, "due": due})
