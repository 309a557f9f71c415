"""Changing what a team agreed to: its plan, its billing days, and whether it is paid."""

from datetime import datetime, timedelta

from apps.credits.selectors.caching import forget_wallet
from apps.credits.selectors.cycling import make_plan_grant, sum_plan_credits
from apps.credits.selectors.periods import get_period
from apps.credits.selectors.terms import Stand, Terms
from apps.plans.models import PlanVersion
from apps.teams.services import set_billing, set_plan

from .books import Books, open_books
from .noticing import rearm_allowances

_MICROSECOND = timedelta(microseconds=1)


def change_plan(*, plan_version: PlanVersion, key: str, anchor_at: datetime | None = None) -> None:
    """Put the current team on a plan version, at once; with `anchor_at` on new billing days, which begin then.

    Every period up to now is closed on the old terms first. Used counters stay, nothing is taken back. On new
    days the new period's credits come in full; days in the future begin now. Within the running period an upgrade
    brings the difference of the monthly credits pro rata of the time left, rounded down, once per `key`, and never more
    than the new plan's month altogether.
    Repeatable: a plan that is there already changes nothing.
    """
    with open_books() as books:
        before = books.terms
        begins_at = before.team.billing_anchor_at if anchor_at is None else min(anchor_at, before.now)
        rearm_allowances(before)
        set_plan(team=before.team, plan_version=plan_version, anchor_at=begins_at)
        forget_wallet()
        if get_period(anchor=begins_at, at=before.now).start == before.period.start:
            _grant_difference(books, plan_version=plan_version, key=key)
        else:
            books.put_stand(Stand())
        books.renew_terms()


def set_standing(*, state: str, paid_until: datetime | None) -> None:
    """Write down whether the current team's plan is paid, and how far; brings credits that were waiting for it.

    Periods that ended before are closed on the old standing: one that nobody paid for brings nothing afterwards.
    """
    with open_books() as books:
        set_billing(team=books.terms.team, state=state, paid_until=paid_until)
        forget_wallet()
        books.renew_terms()


def _grant_difference(books: Books, *, plan_version: PlanVersion, key: str) -> None:
    before, source_key = books.terms, f"upgrade:{key}"
    more = plan_version.monthly_credits - before.plan.monthly_credits
    # A period that nobody paid for yet brings the new plan's whole month once it is paid.
    is_unpaid = bool(before.plan.monthly_credits) and not before.stand.is_granted
    if more <= 0 or is_unpaid or books.has_grant(source_key):
        return
    room = plan_version.monthly_credits - sum_plan_credits(before.period)
    amount = min(_take_share(more, before), room)
    if amount > 0:
        grant = make_plan_grant(before, period=before.period, amount=amount, source_key=source_key)
        books.add_grant(grant, subject_type="plan", subject_label=plan_version.plan.name)
    books.put_stand(Stand(before.period.start, is_granted=True))


def _take_share(amount: int, terms: Terms) -> int:
    """The part of a month's amount that falls on the time left, rounded down."""
    length = (terms.period.end - terms.period.start) // _MICROSECOND
    left = (terms.period.end - terms.now) // _MICROSECOND
    return amount * left // length
