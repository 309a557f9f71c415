"""How a team stands: what it has, what it pays next, and what was agreed for later."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from apps.billing.gateways import is_configured
from apps.billing.models import BillingAccount, Interval, Provider, Subscription
from apps.plans.models import PlanVersion
from apps.teams.models import Membership, Team
from apps.teams.selectors import count_seats_taken


@dataclass(frozen=True)
class BillingOverview:
    """For the billing page and `GET billing/subscription`. `subscription` is None where nobody bills the team."""

    team: Team
    plan_version: PlanVersion
    subscription: Subscription | None
    account: BillingAccount | None
    seats_taken: int
    members_suspended: int

    @property
    def state(self) -> str:
        """current, grace or read_only."""
        return self.team.billing_state

    @property
    def provider(self) -> str | None:
        return self.subscription.provider if self.subscription else None

    @property
    def is_manual(self) -> bool:
        return self.provider == Provider.MANUAL

    @property
    def can_buy_online(self) -> bool:
        """Stripe is set up, and the team does not pay by transfer."""
        return is_configured() and not self.is_manual

    @property
    def is_test(self) -> bool:
        return bool(settings.STRIPE_TEST_PAYMENTS)

    @property
    def next_plan_version(self) -> PlanVersion | None:
        """What the next period will bring; None where the plan ends with this one."""
        if self.subscription is None or self.subscription.cancel_at_period_end:
            return None
        return self.subscription.scheduled_plan_version or self.subscription.plan_version

    @property
    def next_payment_at(self) -> datetime | None:
        return self.subscription.current_period_end if self.subscription and self.next_plan_version else None

    @property
    def next_payment_cents(self) -> int | None:
        """What the next period costs before taxes: the agreed price, or that of the plan agreed for later."""
        if self.subscription is None or self.next_plan_version is None:
            return None
        if self.subscription.scheduled_plan_version is None:
            return self.subscription.price_cents
        version = self.subscription.scheduled_plan_version
        is_month = self.subscription.scheduled_interval == Interval.MONTH
        return version.price_month_cents if is_month else version.price_year_cents


def get_overview(team: Team) -> BillingOverview:
    """How the team stands now; at most five queries, none of them Stripe's."""
    fresh = Team.objects.select_related("plan_version__plan").get(pk=team.pk)
    account = BillingAccount.objects.filter(team_id=team.pk).first()
    return BillingOverview(
        team=fresh,
        plan_version=fresh.plan_version,
        subscription=_find_subscription(account),
        account=account,
        seats_taken=count_seats_taken(fresh),
        members_suspended=Membership.objects.filter(team_id=team.pk, state=Membership.State.SUSPENDED).count(),
    )


def get_billing_details(team: Team) -> BillingAccount:
    """Whom the team's invoices go to; an account that is not stored yet where the team never billed anything."""
    account = BillingAccount.objects.filter(team_id=team.pk).first()
    return account or BillingAccount(team_id=team.pk, legal_name=team.name, currency=team.currency)


def _find_subscription(account: BillingAccount | None) -> Subscription | None:
    if account is None:
        return None
    rows = account.subscriptions.select_related("plan_version__plan", "scheduled_plan_version__plan")
    return rows.filter(ended_at=None).first()
