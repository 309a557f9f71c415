"""Going to Stripe's pages: to buy a plan, to buy a top-up, to change the card."""

from django.db import IntegrityError, transaction

from apps.accounts.models import User
from apps.billing import gateways
from apps.billing.errors import BillingBusy, NotPaying, PlanNotForSale, SubscriptionExists
from apps.billing.gateways.checkouts import Return
from apps.billing.models import BillingAccount, Checkout, Provider, TopupOrder
from apps.plans.models import Plan, TopupPackage
from apps.plans.selectors import Feature, get_plan_version, get_topup_package, get_topup_price
from apps.teams.models import Team
from apps.teams.selectors import require_team_feature

from .accounts import ensure_account, lock_account
from .customers import ensure_customer
from .fulfilling import fulfil_session
from .rolling import roll_up_account
from .syncing import sync_account


def start_checkout(*, team: Team, member: User, plan: str, interval: str, back: Return) -> Checkout:
    """A page of Stripe's where the team pays for a plan; the same page again while it is open for the same plan.

    A page that was open for another plan is closed first. Raises `PlanNotForSale`, `PlanNotFound`,
    `SubscriptionExists` for a team that has a plan already, `BillingNotConfigured`, `BillingUnavailable`.
    """
    plan_version = get_plan_version(plan)
    if plan_version.plan.code == Plan.Code.FREE or not plan_version.is_paid:
        raise PlanNotForSale(details={"plan": plan})
    account = ensure_account(team)
    refuse_second(account)
    customer_id = ensure_customer(account)
    sync_account(account.pk)  # what was bought a moment ago in another window
    refuse_second(account)
    _close_others(account, plan_version_id=plan_version.pk, interval=interval)
    refuse_second(account)
    order, _ = _claim(account, member=member, plan_version_id=plan_version.pk, interval=interval)
    if order.url:
        return order
    price = gateways.ensure_price(plan_version=plan_version, interval=interval)
    session = gateways.open_plan_checkout(order_id=str(order.pk), customer_id=customer_id, price_id=price.id, back=back)
    order.stripe_session_id, order.url = session.id, session.url
    order.save(update_fields=["stripe_session_id", "url"])
    return order


def start_topup(*, team: Team, member: User, package: str, back: Return) -> TopupOrder:
    """A page of Stripe's where the team pays for a top-up, at its plan's price.

    Raises `PlanFeatureNotIncluded` on Free, `NotPaying` while the team may read only, `TopupPackageNotFound`,
    `BillingNotConfigured`, `BillingUnavailable` (the order without a page expires; a repeated request makes another).
    """
    fresh = Team.objects.select_related("plan_version__plan").get(pk=team.pk)
    require_team_feature(fresh, Feature.TOPUPS)
    if fresh.billing_state == Team.BillingState.READ_ONLY:
        raise NotPaying
    found = get_topup_package(package)
    account = ensure_account(team)
    customer_id = ensure_customer(account)
    price_cents = get_topup_price(found, fresh.plan_version)
    order = _order_topup(account, member=member, package=found, price_cents=price_cents)
    session = gateways.open_topup_checkout(
        order_id=str(order.pk),
        customer_id=customer_id,
        name=found.label,
        amount_cents=order.price_cents,
        currency=order.currency,
        back=back,
    )
    order.stripe_session_id, order.url = session.id, session.url
    order.save(update_fields=["stripe_session_id", "url"])
    return order


@transaction.atomic
def _order_topup(account: BillingAccount, *, member: User, package: TopupPackage, price_cents: int) -> TopupOrder:
    locked = lock_account(account.pk)
    order = TopupOrder.objects.create(
        account=account,
        member=member,
        package=package,
        unit=package.unit,
        quantity=package.quantity,
        list_price_cents=package.price_cents,
        price_cents=price_cents,
        currency=package.currency,
    )
    roll_up_account(locked)
    return order


def open_portal(*, team: Team, return_url: str) -> str:
    """The address of Stripe's page for cards, invoices and billing details."""
    account = ensure_account(team)
    return gateways.open_portal(customer_id=ensure_customer(account), return_url=return_url)


def refuse_second(account: BillingAccount) -> None:
    """One plan a team: raises `SubscriptionExists`."""
    live = account.subscriptions.filter(ended_at=None).first()
    if live is not None:
        raise SubscriptionExists(details={"provider": Provider(live.provider).value})


def _close_others(account: BillingAccount, *, plan_version_id: int, interval: str) -> None:
    """An open page of another plan is closed at Stripe; if it was paid meanwhile, what it paid for is given."""
    for order in account.checkouts.filter(state=Checkout.State.OPEN):
        is_wanted = (order.plan_version_id, order.interval) == (plan_version_id, interval)
        if not (is_wanted and _is_open(order)):
            _close(order)


def _is_open(order: Checkout) -> bool:
    """Can the order's page be used again? One that is being opened this moment will be: its key opens it once."""
    if not order.stripe_session_id:
        return True
    session = gateways.fetch_session(order.stripe_session_id)
    return session is not None and session.status == "open"


def _close(order: Checkout) -> None:
    if order.stripe_session_id and gateways.expire_session(order.stripe_session_id) is not None:
        fulfil_session(order.stripe_session_id)
    Checkout.objects.filter(pk=order.pk, state=Checkout.State.OPEN).update(state=Checkout.State.EXPIRED)


@transaction.atomic
def _claim(account: BillingAccount, *, member: User, plan_version_id: int, interval: str) -> tuple[Checkout, bool]:
    """The account's one open order; racing windows for the same plan get the same, for another plan one is refused."""
    lock_account(account.pk)
    refuse_second(account)
    try:
        with transaction.atomic():
            return account.checkouts.get_or_create(
                state=Checkout.State.OPEN,
                plan_version_id=plan_version_id,
                interval=interval,
                defaults={"member": member},
            )
    except IntegrityError as error:
        raise BillingBusy(retry_after=1) from error
