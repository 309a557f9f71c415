"""What an act would cost now and whether it would be allowed: the same calculation for a quote and for a hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.credits.errors import AllowanceUsed, CreditsOwed, InsufficientCredits, MemberCapReached, PriceChanged
from apps.credits.models import CREDITS, Grant
from apps.plans.errors import PlanFeatureNotIncluded, PriceNotFound
from apps.plans.models import PriceRule
from apps.plans.selectors import UPGRADE_AT, Feature, ask_price, has_feature, list_prices
from apps.teams.errors import PAY_AT, TeamReadOnly
from apps.teams.models import Team

from .drawing import Draw, Source, plan_draw
from .funds import Counters, Usage, ask_counters, make_funds, read_funds
from .prices import check_included, get_unit_credits
from .terms import Terms, read_terms

TOP_UP_AT = "/api/v1/billing/topups"


@dataclass(frozen=True)
class Offer:
    """An act with what would pay for it, on the terms and use of this moment."""

    action: str
    draw: Draw
    terms: Terms
    usage: Usage

    def find_refusal(self) -> DomainError | None:
        """The first reason against it, in the order of API.md: an unpaid team, plan, member's cap, payment (debt before
        price).
        """
        return (
            self._find_standing_refusal()
            or self._find_plan_refusal()
            or self._find_cap_refusal()
            or self._find_debt_refusal()
            or self._find_payment_refusal()
        )

    def as_quote(self) -> dict[str, Any]:
        """`{action, units, draws, credits, allowed, reason?, missing?}`."""
        quote: dict[str, Any] = {
            "action": self.action,
            "units": self.draw.units,
            "draws": self.draw.as_list(),
            "credits": self.draw.credits,
            "allowed": True,
        }
        if refusal := self.find_refusal():
            quote |= {"allowed": False, "reason": refusal.code}
        if not self.draw.is_covered:
            quote["missing"] = self._missing()
        return quote

    def _find_standing_refusal(self) -> DomainError | None:
        """What the door of a paid act says first. What costs the team nothing, as exports do, stays open."""
        is_unpaid = self.terms.team.billing_state == Team.BillingState.READ_ONLY
        return TeamReadOnly(details={"pay": PAY_AT}) if is_unpaid and self.draw.unit_credits else None

    def _find_plan_refusal(self) -> DomainError | None:
        try:
            check_included(self.action, plan=self.terms.plan)
        except PlanFeatureNotIncluded as refusal:
            return refusal
        return None

    def _find_cap_refusal(self) -> DomainError | None:
        wanted = {
            self.action: (self.usage.member_units, self.draw.units),
            CREDITS: (self.usage.member_credits, self.draw.credits),
        }
        for unit, (used, more) in wanted.items():
            limit = self.usage.caps.get(unit)
            if limit is not None and more and used + more > limit:
                return MemberCapReached(details={"unit": unit, "limit": limit, "used": used, "requested": more})
        return None

    def _find_debt_refusal(self) -> DomainError | None:
        owed = {unit: amount for unit, amount in self.terms.debts.items() if amount}
        if not owed or not self.draw.unit_credits:
            return None
        return CreditsOwed(details={"owed": owed, "top_up": TOP_UP_AT})

    def _find_payment_refusal(self) -> DomainError | None:
        if self.draw.is_covered:
            return None
        details = {"action": self.action, "units": self.draw.units, "credits": self.draw.credits}
        details |= {"missing": self._missing(), "renews_at": self.terms.period.end.isoformat()}
        if has_feature(self.terms.plan, Feature.TOPUPS):
            return InsufficientCredits(details=details | {"top_up": TOP_UP_AT})
        return AllowanceUsed(details=details | {"upgrade": UPGRADE_AT})

    def _missing(self) -> dict[str, int]:
        return {"units": self.draw.missing_units, "credits": self.draw.missing_credits}


def make_offer(
    terms: Terms,
    *,
    price: PriceRule,
    units: int,
    counters: Counters,
    grants: Iterable[Grant],
    earlier: Sequence[Offer] = (),
) -> Offer:
    """Plan the draw of `units` of the priced action from the given grants and the period's counters. No query.

    `earlier` are the offers of the same request that are paid before.
    """
    usage = _add_earlier(counters.count(price.action, period=terms.period), earlier, action=price.action)
    funds = make_funds(terms, action=price.action, grants=grants, usage=usage, free_per_period=price.free_per_period)
    unit_credits = get_unit_credits(price.credits, price.paid_plan_credits, plan=terms.plan)
    draw = plan_draw(funds=funds, units=units, unit_credits=unit_credits)
    return Offer(action=price.action, draw=draw, terms=terms, usage=usage)


def check_offer(offer: Offer, *, max_credits: int | None = None) -> None:
    """Raise the offer's refusal, or `PriceChanged` when it costs more than the caller agreed to."""
    if refusal := offer.find_refusal():
        raise refusal
    if max_credits is not None and offer.draw.credits > max_credits:
        raise PriceChanged(details={"max_credits": max_credits, "quote": offer.as_quote()})


def quote(*, action: str, units: int = 1, member: User | None = None) -> dict[str, Any]:
    """What `units` of `action` would cost the current team now, as API.md's Quote. Writes nothing.

    A period that has begun without anybody noticing counts: its allowance and credits are in the quote. With a
    `member` that one's caps count too. Raises `PriceNotFound` for an action that has no price.
    """
    return get_offer(action=action, units=units, member=member).as_quote()


def quote_many(*, wanted: Sequence[tuple[str, int]], member: User | None = None) -> dict[str, Any]:
    """Quotes for several `(action, units)` in this order: `{quotes, credits, allowed}`. Writes nothing.

    They are paid one after the other, so what one draws is not there for the next and `credits` is the whole price.
    """
    prices = {price.action: price for price in list_prices()}
    if unknown := [action for action, _ in wanted if action not in prices]:
        raise PriceNotFound(details={"action": unknown[0]})
    terms, grants, counters = read_funds(ask_counters(actions=list(prices), member=member))
    offers: list[Offer] = []
    earlier: list[Offer] = []
    for action, units in wanted:
        offer = make_offer(terms, price=prices[action], units=units, counters=counters, grants=grants, earlier=earlier)
        offers.append(offer)
        if offer.find_refusal() is None:
            _reserve(grants, offer.draw)
            earlier.append(offer)
    quotes = [offer.as_quote() for offer in offers]
    return {
        "quotes": quotes,
        "credits": sum(offer.draw.credits for offer in offers),
        "allowed": all(found["allowed"] for found in quotes),
    }


def _reserve(grants: list[Grant], draw: Draw) -> None:
    """Take a draw off the unsaved copies of the grants, for the quotes that follow."""
    for line in draw.lines:
        for grant in grants:
            if line.source in {Source.BOUGHT, Source.CREDITS} and grant.pk == line.grant_id:
                grant.held += line.units + line.credits


def _add_earlier(usage: Usage, earlier: Sequence[Offer], *, action: str) -> Usage:
    same = [offer.draw for offer in earlier if offer.action == action]
    return replace(
        usage,
        allowance_units=usage.allowance_units + sum(draw.count(Source.ALLOWANCE) for draw in same),
        free_units=usage.free_units + sum(draw.count(Source.FREE) for draw in same),
        member_units=usage.member_units + sum(draw.units for draw in same),
        member_credits=usage.member_credits + sum(offer.draw.credits for offer in earlier),
    )


def check_plan(action: str) -> None:
    """Raise `PlanFeatureNotIncluded` unless the current team's plan allows the act: the first refusal of all."""
    check_included(action, plan=read_terms().plan)


def check_cap(*, action: str, units: int = 1, member: User) -> None:
    """Raise `PlanFeatureNotIncluded` or `MemberCapReached` before any work is done, as API.md orders refusals.

    A hold checks both again under the lock.
    """
    offer = get_offer(action=action, units=units, member=member)
    refusal = offer.find_refusal()
    if isinstance(refusal, PlanFeatureNotIncluded | MemberCapReached):
        raise refusal


def check_payable(*, action: str, units: int = 1, member: User) -> None:
    """Raise whatever would refuse the act now: plan, member's cap, or want of means. A hold checks it again."""
    check_offer(get_offer(action=action, units=units, member=member))


def get_offer(*, action: str, units: int, member: User | None) -> Offer:
    """The act with what would pay for it now. Writes nothing; raises `PriceNotFound`."""
    asked = ask_price(action), ask_counters(actions=[action], member=member)
    terms, grants, price, counters = read_funds(*asked)
    return make_offer(terms, price=price, units=units, counters=counters, grants=grants)
