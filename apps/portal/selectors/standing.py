"""What every page says while a team's plan is not paid."""

from typing import Any

from apps.billing.models import Subscription
from apps.teams.access import Permission, can
from apps.teams.models import Membership, Team
from apps.teams.selectors import find_owner

State = Team.BillingState


def find_payment_notice(membership: Membership) -> dict[str, Any] | None:
    """`{is_read_only, until, may_pay, owner}` of an unpaid team; None, without a query, while all is paid.

    `until` is the moment from which the team will be read-only; `owner` is whom the others ask.
    """
    state = membership.team.billing_state
    if state == State.CURRENT:
        return None
    live = Subscription.objects.filter(account__team_id=membership.team_id, ended_at=None)
    owner = find_owner(membership.team)
    return {
        "is_read_only": state == State.READ_ONLY,
        "until": live.values_list("grace_until", flat=True).first(),
        "may_pay": can(membership, Permission.BILLING_MANAGE),
        "owner": owner.display_name if owner else "the owner",
    }
